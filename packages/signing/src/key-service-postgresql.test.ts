import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { havePostgresql, startPostgresql, type TestServer } from '../../../test/postgresql.ts'
import { random, request, type SigningOffice, signingOffice } from '../../../test/signing-office.ts'
import { openStore } from '../../store/src/index.ts'
import { readKeyJournal } from './key-journal.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe.skipIf(!havePostgresql)(
  `a key service with a connection of its own${havePostgresql ? '' : ' (skipped: PostgreSQL is not installed)'}`,
  () => {
    let server: TestServer
    let office: SigningOffice
    beforeAll(async () => {
      server = (await startPostgresql())!
      const schema = `test_${randomBytes(6).toString('hex')}`
      const open = () => openStore({ kind: 'postgresql', url: server.url, schema, random, migrate: true })
      office = await signingOffice({ stores: [await open(), await open()] })
      await office.makeKey()
    }, 120_000)
    afterAll(async () => {
      await office.close()
      await server.stop()
    })

    test('signs nothing whose transaction is not committed yet, however it is asked', async () => {
      const asked = request()
      let id: Uint8Array | undefined
      await office.store.transaction(async (tx) => {
        ;[id] = await office.signing.record(tx, [asked])
        await expect(office.signing.finish([id!])).rejects.toThrow('intent.unknown')
        expect(readKeyJournal(office.journalPath)).toEqual([])
      })
      expect((await office.signing.finish([id!])).length).toBe(1)
    })

    test('gives all who ask at once the signature that was stored first', async () => {
      const ids = await office.record(...Array.from({ length: 20 }, () => request()))
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => office.signing.finish([...ids.slice(i), ...ids.slice(0, i)])),
      )
      const [first] = answers
      for (const [i, answer] of answers.entries())
        expect([...answer.slice(ids.length - i), ...answer.slice(0, ids.length - i)].map(hex)).toEqual(
          first!.map(hex),
        )
      const stored = await office.sql('select value from signature where intent_id = any($1::bytea[])', [ids])
      expect(stored.map(({ value }) => hex(value as Uint8Array)).sort()).toEqual(first!.map(hex).sort())
    })

    test('never leaves a paper that is voided meanwhile with a signature to give out', async () => {
      const ids = await office.record(...Array.from({ length: 30 }, () => request()))
      await Promise.all(
        ids.flatMap((id) => [
          office.signing.finish([id]).catch((error: Error) => expect(error.message).toBe('intent.voided')),
          office.store.transaction((tx) => office.signing.void(tx, id, 'never-finishes')),
        ]),
      )
      for (const id of ids) await expect(office.signing.finish([id])).rejects.toThrow('intent.voided')
    })

    test('records an act once, though it is asked for many times at once', async () => {
      const asked = request()
      const ids = await Promise.all(Array.from({ length: 6 }, () => office.record(asked)))
      expect(new Set(ids.map(([id]) => hex(id!))).size).toBe(1)
    })
  },
)
