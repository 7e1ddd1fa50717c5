import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { childWith } from '../../../test/child.ts'
import { openStore } from './open.ts'
import type { Store } from './store.ts'

const random = (octets: number) => new Uint8Array(octets)
const root = mkdtempSync(join(tmpdir(), 'nansen-embedded-'))
afterAll(() => rmSync(root, { recursive: true }))
const newFolder = () => mkdtempSync(join(root, 'store-'))
const open = (folder: string): Promise<Store> =>
  openStore({ kind: 'embedded', folder, random, migrate: true })

/** Opens the store in `args[0]`, says so, writes rows for as long as it lives, and says each that is committed. */
const WRITER = `
  const store = await module.openStore({
    kind: 'embedded', folder: args[0], random: (octets) => new Uint8Array(octets), migrate: true,
  })
  console.log('open')
  const key = (n) => new Uint8Array([n >> 8, n & 255])
  for (let n = 0; ; n++) {
    await store.transaction((tx) => tx.insert('key_register', [{ fingerprint: key(n), owner: 'x' }]))
    console.log(String(n))
  }`

const rows = async (store: Store) => {
  const [count] = await store.transaction((tx) => tx.query('select count(*) as rows from key_register'))
  return count!.rows
}

// Several processes start a database each.
const SLOW = 180_000

test('a second process is refused while the first has the folder open, and a kill -9 loses nothing that was said', {
  timeout: SLOW,
}, async () => {
  const folder = newFolder()
  const first = childWith('packages/store/src/index.ts', WRITER, folder)
  expect(await first.line()).toBe('open')
  await expect(open(folder)).rejects.toMatchObject({ code: 'store.locked' })
  for (let n = 0; n < 20; n++) expect(await first.line()).toBe(String(n))
  await first.kill()

  const store = await open(folder)
  expect(await rows(store)).toBeGreaterThanOrEqual(20)
  await store.close()
  expect(readdirSync(folder).sort()).toEqual(['complete', 'data'])
})

test('a kill -9 in the middle of the first start leaves a folder that opens', { timeout: SLOW }, async () => {
  const folder = newFolder()
  const child = childWith('packages/store/src/index.ts', WRITER, folder)
  // From the moment on at which the folder looks like a database, and is none yet.
  const looksWhole = () => existsSync(join(folder, 'data', 'PG_VERSION'))
  while (child.process.exitCode === null && !looksWhole())
    await new Promise((resolve) => setTimeout(resolve, 1))
  await child.kill()
  expect(readdirSync(folder)).not.toContain('complete')
  const store = await open(folder)
  expect(await rows(store)).toBe(0)
  await store.close()
})

test('what was stored is there when the folder is opened again', async () => {
  const folder = newFolder()
  const store = await open(folder)
  await store.transaction((tx) =>
    tx.insert('key_register', [{ fingerprint: new Uint8Array([1]), owner: 'x' }]),
  )
  await expect(open(folder)).rejects.toMatchObject({ code: 'store.locked' })
  await store.close()
  renameSync(folder, `${folder}-moved`)
  const again = await open(`${folder}-moved`)
  expect(await rows(again)).toBe(1)
  await again.close()
})

test('an embedded store that is not migrated is refused unless that was asked for', async () => {
  const store = openStore({ kind: 'embedded', folder: undefined, random })
  await expect(store).rejects.toMatchObject({ code: 'store.migration-missing' })
})

test('a folder that cannot be made says so', async () => {
  const file = join(root, 'file')
  writeFileSync(file, '')
  await expect(open(join(file, 'store'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})
