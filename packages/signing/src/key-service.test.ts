import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { write as der } from '@nansen/formats/der'
import { draftCsca, OIDS } from '@nansen/formats/pki'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  checkpoint,
  NOW,
  random,
  request,
  type SigningOffice,
  signedAttributes,
  signingOffice,
} from '../../../test/signing-office.ts'
import { cscaContent, ecKey } from '../../../test/specimen-pki.ts'
import { importPublicKey, signatureStands } from './algorithms.ts'
import type { Device } from './device/device.ts'
import { openFileDevice } from './device/file-device.ts'
import { storeSignatures } from './intent-rows.ts'
import { readKeyJournal } from './key-journal.ts'
import { openLocalSigning } from './local-signing.ts'
import { type SigningKey, SigningOutage } from './signing.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const stands = (key: SigningKey, bytes: Uint8Array, signature: Uint8Array) =>
  signatureStands(importPublicKey(key.publicKey), key.algorithm, bytes, signature)
const day = (text: string) => new Date(`${text}T00:00:00Z`)

let office: SigningOffice
let key: SigningKey
beforeAll(async () => {
  office = await signingOffice()
  key = await office.makeKey()
  await office.makeKey({ id: 'document-signer-2' })
  await office.makeKey({ id: 'log-1', purpose: 'log', algorithm: 'Ed25519' })
  await office.makeKey({ id: 'csca-1', purpose: 'csca' })
  await office.makeKey({ id: 'list-1', purpose: 'master-list-signer' })
}, 60_000)
afterAll(() => office.close())
afterEach(() => {
  office.now = NOW
})

const journalled = () => readKeyJournal(office.journalPath)

/** Nothing was signed for it: neither stored nor in the journal. */
async function expectRefused(id: Uint8Array, code: string): Promise<void> {
  const before = journalled().length
  await expect(office.signing.finish([id])).rejects.toThrow(code)
  expect(await office.sql('select 1 from signature where intent_id = $1', [id])).toEqual([])
  expect(journalled().length).toBe(before)
}

describe('what was recorded', () => {
  test('is signed, exactly, and told in the journal', async () => {
    const wanted = request({ caseKey: await office.newCase() })
    const [id] = await office.record(wanted)
    const [signature] = await office.signing.finish([id!])
    expect(stands(key, wanted.toBeSigned, signature!)).toBe(true)
    expect(journalled().at(-1)).toMatchObject({
      key: key.id,
      intent: hex(id!),
      digest: createHash('sha256').update(wanted.toBeSigned).digest('hex'),
      stored: expect.stringMatching(/^[0-9a-f]{64}$/),
      signature: createHash('sha256').update(signature!).digest('hex'),
    })
  })

  test('gets its first signature again, however often it is asked for, and none more is made', async () => {
    const [id] = await office.record(request({ caseKey: await office.newCase() }))
    const [first] = await office.signing.finish([id!])
    const before = journalled().length
    expect(await office.signing.finish([id!, id!])).toEqual([first, first])
    office.now = day('2030-01-01')
    expect(await office.signing.finish([id!])).toEqual([first])
    expect(journalled().length).toBe(before)
  })

  test('gets one signature from two that ask at once: the first that is stored', async () => {
    const ids = await office.record(...Array.from({ length: 5 }, () => request()))
    const [one, two] = await Promise.all([office.signing.finish(ids), office.signing.finish(ids)])
    expect(two).toEqual(one)
    const stored = await office.sql('select value from signature where intent_id = any($1::bytea[])', [ids])
    expect(stored.map(({ value }) => hex(value as Uint8Array)).sort()).toEqual(one.map(hex).sort())
  })

  test('is signed by each kind of key in one call, in the order asked', async () => {
    const log = request({ key: 'log-1', toBeSigned: checkpoint() })
    const list = request({ key: 'list-1', toBeSigned: signedAttributes(random(32), OIDS.cscaMasterList) })
    const paper = request({ caseKey: await office.newCase() })
    const ids = await office.record(log, paper, list)
    const signatures = await office.signing.finish([ids[2]!, ids[0]!, ids[1]!])
    const keys = await office.signing.keys()
    expect(stands(keys.get('list-1')!, list.toBeSigned, signatures[0]!)).toBe(true)
    expect(stands(keys.get('log-1')!, log.toBeSigned, signatures[1]!)).toBe(true)
    expect(stands(keys.get(key.id)!, paper.toBeSigned, signatures[2]!)).toBe(true)
  })

  test('is signed although something else in the same call is refused', async () => {
    const [good, bad, other] = await office.record(
      request(),
      request({ toBeSigned: checkpoint() }),
      request(),
    )
    await expect(office.signing.finish([good!, bad!, other!])).rejects.toThrow('key.foreign-purpose')
    const rows = await office.sql('select 1 from signature where intent_id = any($1::bytea[])', [
      [good!, other!],
    ])
    expect(rows.length).toBe(2)
    expect(await office.sql('select 1 from signature where intent_id = $1', [bad!])).toEqual([])
  })
})

describe('nothing is signed', () => {
  test('that nobody recorded, or whose transaction was rolled back', async () => {
    await expectRefused(random(16), 'intent.unknown')
    let id: Uint8Array | undefined
    const rolledBack = office.store.transaction(async (tx) => {
      ;[id] = await office.signing.record(tx, [request()])
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await expectRefused(id!, 'intent.unknown')
  })

  test('that was voided, before or after it was signed', async () => {
    const [unsigned, signed] = await office.record(request(), request())
    await office.signing.finish([signed!])
    await office.store.transaction(async (tx) => {
      await office.signing.void(tx, unsigned!, 'never-finishes')
      await office.signing.void(tx, signed!, 'inspection-refused')
      await office.signing.void(tx, signed!, 'inspection-refused')
    })
    await expectRefused(unsigned!, 'intent.voided')
    await expect(office.signing.finish([signed!])).rejects.toThrow('intent.voided')
    await expect(
      office.store.transaction((tx) => office.signing.void(tx, random(16), 'never-finishes')),
    ).rejects.toThrow('intent.unknown')
  })

  test('for good that was voided while it was being signed', async () => {
    const [id] = await office.record(request())
    await office.store.transaction((tx) => office.signing.void(tx, id!, 'never-finishes'))
    const stored = await storeSignatures(office.store, [{ id: id!, value: random(70) }])
    expect(stored.get(hex(id!))).toMatchObject({ signature: null, voided: 'never-finishes' })
  })

  test('before the period of its key, or after it', async () => {
    const [id] = await office.record(request())
    office.now = new Date(key.notBefore.getTime() - 1)
    await expectRefused(id!, 'key.not-yet')
    office.now = key.notAfter
    await expectRefused(id!, 'key.expired')
    office.now = new Date(Number.NaN)
    await expectRefused(id!, 'key.expired')
    office.now = key.notBefore
    expect((await office.signing.finish([id!])).length).toBe(1)
  })

  test('more often than its key may, in one call or over restarts', async () => {
    await office.makeKey({ id: 'scarce-1', most: 3 })
    const requests = Array.from({ length: 5 }, () => request({ key: 'scarce-1' }))
    const ids = await office.record(...requests)
    await office.signing.finish(ids.slice(0, 1))
    await expect(office.signing.finish(ids)).rejects.toThrow('key.used-up')
    const counted = () => journalled().filter((line) => line.key === 'scarce-1').length
    expect(counted()).toBe(3)
    await office.reopen()
    await expectRefused(ids[4]!, 'key.used-up')
    expect(counted()).toBe(3)
  })

  test.each([
    ['document-signer-1', () => checkpoint()],
    ['document-signer-1', () => signedAttributes(random(32), OIDS.cscaMasterList)],
    ['document-signer-1', () => random(100)],
    ['log-1', () => signedAttributes()],
    ['list-1', () => signedAttributes()],
    ['csca-1', () => signedAttributes()],
    ['csca-1', () => draftCsca(cscaContent(ecKey())).toBeSigned],
  ])('by %s that is for another purpose', async (of, bytes) => {
    const [id] = await office.record(request({ key: of, toBeSigned: bytes() }))
    await expectRefused(id!, 'key.foreign-purpose')
  })
})

describe('a change behind the back of the office', () => {
  const update = (set: string, values: readonly Uint8Array[], id: Uint8Array) =>
    office.sql(`update intent set ${set} where id = $${values.length + 1}`, [...values, id])
  const digest = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

  test.each([
    ['its bytes', (id: Uint8Array) => update('bytes = $1', [signedAttributes()], id)],
    ['its digest', (id: Uint8Array) => update('digest = $1', [random(32)], id)],
    [
      'its bytes and its digest',
      (id: Uint8Array) => {
        const other = signedAttributes()
        return update('bytes = $1, digest = $2', [other, digest(other)], id)
      },
    ],
    ['its key', (id: Uint8Array) => update(`key_id = 'document-signer-2'`, [], id)],
    ['the decision it rests on', (id: Uint8Array) => update('decision = $1', [random(32)], id)],
    ['the act that it is', (id: Uint8Array) => update('once = $1', [random(32)], id)],
  ])('to %s is noticed', async (_, change) => {
    const [id] = await office.record(request({ caseKey: await office.newCase() }))
    await change(id!)
    await expectRefused(id!, 'intent.altered')
  })

  test('to the key of its case is noticed', async () => {
    const [one, two] = [await office.newCase(), await office.newCase()]
    const ids = await office.record(request({ caseKey: one }), request({ caseKey: two }))
    await office.sql('update intent set case_id = $1 where id = $2', [two.caseId, ids[0]!])
    await expectRefused(ids[0]!, 'intent.altered')
    await office.sql('update case_key set wrapped = $1 where case_id = $2', [random(113), two.caseId])
    await expectRefused(ids[1]!, 'intent.altered')
  })

  test('that exchanges the bytes of two papers is noticed', async () => {
    const caseKey = await office.newCase()
    const [a, b] = await office.record(request({ caseKey }), request({ caseKey }))
    const of = async (id: Uint8Array) =>
      (await office.sql('select bytes, digest from intent where id = $1', [id]))[0]! as {
        bytes: Uint8Array
        digest: Uint8Array
      }
    const [x, y] = [await of(a!), await of(b!)]
    await update('bytes = $1, digest = $2', [y.bytes, y.digest], a!)
    await update('bytes = $1, digest = $2', [x.bytes, x.digest], b!)
    await expectRefused(a!, 'intent.altered')
    await expectRefused(b!, 'intent.altered')
  })

  test('that gives a public intent to another key, or calls it another purpose, is noticed', async () => {
    const [id] = await office.record(request({ key: 'log-1', toBeSigned: checkpoint() }))
    await update(`key_id = 'csca-1'`, [], id!)
    await expectRefused(id!, 'key.foreign-purpose')
    await update(`purpose = 'csca'`, [], id!)
    await expectRefused(id!, 'key.foreign-purpose')
    const [other] = await office.record(request({ key: 'log-1', toBeSigned: checkpoint() }))
    await update(`purpose = 'witness'`, [], other!)
    await expectRefused(other!, 'key.foreign-purpose')
  })

  test('to what the table says that a key may do changes nothing', async () => {
    await office.makeKey({ id: 'limited-1', most: 1 })
    await office.sql(`update signing_key set most = 100, not_after = '2040-01-01' where id = 'limited-1'`)
    const ids = await office.record(request({ key: 'limited-1' }), request({ key: 'limited-1' }))
    await office.signing.finish([ids[0]!])
    await expectRefused(ids[1]!, 'key.used-up')
    office.now = day('2030-01-01')
    await expectRefused(ids[1]!, 'key.expired')
  })

  test('that names a key of its own is of no use', async () => {
    const { publicKey } = ecKey()
    await office.sql(
      `insert into signing_key (id, purpose, algorithm, state, public_key, not_before, not_after, most)
       values ('mine-1', 'document-signer', 'P-256', 'UT', $1, '2020-01-01', '2040-01-01', 1000)`,
      [publicKey.encoded],
    )
    const [id] = await office.record(request({ key: 'mine-1' }))
    await expectRefused(id!, 'key.unknown')
  })
})

describe('a state that exists', () => {
  const REAL = ['CH', 'RU', 'DE', 'FR']

  test.each(REAL)('gets no key: %s', async (state) => {
    await expect(office.makeKey({ id: `real-${state}`, state })).rejects.toThrow('key.real-state')
    expect((await office.signing.keys()).has(`real-${state}`)).toBe(false)
    expect(await office.sql('select 1 from signing_key where state = $1', [state])).toEqual([])
  })

  test('gets no signature from a device that says it holds such a key', async () => {
    const other = await signingOffice()
    await other.makeKey()
    await other.makeKey({ id: 'csca-1', purpose: 'csca' })
    await other.makeKey({ id: 'log-1', purpose: 'log', algorithm: 'Ed25519' })
    const [paper, log] = await other.record(request(), request({ key: 'log-1', toBeSigned: checkpoint() }))
    for (const state of REAL) {
      const signing = await other.reopen({
        device: (device) => ({
          ...bound(device),
          keys: new Map([...device.keys].map(([id, own]) => [id, { ...own, state }])),
        }),
      })
      await expect(signing.finish([paper!])).rejects.toThrow('key.real-state')
      await expect(signing.finish([log!])).rejects.toThrow('key.real-state')
    }
    expect(await other.sql('select 1 from signature')).toEqual([])
    expect(readKeyJournal(other.journalPath)).toEqual([])
    await other.close()
  })

  test('gets no certificate from a key of Utopia', async () => {
    const own = await office.signing.keys().then((keys) => keys.get('csca-1')!)
    const { keyIdentifier } = await import('./key-identifier.ts')
    const { parsePublicKey } = await import('@nansen/formats/pki')
    const content = {
      ...cscaContent(ecKey()),
      publicKey: parsePublicKey(own.publicKey),
      keyIdentifier: keyIdentifier(own.publicKey),
    }
    const [id] = await office.record(request({ key: 'csca-1', toBeSigned: draftCsca(content).toBeSigned }))
    expect((await office.signing.finish([id!])).length).toBe(1)
    for (const country of REAL) {
      const subject = { ...content.subject, country }
      const [real] = await office.record(
        request({ key: 'csca-1', toBeSigned: draftCsca({ ...content, subject }).toBeSigned }),
      )
      await expectRefused(real!, 'key.foreign-purpose')
    }
  })
})

/** A device's parts, usable without the object that they belong to. */
const bound = (device: Device): Device => ({
  kind: device.kind,
  keys: device.keys,
  make: (spec) => device.make(spec),
  sign: (id, bytes) => device.sign(id, bytes),
  wrappingPoint: device.wrappingPoint,
  agree: (point) => device.agree(point),
  indexKey: device.indexKey,
  close: () => device.close(),
})

describe('a device that is faulty', () => {
  test.each([
    ['signs something else', (own: Device) => (id: string) => own.sign(id, random(10))],
    ['answers with noise', () => () => random(70)],
    ['answers with nothing', () => () => new Uint8Array(0)],
    [
      'does not answer',
      () => () => {
        throw new Error('CKR_DEVICE_ERROR')
      },
    ],
    ['answers with a number', () => () => der.integer(5)],
  ])('and %s has nothing stored, and the same can be signed when it works again', async (_, sign) => {
    let works = false
    const other = await signingOffice({
      device: (device) => ({
        ...bound(device),
        sign: (id, bytes) => (works ? device.sign(id, bytes) : sign(device)(id)),
      }),
    })
    await other.makeKey()
    const [id] = await other.record(request())
    await expect(other.signing.finish([id!])).rejects.toThrow(SigningOutage)
    expect(await other.sql('select 1 from signature')).toEqual([])
    expect(readKeyJournal(other.journalPath)).toEqual([])
    works = true
    expect((await other.signing.finish([id!])).length).toBe(1)
    await other.close()
  })
})

describe('the journal of the key service', () => {
  test('knows every signature before it is stored, and the act is finished after a crash in between', async () => {
    const steps: string[] = []
    let crashAt: string | undefined
    const other = await signingOffice({
      step: (name) => {
        steps.push(name)
        if (name === crashAt) throw new Error('crash')
      },
    })
    await other.makeKey()
    const [id] = await other.record(request())
    await other.signing.finish([id!])
    expect(steps).toEqual(['key.read', 'key.signed', 'key.journalled', 'key.stored'])
    for (crashAt of steps.slice(0, 4)) {
      const [next] = await other.record(request())
      await expect(other.signing.finish([next!])).rejects.toThrow('crash')
      crashAt = undefined
      await other.reopen()
      expect((await other.signing.finish([next!])).length).toBe(1)
    }
    const stored = await other.sql('select intent_id from signature')
    const told = new Set(readKeyJournal(other.journalPath).map(({ intent }) => intent))
    expect(stored.length).toBe(5)
    for (const { intent_id } of stored) expect(told.has(hex(intent_id as Uint8Array))).toBe(true)
    const intents = new Set(
      (await other.sql('select id from intent')).map((row) => hex(row.id as Uint8Array)),
    )
    for (const intent of told) expect(intents.has(intent)).toBe(true)
    await other.close()
  })

  test('is refused where it is lost while signatures are stored', async () => {
    const other = await signingOffice()
    await other.makeKey()
    await other.signing.finish(await other.record(request()))
    await other.signing.close()
    rmSync(other.journalPath)
    await expect(other.reopen()).rejects.toThrow('journal.broken')
    await other.close()
  })

  test('serves one key service at a time', async () => {
    const device = openFileDevice({
      folder: join(office.folder, 'others'),
      passphrase: 'x',
      create: true,
      weakScryptN: 1024,
    })
    const { store, journalPath } = office
    const parts = { store, device, journalPath, clock: () => NOW, random }
    await expect(openLocalSigning(parts)).rejects.toThrow('journal.in-use')
  })
})
