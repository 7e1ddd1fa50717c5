import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { currentTrust } from '@nansen/authority'
import { draftCsca } from '@nansen/formats/pki'
import {
  holdPkcs11Device,
  makeThrowaway,
  openKeyService,
  openLocalSigning,
  openRemoteSigning,
  runKeyProcess,
} from '@nansen/signing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../packages/signing/src/device/device.ts'
import { openFileDevice } from '../packages/signing/src/device/file-device.ts'
import { writeKeyFile } from '../packages/signing/src/device/key-file.ts'
import { openFolderKey } from '../packages/signing/src/device/passphrase.ts'
import { type IssuingOffice, issuingOffice } from './issuing-office.ts'
import { certificateContent } from './real-state.ts'
import { random } from './signing-office.ts'
import { noSoftHsm, startSoftHsm } from './softhsm.ts'
import { ecKey } from './specimen-pki.ts'
import { testStore } from './stores.ts'

let office: IssuingOffice
beforeAll(async () => {
  office = await issuingOffice()
}, 120_000)
afterAll(() => office.close())

describe('the room with the keys', () => {
  const spec = {
    id: 'document-signer-9',
    purpose: 'document-signer',
    algorithm: 'P-256',
    state: 'UT',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-06-01T00:00:00Z'),
    most: 100,
  } as const

  test.each(['CH', 'CHE', 'D', 'ut', 'UTO', 'UT ', ''])('makes no key for "%s"', async (state) => {
    for (const purpose of ['csca', 'document-signer', 'master-list-signer', 'log', 'witness'] as const)
      await expect(
        office.signing.makeKey({ ...spec, id: `${purpose}-9`, purpose, state }),
      ).rejects.toMatchObject({
        code: 'key.real-state',
      })
    expect([...(await office.signing.keys()).keys()]).not.toContain('csca-9')
  })

  test('makes none through the wire to a process of its own either', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nansen-wire-'))
    const store = await testStore()
    const device = openFileDevice({
      folder: join(folder, 'keys'),
      passphrase: 'x',
      create: true,
      weakScryptN: 16,
    })
    const journalPath = join(folder, 'journal')
    const keyService = await openKeyService({ store, device, journalPath, clock: office.clock })
    const [questions, answers] = [new PassThrough(), new PassThrough()]
    const served = runKeyProcess({
      keyService,
      input: questions,
      output: answers,
      ceremony: true,
      report: () => {},
    })
    const close = async () => void questions.end()
    const connect = async () => ({ questions, answers, close, abandon: () => void questions.end() })
    const signing = await openRemoteSigning({ connect, random })
    await expect(signing.makeKey({ ...spec, state: 'CH' })).rejects.toMatchObject({ code: 'key.real-state' })
    expect(await signing.makeKey(spec)).toMatchObject({ state: 'UT' })
    await signing.close()
    await served
    keyService.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('makes no throwaway signer for a state that exists', async () => {
    const { documentSigner } = await currentTrust(office)
    const make = (state2: string, state3: string) =>
      makeThrowaway({
        state2,
        state3,
        documentSigner: documentSigner.certificate,
        at: office.clock(),
        random,
      })
    expect(() => make('CH', 'CHE')).toThrow('key.real-state')
    expect(() => make('UT', 'CHE')).toThrow(RangeError)
    expect(make('UT', 'UTO').trust).toHaveLength(2)
  })

  describe('has in its files', () => {
    const copyKeys = () => {
      const folder = mkdtempSync(join(tmpdir(), 'nansen-keys-'))
      cpSync(join(office.folder, 'keys'), folder, { recursive: true })
      return folder
    }
    const open = (folder: string) => openFileDevice({ folder, passphrase: 'test', weakScryptN: 16 })

    test('no key whose state somebody wrote over', () => {
      const folder = copyKeys()
      open(folder).close()
      for (const name of readdirSync(folder).filter((name) => name.endsWith('-1.key'))) {
        const path = join(folder, name)
        const text = readFileSync(path, 'utf8')
        writeFileSync(path, text.replace('"state": "UT"', '"state": "CH"'))
        expect(readFileSync(path, 'utf8')).not.toBe(text)
        expect(() => open(folder)).toThrow(expect.objectContaining({ code: 'device.limits-altered' }))
        writeFileSync(path, text)
      }
      rmSync(folder, { recursive: true })
    })

    test('no key that signs for Switzerland, though somebody with the passphrase put one there', async () => {
      const folder = copyKeys()
      const folderKey = openFolderKey(
        'test',
        JSON.parse(readFileSync(join(folder, 'passphrase.json'), 'utf8')),
        16,
      )!
      const foreign = ecKey()
      for (const state of ['UT', 'CH']) {
        const publicKey = foreign.publicKey.encoded
        const metadata = { ...spec, id: `csca-${state}`, purpose: 'csca', state, publicKey } as const
        const secret = foreign.privateKey.export({ format: 'der', type: 'pkcs8' })
        writeKeyFile(join(folder, `csca-${state}.key`), folderKey, metadata, secret)
      }
      await eachState(open(folder), foreign)
      rmSync(folder, { recursive: true })
    })
  })

  test('signs with no key of Switzerland, though somebody handed it a device of their own', async () => {
    const foreign = ecKey()
    const own = openFileDevice({ folder: join(office.folder, 'keys'), passphrase: 'test', weakScryptN: 16 })
    const keyOf = (state: string) =>
      ({
        ...spec,
        id: `csca-${state}`,
        purpose: 'csca',
        state,
        publicKey: foreign.publicKey.encoded,
      }) as const
    const device: Device = {
      kind: 'files',
      keys: new Map(['UT', 'CH'].map((state) => [`csca-${state}`, keyOf(state)])),
      make: () => keyOf('CH'),
      sign: (_, bytes) => foreign.sign(bytes),
      wrappingPoint: own.wrappingPoint,
      agree: (point) => own.agree(point),
      indexKey: own.indexKey,
      close: () => {},
    }
    const folder = mkdtempSync(join(tmpdir(), 'nansen-own-'))
    const [store, clock] = [await testStore(), office.clock]
    const signing = await openLocalSigning({
      store,
      device,
      journalPath: join(folder, 'journal'),
      clock,
      random,
    })
    // A key that the device has already would only be written down.
    const asked = signing.makeKey({ ...spec, id: 'csca-CH', purpose: 'csca', state: 'CH' })
    await expect(asked).rejects.toMatchObject({ code: 'key.real-state' })
    await signing.close()
    await store.close()
    rmSync(folder, { recursive: true })
    await eachState(device, foreign)
    own.close()
  })

  /** With keys `csca-UT` and `csca-CH` of one pair: the first signs for Utopia, neither for Switzerland. */
  async function eachState(device: Device, pair: ReturnType<typeof ecKey>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'nansen-own-'))
    const store = await testStore()
    const clock = office.clock
    const signing = await openLocalSigning({
      store,
      device,
      journalPath: join(folder, 'journal'),
      clock,
      random,
    })
    const finish = async (key: string, toBeSigned: Uint8Array) => {
      const request = { key, toBeSigned, decision: random(32), once: random(32) }
      const [intent] = await store.transaction((tx) => signing.record(tx, [request]))
      return signing.finish([intent!])
    }
    try {
      for (const state of ['UT', 'CH'])
        await store.transaction((tx) =>
          tx.query(
            `insert into signing_key (id, purpose, algorithm, state, public_key, not_before, not_after, most)
             values ($1, 'csca', 'P-256', $2, $3, $4, $5, 100)`,
            [
              `csca-${state}`,
              state,
              Buffer.concat([pair.publicKey.encoded, Buffer.from(state)]),
              spec.notBefore,
              spec.notAfter,
            ],
          ),
        )
      const drafted = (country: string, state: string) =>
        draftCsca(certificateContent(pair.publicKey.encoded, { country, state })).toBeSigned
      await expect(finish('csca-CH', drafted('CH', 'CHE'))).rejects.toMatchObject({ code: 'key.real-state' })
      await expect(finish('csca-CH', drafted('UT', 'UTO'))).rejects.toMatchObject({ code: 'key.real-state' })
      await expect(finish('csca-UT', drafted('CH', 'CHE'))).rejects.toMatchObject({
        code: 'key.foreign-purpose',
      })
      expect(await finish('csca-UT', drafted('UT', 'UTO'))).toHaveLength(1)
    } finally {
      await signing.close()
      await store.close()
      rmSync(folder, { recursive: true })
    }
  }

  test('takes no object for a device that only looks like one', async () => {
    const parts = {
      store: office.store,
      journalPath: join(office.folder, 'other'),
      clock: office.clock,
      random,
    }
    await expect(openLocalSigning({ ...parts, device: { kind: 'files' } })).rejects.toThrow(TypeError)
  })
})

const noToken = noSoftHsm()
describe.skipIf(noToken)(`a token${noToken ? ` (skipped: ${noToken})` : ''}`, () => {
  test('makes no key for a state that exists, and opens for no key whose state somebody wrote over', async () => {
    const hsm = startSoftHsm()
    const folder = mkdtempSync(join(tmpdir(), 'nansen-token-'))
    const store = await testStore()
    const open = async () =>
      openLocalSigning({
        store,
        device: await holdPkcs11Device({ ...hsm, create: true }),
        journalPath: join(folder, 'journal'),
        clock: office.clock,
        random,
      })
    const spec = {
      id: 'csca-1',
      purpose: 'csca',
      algorithm: 'P-256',
      state: 'UT',
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2029-01-01T00:00:00Z'),
      most: 10,
    } as const
    try {
      const signing = await open()
      await expect(signing.makeKey({ ...spec, state: 'CH' })).rejects.toMatchObject({
        code: 'key.real-state',
      })
      expect((await signing.keys()).size).toBe(0)
      expect(await signing.makeKey(spec)).toMatchObject({ state: 'UT' })
      await signing.close()
      const path = join(hsm.limits, 'csca-1.json')
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace('"state": "UT"', '"state": "CH"'))
      await expect(open()).rejects.toMatchObject({ code: 'device.limits-altered' })
      writeFileSync(path, text)
      await (await open()).close()
    } finally {
      await store.close()
      hsm.remove()
      rmSync(folder, { recursive: true })
    }
  })
})
