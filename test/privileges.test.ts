import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PRIVILEGES } from '../packages/store/src/privileges.ts'

/*
 * What the role of an office may change and delete is what the sources change and delete: not less, or an office fails
 * at work, and not more. P20
 */

const packages = fileURLToPath(new URL('../packages/', import.meta.url))
const texts = readdirSync(packages).flatMap((room) =>
  readdirSync(join(packages, room, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(packages, room, 'src', path), 'utf8')),
)
/** All SQL stands in strings, in small letters. */
const found = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)])
const unique = (names: readonly string[]) => [...new Set(names)].sort()
const tables = Object.keys(PRIVILEGES)

test('rows are deleted of the tables that are listed so', () => {
  const deleted = found(/\bdelete\s+from\s+(\w+)/g).map(([, table]) => table!)
  expect(unique(deleted)).toEqual(tables.filter((table) => PRIVILEGES[table]!.delete).sort())
})

test('columns are changed that are listed so', () => {
  const changed = [
    ...found(/\bupdate\s+(\w+)\s+set\b([^`]*?)(?:\bwhere\b|\bfrom\b|'\s*,|`)/g),
    ...found(
      /\binsert\s+into\s+(\w+)[^`]*?\bon\s+conflict\s*\([^)]*\)\s*do\s+update\s+set\b([^`]*?)(?:\bwhere\b|`)/g,
    ),
  ].flatMap(([, table, assignments]) =>
    [...assignments!.matchAll(/(?:^|,)\s*(\w+)\s*=/g)].map(([, column]) => `${table}.${column}`),
  )
  const listed = tables.flatMap((table) => PRIVILEGES[table]!.update.map((column) => `${table}.${column}`))
  expect(unique(changed)).toEqual(listed.sort())
})

test('rows are held only of tables with a column that may change', () => {
  const held = found(/\bfrom\s+(\w+)[^`']*?\bfor\s+(?:no\s+key\s+)?(?:update|share|key\s+share)\b/g)
  expect(held.length).toBeGreaterThan(0)
  for (const [, table] of held) expect(PRIVILEGES[table!]?.update.length).toBeGreaterThan(0)
})

test('nothing is truncated, and no program at work makes tables', () => {
  expect(found(/[`'](?:truncate|drop|alter|lock)\s+\w+/g)).toEqual([])
  const makes = texts.filter((text) =>
    /[`'](?:create|grant|revoke)\s+(?:table|schema|all|usage)\b/.test(text),
  )
  // Migrations, and what grants.
  expect(makes).toHaveLength(2)
})
