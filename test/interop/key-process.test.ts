import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Store } from '@nansen/store'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { importPublicKey, signatureStands } from '../../packages/signing/src/algorithms.ts'
import {
  type CeremonySigning,
  openRemoteSigning,
  readKeyJournal,
  type SigningKey,
} from '../../packages/signing/src/index.ts'
import { build, recordMany, type SetUp, setUp } from '../key-process/set-up.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { random } from '../signing-office.ts'
import { noSoftHsm, type SoftHsm, startSoftHsm } from '../softhsm.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const OFFICE = fileURLToPath(new URL('../key-process/office-process.mjs', import.meta.url))

const PLACES = [
  { name: 'files', missing: undefined },
  { name: 'a token', missing: noSoftHsm() },
] as const

const why = havePostgresql ? '' : ' (skipped: PostgreSQL is not installed)'

describe.skipIf(!havePostgresql)(`the key process over PostgreSQL${why}`, () => {
  let server: TestServer
  beforeAll(async () => {
    build()
    server = (await startPostgresql())!
  })
  afterAll(() => server?.stop())

  for (const { name, missing } of PLACES)
    describe.skipIf(missing)(`with keys in ${name}${missing ? ` (skipped: ${missing})` : ''}`, () => {
      let hsm: SoftHsm | undefined
      let place: SetUp
      let store: Store
      let signing: CeremonySigning
      let key: SigningKey

      const begin = async (more: { dieAt?: string; timeout?: number } = {}) => {
        hsm = name === 'files' ? undefined : startSoftHsm()
        place = await setUp({ url: server.url, hsm, ...more })
        store = await place.store()
        const { timeout = 20_000 } = more
        signing = await openRemoteSigning({ connect: place.connect(), random, timeout })
        key = await signing.makeKey(place.key)
      }
      afterEach(async () => {
        await signing.close()
        await store.close()
        place.remove()
        hsm?.remove()
      })

      /** What must hold after whatever happened. */
      const expectWhole = async (bytes: readonly Uint8Array[], signatures: readonly Uint8Array[]) => {
        const publicKey = importPublicKey(key.publicKey)
        expect(signatures.length).toBe(bytes.length)
        for (const [n, signature] of signatures.entries())
          expect(signatureStands(publicKey, 'P-256', bytes[n]!, signature)).toBe(true)
        const recorded = new Set(bytes.map(digestOf))
        const journal = readKeyJournal(place.journal)
        expect(journal.length).toBeGreaterThanOrEqual(bytes.length)
        for (const { digest } of journal) expect(recorded.has(digest)).toBe(true)
        const stored = await store.transaction((tx) =>
          tx.query<{ value: Uint8Array }>('select value from signature'),
        )
        expect(new Set(stored.map(({ value }) => hex(value)))).toEqual(new Set(signatures.map(hex)))
      }

      test('what is recorded here is signed there, and the first signature stays', async () => {
        await begin()
        const { bytes, intents } = await recordMany(store, signing, key.id, 60)
        const signatures = await signing.finish(intents)
        expect(await signing.finish([...intents].reverse())).toEqual([...signatures].reverse())
        await expectWhole(bytes, signatures)
        expect(await signing.keys()).toEqual(new Map([[key.id, key]]))
        await expect(signing.openCases(intents)).rejects.toMatchObject({ code: 'case.closed' })
        expect((await signing.indexKey()).length).toBe(32)
      })

      test('refusals cross the wire as what they are', async () => {
        await begin()
        await expect(signing.finish([random(16)])).rejects.toMatchObject({ code: 'intent.unknown' })
        const { intents } = await recordMany(store, signing, key.id, 1)
        await store.transaction((tx) => signing.void(tx, intents[0]!, 'never-finishes'))
        await expect(signing.finish(intents)).rejects.toMatchObject({ code: 'intent.voided' })
        for (const state of ['CH', 'UTO'])
          await expect(signing.makeKey({ ...place.key, id: 'real', state })).rejects.toMatchObject({
            code: 'key.real-state',
          })
      })

      test('what is not committed yet is not signed', async () => {
        await begin()
        await store.transaction(async (tx) => {
          const [intent] = await signing.record(tx, [
            { key: key.id, toBeSigned: random(10), decision: random(32), once: random(32) },
          ])
          await expect(signing.finish([intent!])).rejects.toMatchObject({ code: 'intent.unknown' })
        })
        expect(readKeyJournal(place.journal)).toEqual([])
      })

      test.each(['key.read', 'key.signed', 'key.journalled', 'key.stored'])(
        'killed after %s it is an outage; asked again, each is signed once and nothing is signed that is not recorded',
        async (dieAt) => {
          await begin({ dieAt })
          const { bytes, intents } = await recordMany(store, signing, key.id, 40)
          await expect(signing.finish(intents)).rejects.toMatchObject({ name: 'SigningOutage' })
          expect(existsSync(place.diedMark)).toBe(true)
          await expectWhole(bytes, await signing.finish(intents))
        },
      )

      test('killed at any time it is an outage, and asked again it ends the same', async () => {
        await begin()
        const all = { bytes: [] as Uint8Array[], signatures: [] as Uint8Array[] }
        let outages = 0
        for (let round = 0; round < 6; round++) {
          const { bytes, intents } = await recordMany(store, signing, key.id, 100)
          const finishing = signing.finish(intents).catch((error) => error)
          await pause(Math.random() * 60)
          for (const pid of keyProcesses(place)) process.kill(pid, 'SIGKILL')
          const first = await finishing
          if (first instanceof Error) {
            expect(first.name).toBe('SigningOutage')
            outages++
          }
          // The kill may fall after the answer, and then into the next question.
          const signatures = await signing.finish(intents).catch(() => signing.finish(intents))
          if (!(first instanceof Error)) expect(signatures).toEqual(first)
          all.bytes.push(...bytes)
          all.signatures.push(...signatures)
        }
        expect(outages).toBeGreaterThan(0)
        await expectWhole(all.bytes, all.signatures)
      })

      test('hung, it is an outage in time; awake again, it goes on', async () => {
        await begin({ timeout: 6000 })
        const { bytes, intents } = await recordMany(store, signing, key.id, 20)
        const pids = keyProcesses(place)
        for (const pid of pids) process.kill(pid, 'SIGSTOP')
        const begun = performance.now()
        await expect(signing.finish(intents)).rejects.toMatchObject({
          name: 'SigningOutage',
          message: 'key process: no answer in time',
        })
        expect(performance.now() - begun).toBeLessThan(9000)
        for (const pid of pids) process.kill(pid, 'SIGCONT')
        await expectWhole(bytes, await signing.finish(intents))
        expect(keyProcesses(place)).toEqual(pids)
      })

      test('hung for good, it is replaced', async () => {
        await begin({ timeout: 6000 })
        const { bytes, intents } = await recordMany(store, signing, key.id, 20)
        const pids = keyProcesses(place)
        for (const pid of pids) process.kill(pid, 'SIGSTOP')
        for (let i = 0; i < 2; i++)
          await expect(signing.finish(intents)).rejects.toMatchObject({ name: 'SigningOutage' })
        await expectWhole(bytes, await signing.finish(intents))
        expect(keyProcesses(place)).not.toEqual(pids)
      })

      test('a wrong secret is told as such', async () => {
        await begin()
        await signing.close()
        writeFileSync(place.secretFile, 'another')
        const opening = openRemoteSigning({ connect: place.connect(), random })
        await expect(opening).rejects.toMatchObject({ code: 'passphrase.wrong' })
      })

      test('a second key process on the same keys is refused', async () => {
        await begin()
        const second = openRemoteSigning({ connect: place.connect(), random })
        await expect(second).rejects.toMatchObject({ code: 'journal.in-use' })
      })

      test('when the office ends, so does the key process', async () => {
        await begin()
        expect(keyProcesses(place).length).toBe(1)
        await signing.close()
        expect(keyProcesses(place)).toEqual([])
      })

      test('when the office is killed, the key process ends by itself', async () => {
        await begin()
        await signing.close()
        const office = spawn(process.execPath, [OFFICE, place.file, '10', '10'], { stdio: 'pipe' })
        await once(office.stdout, 'data')
        expect(keyProcesses(place).length).toBe(1)
        office.kill('SIGKILL')
        await expect.poll(() => keyProcesses(place), { timeout: 10_000 }).toEqual([])
      })
    })
})

/** Key processes of this place that run. */
function keyProcesses(place: SetUp): readonly number[] {
  return readdirSync('/proc').flatMap((entry) => {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'latin1')
      const [state] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const list = readFileSync(`/proc/${entry}/cmdline`, 'latin1').split('\0')
      const ours = list.some((each) => each.endsWith('key-process.mjs')) && list.includes(place.file)
      return ours && state !== 'Z' ? [Number(entry)] : []
    } catch {
      return []
    }
  })
}
