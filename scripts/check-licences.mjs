// Says which licences the installed packages carry, and ends with 1 if one is not on the list.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** What an entry of package-lock.json says about a package, as far as it is read here.
 * @typedef {{
 *   version?: string, resolved?: string, integrity?: string, license?: string, link?: boolean, dev?: boolean,
 *   optional?: boolean, hasInstallScript?: boolean, inBundle?: boolean }} Locked
 * @typedef {Record<string, Locked>} Lock
 * @typedef {{ license?: unknown, licenses?: unknown }} Manifest
 */

/** For everything, also what is shipped. */
const ALLOWED = new Set([
  'Apache-2.0',
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
])

/** For tools that are used to build and test and are not shipped. */
const ALLOWED_IN_TOOLS = new Set([...ALLOWED, 'MPL-2.0', 'Python-2.0', 'CC-BY-4.0'])

/**
 * The one exception: the prebuilt libvips that `sharp` loads as a shared library, and the builds of `sharp` that carry it
 * inside. It is optional, unchanged, and can be replaced by whoever installs it, as its licence asks (decision 0018).
 */
const EXCEPTION = /^node_modules\/@img\/sharp-/

/** `MIT OR Apache-2.0` needs one of them to be allowed, `MIT AND ISC` each.
 * @param {string} expression
 * @param {Set<string>} allowed
 * @returns {boolean}
 */
export function isAllowed(expression, allowed = ALLOWED) {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1')
  if (text.includes('(')) return false
  return text
    .split(/ OR /)
    .some((choice) => choice.split(/ AND /).every((licence) => allowed.has(licence.trim())))
}

/** The licence a package.json states, in today's form or an older one.
 * @param {Manifest} manifest
 * @returns {string | undefined}
 */
export function licenceOf({ license, licenses }) {
  const stated = license ?? (Array.isArray(licenses) ? licenses[0] : licenses)
  if (typeof stated === 'string') return stated
  return typeof stated === 'object' && stated !== null && 'type' in stated ? String(stated.type) : undefined
}

/**
 * The licence of every package that is not ours, and whether it may be here.
 * @param {Lock} packages of package-lock.json
 * @param {(path: string) => Manifest | undefined} manifestAt the installed package.json below a folder of the lock
 */
export function licences(packages, manifestAt) {
  return Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, locked]) => {
      // A package for another platform is not installed, so the lock file must speak for it.
      const manifest = manifestAt(path)
      const licence = (manifest === undefined ? locked.license : licenceOf(manifest)) ?? 'none stated'
      const list = locked.dev ? ALLOWED_IN_TOOLS : ALLOWED
      const allowed = isAllowed(
        licence,
        EXCEPTION.test(path) ? new Set([...list, 'LGPL-3.0-or-later']) : list,
      )
      return { path, licence, allowed }
    })
}

/** The package.json below a folder of the lock file, if it is installed.
 * @param {string} path
 * @returns {Manifest | undefined}
 */
export function installedManifest(path) {
  const file = join(root, path, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const root = fileURLToPath(new URL('..', import.meta.url))

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = licences(packages, installedManifest)
  /** @type {Map<string, number>} */
  const count = new Map()
  for (const { licence } of found) count.set(licence, (count.get(licence) ?? 0) + 1)
  for (const [licence, number] of [...count].sort()) console.log(`${String(number).padStart(4)}  ${licence}`)
  for (const { path, licence, allowed } of found)
    if (!allowed) {
      console.log(`not allowed: ${path} (${licence})`)
      process.exitCode = 1
    }
}
