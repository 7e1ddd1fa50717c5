import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** The files of the project below `folder` whose names match, as text; nothing built and nothing installed.
 * @param {string} folder
 * @param {RegExp} name
 * @returns {{ path: string, text: string }[]}
 */
export function filesBelow(folder, name) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(path, name)
    return name.test(entry.name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

/** Everything we wrote in TypeScript or JavaScript. */
export function sources() {
  return ['packages', 'test', 'bench', 'scripts'].flatMap((folder) => filesBelow(folder, /\.(ts|tsx|mjs)$/))
}

/** Every page of documentation. */
export function pages() {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'))
  return [
    ...top.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
    ...filesBelow('docs', /\.md$/),
    ...filesBelow('packages', /\.md$/),
  ]
}
