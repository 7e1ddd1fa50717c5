// Prints, for every section of a standard that the code cites, the files that rest on it and their tests.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, sources } from './project-files.mjs'
import { citationsInSource } from './standards.mjs'

/** @type {Map<string, { files: Set<string>, tests: Set<string> }>} */
const index = new Map()
for (const file of sources()) {
  if (file.path.startsWith('scripts/') || file.path === 'test/standards.test.ts') continue
  for (const { path, tag, section } of citationsInSource(file).citations) {
    const name = `${tag} ${section}`
    const entry = index.get(name) ?? { files: new Set(), tests: new Set() }
    index.set(name, entry)
    if (/\.test\.ts$/.test(path)) entry.tests.add(path)
    else {
      entry.files.add(path)
      const beside = path.replace(/\.ts$/, '.test.ts')
      if (existsSync(join(root, beside))) entry.tests.add(beside)
    }
  }
}

for (const [name, { files, tests }] of [...index].sort(([a], [b]) =>
  a.localeCompare(b, 'en', { numeric: true }),
)) {
  console.log(name)
  for (const path of [...files].sort()) console.log(`    ${path}`)
  for (const path of [...tests].sort()) console.log(`  → ${path}`)
}
