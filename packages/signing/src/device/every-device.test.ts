import { createECDH } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noSoftHsm, startSoftHsm } from '../../../../test/softhsm.ts'
import { importPublicKey, KEY_ALGORITHMS, signatureStands } from '../algorithms.ts'
import type { Device, KeySpec } from './device.ts'
import { openFileDevice } from './file-device.ts'
import { openPkcs11Device } from './pkcs11-device.ts'

/** A place for keys that exists for one test. */
interface Place {
  open(create: boolean): Promise<Device>
  /** The file that says what a key may do. */
  limitsOf(id: string): string
  remove(): void
}

/** Every device we ship passes the same suite. */
const DEVICES: Readonly<Record<string, { readonly missing?: string | undefined; place(): Place }>> = {
  files: {
    place() {
      const folder = mkdtempSync(join(tmpdir(), 'nansen-device-'))
      return {
        open: async (create) =>
          openFileDevice({ folder, passphrase: 'of the tests', create, weakScryptN: 1024 }),
        limitsOf: (id) => join(folder, `${id}.key`),
        remove: () => rmSync(folder, { recursive: true }),
      }
    },
  },
  'a token': {
    missing: noSoftHsm(),
    place() {
      const hsm = startSoftHsm()
      return {
        open: (create) => openPkcs11Device({ ...hsm, create }),
        limitsOf: (id) => join(hsm.limits, `${id}.json`),
        remove: hsm.remove,
      }
    },
  },
}

const spec: KeySpec = {
  id: 'document-signer-1',
  purpose: 'document-signer',
  algorithm: 'P-256',
  state: 'UT',
  notBefore: new Date('2026-11-01T00:00:00Z'),
  notAfter: new Date('2027-02-01T00:00:00Z'),
  most: 1000,
}
const bytes = new TextEncoder().encode('what is to be signed')
const others = new TextEncoder().encode('something else')

for (const [name, { missing, place }] of Object.entries(DEVICES))
  describe.skipIf(missing)(`keys in ${name}${missing ? ` (skipped: ${missing})` : ''}`, () => {
    let here: Place
    beforeEach(() => {
      here = place()
    })
    afterEach(() => here.remove())

    test.each(KEY_ALGORITHMS)('%s signs what OpenSSL accepts, as often as asked', async (algorithm) => {
      const device = await here.open(true)
      const key = device.make({ ...spec, algorithm })
      expect(device.keys.get(spec.id)).toEqual(key)
      expect(key).toMatchObject({ ...spec, algorithm })
      const publicKey = importPublicKey(key.publicKey)
      // Of 600 signatures some have an r or s that begins with zeros or with a set bit, which DER writes differently.
      for (let i = 0; i < (algorithm === 'P-256' ? 600 : 20); i++) {
        const signature = device.sign(spec.id, bytes)
        expect(signatureStands(publicKey, algorithm, bytes, signature)).toBe(true)
        expect(signatureStands(publicKey, algorithm, others, signature)).toBe(false)
      }
      device.close()
    })

    test('agreement gives the x-coordinate of the shared point, zeros in front included', async () => {
      const device = await here.open(true)
      let short = 0
      for (let i = 0; short < 3; i++) {
        const other = createECDH('prime256v1')
        const point = new Uint8Array(other.generateKeys())
        const shared = other.computeSecret(device.wrappingPoint)
        if (shared[0] === 0) short++
        else if (i > 20) continue
        expect(Buffer.from(device.agree(point))).toEqual(shared)
      }
      device.close()
    })

    test('a point that is not on the curve gives nothing', async () => {
      const device = await here.open(true)
      const off = device.wrappingPoint.slice()
      off[64]! ^= 1
      const none = new Uint8Array(65)
      for (const point of [off, none, Uint8Array.of(0), new Uint8Array(0)])
        expect(() => device.agree(point)).toThrow()
      device.close()
    })

    test('keys, the wrapping key and the secret of look-ups survive reopening', async () => {
      const first = await here.open(true)
      const made = first.make(spec)
      const wrappingPoint = first.wrappingPoint.slice()
      const indexKey = first.indexKey.slice()
      expect([wrappingPoint.length, indexKey.length]).toEqual([65, 32])
      first.close()
      const again = await here.open(false)
      expect(again.keys).toEqual(new Map([[spec.id, made]]))
      expect(again.wrappingPoint).toEqual(wrappingPoint)
      expect(again.indexKey).toEqual(indexKey)
      const signature = again.sign(spec.id, bytes)
      expect(signatureStands(importPublicKey(made.publicKey), 'P-256', bytes, signature)).toBe(true)
      again.close()
    })

    test.each([
      ['purpose', 'csca'],
      ['state', 'QR'],
      ['algorithm', 'P-384'],
      ['notBefore', '2000-01-01T00:00:00.000Z'],
      ['notAfter', '2036-01-01T00:00:00.000Z'],
      ['most', 1_000_000],
      ['most', '1000'],
      ['id', 'document-signer-2'],
    ])('a file that says another %s (%s) is noticed', async (field, value) => {
      const device = await here.open(true)
      device.make(spec)
      device.close()
      const path = here.limitsOf(spec.id)
      const file = JSON.parse(readFileSync(path, 'utf8'))
      expect(file[field]).not.toBe(value)
      writeFileSync(path, JSON.stringify({ ...file, [field]: value }))
      await expect(here.open(false)).rejects.toMatchObject({ code: 'device.limits-altered' })
      // And it is the change that was noticed, not that the file was written anew.
      writeFileSync(path, JSON.stringify(file))
      ;(await here.open(false)).close()
    })

    test('a key has one making, and a key that is not there signs nothing', async () => {
      const device = await here.open(true)
      device.make(spec)
      expect(() => device.make({ ...spec, most: 2000 })).toThrow(
        expect.objectContaining({ code: 'device.key-exists' }),
      )
      expect(device.keys.get(spec.id)?.most).toBe(1000)
      expect(() => device.sign('document-signer-2', bytes)).toThrow(
        expect.objectContaining({ code: 'device.key-missing' }),
      )
      device.close()
    })

    test('no key is made for a state that exists', async () => {
      const device = await here.open(true)
      for (const state of ['CH', 'RU', 'UTO', ''])
        expect(() => device.make({ ...spec, state })).toThrow(
          expect.objectContaining({ code: 'key.real-state' }),
        )
      expect(device.keys.size).toBe(0)
      device.close()
    })
  })
