import { createECDH, createPublicKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { KEY_ALGORITHMS, signatureStands } from '../algorithms.ts'
import type { KeySpec } from './device.ts'
import { openFileDevice } from './file-device.ts'

const base = mkdtempSync(join(tmpdir(), 'nansen-keys-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let count = 0
const freshFolder = () => join(base, `keys-${count++}`)
const passphrase = 'correct horse'
const device = (folder: string, more: { passphrase?: string; create?: boolean } = {}) =>
  openFileDevice({ folder, passphrase, weakScryptN: 1024, ...more })

const spec = (more: Partial<KeySpec> = {}): KeySpec => ({
  id: 'document-signer-1',
  purpose: 'document-signer',
  algorithm: 'P-256',
  state: 'UT',
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-04-01T00:00:00Z'),
  most: 1000,
  ...more,
})

describe('keys in files', () => {
  test.each(KEY_ALGORITHMS)('%s signs, and signs alike after the folder is opened again', (algorithm) => {
    const folder = freshFolder()
    const first = device(folder, { create: true })
    const key = first.make(spec({ algorithm }))
    first.close()
    const again = device(folder)
    expect(again.keys.get(key.id)).toEqual(key)
    const bytes = Buffer.from('to be signed')
    const signature = again.sign(key.id, bytes)
    const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'spki' })
    expect(signatureStands(publicKey, algorithm, bytes, signature)).toBe(true)
    expect(signatureStands(publicKey, algorithm, Buffer.from('something else'), signature)).toBe(false)
    again.close()
  })

  test('keep their wrapping key and their index key', () => {
    const folder = freshFolder()
    const first = device(folder, { create: true })
    const { wrappingPoint } = first
    const indexKey = first.indexKey.slice()
    first.close()
    const again = device(folder)
    expect(again.wrappingPoint).toEqual(wrappingPoint)
    expect(again.indexKey).toEqual(indexKey)
    const other = createECDH('prime256v1')
    const point = other.generateKeys()
    expect(Buffer.from(again.agree(point))).toEqual(other.computeSecret(again.wrappingPoint))
    const off = new Uint8Array(point)
    off[64]! ^= 1
    expect(() => again.agree(off)).toThrow()
    expect(() => again.agree(new Uint8Array(65))).toThrow()
  })

  test('can be read by their owner alone, and no private key stands in them', () => {
    const folder = freshFolder()
    device(folder, { create: true }).make(spec())
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const names = readdirSync(folder).sort()
    expect(names).toEqual(['document-signer-1.key', 'index.key', 'passphrase.json', 'wrapping.key'])
    for (const name of names) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
      expect(readFileSync(join(folder, name), 'latin1')).not.toContain('PRIVATE')
    }
  })

  test('ask 128 MB of work of each guess unless a test asks for less, and take no file that asks for less', () => {
    const folder = freshFolder()
    openFileDevice({ folder, passphrase, create: true })
    expect(JSON.parse(readFileSync(join(folder, 'passphrase.json'), 'utf8'))).toMatchObject({
      kdf: 'scrypt',
      n: 131_072,
      r: 8,
      p: 1,
    })
    const weak = freshFolder()
    device(weak, { create: true })
    expect(() => openFileDevice({ folder: weak, passphrase })).toThrow('not as it was written')
  })
})

describe('refused', () => {
  test('a wrong passphrase', () => {
    const folder = freshFolder()
    device(folder, { create: true })
    expect(() => device(folder, { passphrase: 'Correct horse' })).toThrow('passphrase.wrong')
  })

  test('a folder that is gone, unless a new one is asked for', () => {
    expect(() => device(freshFolder())).toThrow('no keys in this folder')
  })

  test('keys whose passphrase file is gone are not written over', () => {
    const folder = freshFolder()
    device(folder, { create: true }).make(spec())
    rmSync(join(folder, 'passphrase.json'))
    expect(() => device(folder, { create: true })).toThrow('has keys')
  })

  test.each([
    ['id', 'document-signer-2'],
    ['purpose', 'csca'],
    ['algorithm', 'P-384'],
    ['state', 'CH'],
    ['state', 'QR'],
    ['notBefore', '2020-01-01T00:00:00.000Z'],
    ['notAfter', '2036-04-01T00:00:00.000Z'],
    ['most', 1_000_000],
    ['publicKey', 'AAAA'],
    ['sealed', 'AAAA'],
    ['version', 2],
  ])('a key file whose %s was changed to %s', (field, value) => {
    const folder = freshFolder()
    device(folder, { create: true }).make(spec())
    const path = join(folder, 'document-signer-1.key')
    const file = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...file, [field]: value }))
    expect(() => device(folder)).toThrow('not as it was written')
  })

  test('two key files that changed names', () => {
    const folder = freshFolder()
    const made = device(folder, { create: true })
    made.make(spec())
    made.make(spec({ id: 'document-signer-2' }))
    const path = (id: string) => join(folder, `${id}.key`)
    renameSync(path('document-signer-1'), path('x'))
    renameSync(path('document-signer-2'), path('document-signer-1'))
    renameSync(path('x'), path('document-signer-2'))
    expect(() => device(folder)).toThrow('not as it was written')
  })

  test('a key file that is no JSON, or far too large', () => {
    for (const text of ['', 'null', '{', 'x'.repeat(20_000)]) {
      const folder = freshFolder()
      device(folder, { create: true })
      writeFileSync(join(folder, 'log-1.key'), text)
      expect(() => device(folder)).toThrow('not as it was written')
    }
  })

  test('a second key of one name, and names that would leave the folder', () => {
    const made = device(freshFolder(), { create: true })
    made.make(spec())
    expect(() => made.make(spec())).toThrow('of this name already')
    for (const id of ['../x', '', 'wrapping', 'index', 'a/b', '.'])
      expect(() => made.make(spec({ id }))).toThrow(RangeError)
  })

  test.each(['CH', 'RU', 'DE', 'UTO', 'ut', ''])('a key for the state %s', (state) => {
    const folder = freshFolder()
    const made = device(folder, { create: true })
    expect(() => made.make(spec({ state }))).toThrow('key.real-state')
    expect(readdirSync(folder)).not.toContain('document-signer-1.key')
  })
})
