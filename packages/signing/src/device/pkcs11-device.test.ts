import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noSoftHsm, type SoftHsm, startSoftHsm } from '../../../../test/softhsm.ts'
import type { KeySpec } from './device.ts'
import { openPkcs11Device } from './pkcs11-device.ts'

const missing = noSoftHsm()

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

describe.skipIf(missing)(`keys on a token${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let hsm: SoftHsm
  beforeEach(() => {
    hsm = startSoftHsm()
  })
  afterEach(() => hsm.remove())

  const settings = () => ({ ...hsm, create: true })

  test('a wrong PIN, a wrong label and a wrong module are told apart, and name no secret', async () => {
    await expect(openPkcs11Device({ ...settings(), pin: 'not this one' })).rejects.toMatchObject({
      code: 'passphrase.wrong',
    })
    await expect(openPkcs11Device({ ...settings(), tokenLabel: 'another' })).rejects.toMatchObject({
      code: 'device.no-token',
    })
    await expect(openPkcs11Device({ ...settings(), module: '/nowhere.so' })).rejects.toMatchObject({
      code: 'device.no-module',
    })
  })

  test('an empty token is taken for the wrong one unless it is to be prepared', async () => {
    await expect(openPkcs11Device({ ...hsm })).rejects.toMatchObject({ code: 'device.empty' })
    ;(await openPkcs11Device(settings())).close()
    ;(await openPkcs11Device({ ...hsm })).close()
  })

  test('a private key made on the token is sensitive, cannot be extracted, and its value is not given out', async () => {
    const device = await openPkcs11Device(settings())
    device.make(spec)
    device.close()
    const read = privateKeys(hsm)
    expect(read.map(({ label }) => label).sort()).toEqual(['document-signer-1', 'nansen-wrapping'])
    for (const key of read)
      expect(key).toMatchObject({ sensitive: true, extractable: false, value: 'refused' })
  })

  test('a token with a private key that can be read out is refused', async () => {
    ;(await openPkcs11Device(settings())).close()
    onToken(hsm, (p, m, session) => {
      m.C_GenerateKeyPair(
        session,
        { mechanism: p.CKM_EC_KEY_PAIR_GEN },
        [
          { type: p.CKA_TOKEN, value: true },
          { type: p.CKA_EC_PARAMS, value: Buffer.from('06082a8648ce3d030107', 'hex') },
        ],
        [
          { type: p.CKA_TOKEN, value: true },
          { type: p.CKA_LABEL, value: 'open' },
          { type: p.CKA_SENSITIVE, value: false },
          { type: p.CKA_EXTRACTABLE, value: true },
        ],
      )
    })
    await expect(openPkcs11Device(settings())).rejects.toMatchObject({ code: 'device.key-extractable' })
  })

  test('a private key that was not made on the token is refused, unless that is asked for', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    hsm.importKey(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, spec.id)
    await expect(openPkcs11Device(settings())).rejects.toMatchObject({ code: 'device.key-imported' })
    const device = await openPkcs11Device({ ...settings(), importedKeys: 'allowed' })
    expect(device.make(spec).publicKey).toEqual(
      new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    )
    expect(device.sign(spec.id, bytes).length).toBeGreaterThan(64)
    device.close()
  })

  test('limits that are taken away do not come back higher', async () => {
    const device = await openPkcs11Device(settings())
    device.make(spec)
    device.make({ ...spec, id: 'other' })
    device.close()
    rmSync(join(hsm.limits, `${spec.id}.json`))
    const again = await openPkcs11Device(settings())
    expect([...again.keys.keys()]).toEqual(['other'])
    expect(() => again.sign(spec.id, bytes)).toThrow('no key of this name')
    expect(() => again.make({ ...spec, most: 1_000_000 })).toThrow(/name already/)
    again.close()
  })

  test('the limits of one key do not serve another', async () => {
    const device = await openPkcs11Device(settings())
    device.make(spec)
    device.make({ ...spec, id: 'other', most: 5 })
    device.close()
    const generous = readFileSync(join(hsm.limits, `${spec.id}.json`), 'utf8')
    writeFileSync(join(hsm.limits, 'other.json'), generous)
    await expect(openPkcs11Device(settings())).rejects.toMatchObject({ code: 'device.limits-altered' })
    writeFileSync(join(hsm.limits, 'other.json'), generous.replace(`"${spec.id}"`, '"other"'))
    await expect(openPkcs11Device(settings())).rejects.toMatchObject({ code: 'device.limits-altered' })
  })

  test('a key whose making was cut off before its limits were written never signs and leaves nothing', async () => {
    const device = await openPkcs11Device(settings())
    rmSync(hsm.limits, { recursive: true })
    expect(() => device.make(spec)).toThrow(/ENOENT/)
    device.close()
    mkdirSync(hsm.limits)
    const again = await openPkcs11Device({ ...hsm })
    expect(again.keys.size).toBe(0)
    expect(again.make(spec).id).toBe(spec.id)
    again.close()
    expect(
      privateKeys(hsm)
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['document-signer-1', 'nansen-wrapping'])
  })

  test('a key whose making was cut off after its limits were written is there', async () => {
    const device = await openPkcs11Device(settings())
    const made = device.make(spec)
    device.close()
    onToken(hsm, (p, m, session) => {
      m.C_FindObjectsInit(session, [{ type: p.CKA_LABEL, value: spec.id }])
      const both = m.C_FindObjects(session, 5)
      m.C_FindObjectsFinal(session)
      expect(both.length).toBe(2)
      for (const object of both)
        m.C_SetAttributeValue(session, object, [{ type: p.CKA_LABEL, value: `nansen-making:${spec.id}` }])
    })
    const again = await openPkcs11Device({ ...hsm })
    expect(again.keys.get(spec.id)).toEqual(made)
    expect(again.sign(spec.id, bytes).length).toBeGreaterThan(64)
    again.close()
  })

  test('a point beside the curve does not even reach the token', async () => {
    const device = await openPkcs11Device(settings())
    const off = device.wrappingPoint.slice()
    off[64]! ^= 1
    for (const point of [off, new Uint8Array(65), off.subarray(1)])
      expect(() => device.agree(point)).toThrow('key.not-on-curve')
    device.close()
  })

  test('ids that would be a path or one of our own objects are refused', async () => {
    const device = await openPkcs11Device(settings())
    for (const id of ['../x', '', 'nansen-wrapping', 'a/b', 'a.b', 'x'.repeat(64)])
      expect(() => device.make({ ...spec, id })).toThrow(RangeError)
    expect(readdirSync(hsm.limits)).toEqual([])
    device.close()
  })
})

/** As the package is without our declarations of it. */
// biome-ignore lint/suspicious/noExplicitAny: its own types are there only where it is installed
type Raw = any

/** The token as anybody with the PIN sees it, past our own code. */
function onToken<T>(hsm: SoftHsm, work: (p: Raw, m: Raw, session: Buffer) => T): T {
  const p = createRequire(import.meta.url)('pkcs11js')
  const m = new p.PKCS11()
  m.load(hsm.module)
  m.C_Initialize()
  try {
    const slot = m
      .C_GetSlotList(true)
      .find((each: Buffer) => m.C_GetTokenInfo(each).label.trim() === hsm.tokenLabel)
    const session = m.C_OpenSession(slot, p.CKF_RW_SESSION | p.CKF_SERIAL_SESSION)
    m.C_Login(session, p.CKU_USER, hsm.pin)
    return work(p, m, session)
  } finally {
    m.C_Finalize()
  }
}

function privateKeys(hsm: SoftHsm) {
  return onToken(hsm, (p, m, session) => {
    m.C_FindObjectsInit(session, [{ type: p.CKA_CLASS, value: p.CKO_PRIVATE_KEY }])
    const keys = m.C_FindObjects(session, 50) as Buffer[]
    m.C_FindObjectsFinal(session)
    const read = (key: Buffer, type: number): Buffer =>
      m.C_GetAttributeValue(session, key, [{ type }])[0].value
    return keys.map((key) => {
      let value = 'given'
      try {
        read(key, p.CKA_VALUE)
      } catch {
        value = 'refused'
      }
      return {
        label: read(key, p.CKA_LABEL).toString(),
        sensitive: read(key, p.CKA_SENSITIVE)[0] === 1,
        extractable: read(key, p.CKA_EXTRACTABLE)[0] === 1,
        value,
      }
    })
  })
}
