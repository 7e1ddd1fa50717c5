import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { encodeEcPublicKey, parsePublicKey } from '@nansen/formats/pki'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  random,
  request,
  type SigningOffice,
  signedAttributes,
  signingOffice,
} from '../../../test/signing-office.ts'
import { recordedDigests, sha256 } from './ledger.ts'
import { registerKey, registerKeys } from './register-key.ts'

let office: SigningOffice
beforeAll(async () => {
  office = await signingOffice()
  await office.makeKey()
  await office.makeKey({ id: 'document-signer-2' })
}, 60_000)
afterAll(() => office.close())

const spki = (curve = 'P-256') =>
  new Uint8Array(
    generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ type: 'spki', format: 'der' }),
  )

describe('recording', () => {
  test('the same act again gives the same intent, in one call or in two', async () => {
    const caseKey = await office.newCase()
    const [one, two] = [request({ caseKey }), request()]
    const ids = await office.record(one, two, one)
    expect(ids[2]).toEqual(ids[0])
    expect(ids[1]).not.toEqual(ids[0])
    expect(await office.record(two, one)).toEqual([ids[1], ids[0]])
    expect(
      await office.sql('select 1 from intent where once = any($1::bytea[])', [[one.once, two.once]]),
    ).toHaveLength(2)
  })

  test.each([
    ['other bytes', () => ({ toBeSigned: signedAttributes() })],
    ['another key', () => ({ key: 'document-signer-2' })],
    ['another case', async () => ({ caseKey: await office.newCase() })],
    ['no case', () => ({ caseKey: undefined })],
  ])('the same act with %s is refused', async (_, change) => {
    const first = request({ caseKey: await office.newCase() })
    await office.record(first)
    const { caseKey, ...changed } = { ...first, ...(await change()) }
    const second = caseKey === undefined ? changed : { ...changed, caseKey }
    await expect(office.record(second)).rejects.toThrow('intent.differs')
    const fresh = { once: random(32) }
    await expect(office.record({ ...first, ...fresh }, { ...second, ...fresh })).rejects.toThrow(
      'intent.differs',
    )
  })

  test('for a key that nobody has is refused, and nothing of the call is kept', async () => {
    const good = request()
    await expect(office.record(good, request({ key: 'document-signer-9' }))).rejects.toThrow('key.unknown')
    expect(await office.sql('select 1 from intent where once = $1', [good.once])).toEqual([])
  })

  test('of nothing is nothing', async () => {
    expect(await office.record()).toEqual([])
  })

  test('takes whole digests and whole keys only', async () => {
    await expect(office.record(request({ once: random(16) }))).rejects.toThrow(RangeError)
    await expect(office.record(request({ decision: random(16) }))).rejects.toThrow(RangeError)
    const newCase = (caseId: Uint8Array, key: Uint8Array) =>
      office.store.transaction((tx) => office.signing.newCase(tx, [{ caseId, key }]))
    await expect(newCase(random(15), random(32))).rejects.toThrow(RangeError)
    await expect(newCase(random(16), random(16))).rejects.toThrow(RangeError)
  })

  test('can be compared with what came of it', async () => {
    const requests = [request(), request({ caseKey: await office.newCase() })]
    const ids = await office.record(...requests)
    const digests = (of: readonly Uint8Array[]) => office.store.transaction((tx) => recordedDigests(tx, of))
    expect(await digests([ids[1]!, ids[0]!])).toEqual(
      [requests[1]!, requests[0]!].map((r) => sha256(r.toBeSigned)),
    )
    await expect(digests([random(16)])).rejects.toThrow('intent.unknown')
  })
})

describe('a new key of ours', () => {
  test('is the same when the ceremony is taken up again, also where it stopped before the tables', async () => {
    const made = await office.makeKey({ id: 'csca-1', purpose: 'csca' })
    expect(await office.makeKey({ id: 'csca-1', purpose: 'csca', most: 5 })).toEqual(made)
    await office.sql(`delete from key_register where owner = 'authority/csca-1'`)
    await office.sql(`delete from signing_key where id = 'csca-1'`)
    await office.reopen()
    expect(await office.makeKey({ id: 'csca-1', purpose: 'csca' })).toEqual(made)
    expect(await office.sql(`select purpose, state, most from signing_key where id = 'csca-1'`)).toEqual([
      { purpose: 'csca', state: 'UT', most: 1000 },
    ])
    expect(await office.sql(`select 1 from key_register where owner = 'authority/csca-1'`)).toHaveLength(1)
  })

  test.each([
    ['purpose', { purpose: 'csca' }],
    ['algorithm', { algorithm: 'P-384' }],
    ['state', { state: 'QR' }],
  ] as const)('under an id that is there with another %s is refused', async (_, change) => {
    await expect(office.makeKey(change)).rejects.toThrow('key.of-another')
  })

  test('has a period and a number of signatures', async () => {
    const now = new Date()
    await expect(office.makeKey({ id: 'x-1', notBefore: now, notAfter: now })).rejects.toThrow(RangeError)
    await expect(office.makeKey({ id: 'x-1', notBefore: new Date(Number.NaN) })).rejects.toThrow(RangeError)
    for (const most of [0, -1, 1.5, 2 ** 31, Number.NaN])
      await expect(office.makeKey({ id: 'x-1', most })).rejects.toThrow(RangeError)
    expect((await office.signing.keys()).has('x-1')).toBe(false)
  })
})

describe('a key that comes in', () => {
  const register = (key: Uint8Array, owner: string) =>
    office.store.transaction((tx) => registerKey(tx, key, owner))

  test('serves one owner, however it is written', async () => {
    const key = spki()
    await register(key, 'paper/1')
    await register(key, 'paper/1')
    await expect(register(key, 'paper/2')).rejects.toThrow('key.of-another')
    const parsed = parsePublicKey(key)
    if (parsed.kind !== 'ec') throw new Error()
    const explicit = encodeEcPublicKey(parsed.curve, parsed.point, 'explicit')
    await expect(register(explicit, 'paper/2')).rejects.toThrow('key.of-another')
    await register(explicit, 'paper/1')
    expect(await office.sql(`select 1 from key_register where owner like 'paper/%'`)).toHaveLength(1)
  })

  test('is none of ours', async () => {
    const ours = (await office.signing.keys()).get('document-signer-1')!
    await expect(register(ours.publicKey, 'paper/3')).rejects.toThrow('key.of-another')
  })

  test('twice in one call, for two owners, is refused', async () => {
    const key = spki()
    const both = (a: string, b: string) =>
      office.store.transaction((tx) =>
        registerKeys(tx, [
          { spki: key, owner: a },
          { spki: key, owner: b },
        ]),
      )
    await expect(both('paper/4', 'paper/5')).rejects.toThrow('key.of-another')
    await both('paper/4', 'paper/4')
  })

  test('is looked at first', async () => {
    await expect(register(randomBytes(80), 'paper/6')).rejects.toThrow('key.weak')
    const off = spki()
    off[off.length - 1]! ^= 1
    await expect(register(off, 'paper/6')).rejects.toThrow('key.not-on-curve')
  })
})
