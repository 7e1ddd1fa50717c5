import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { machineSpelling } from '../../packages/authority/src/casework/accounts/machine-spelling.ts'
import { SEED_PEOPLE } from '../../packages/nansen/src/specimen/seed-people.ts'
import { openStore } from '../../packages/store/src/index.ts'
import type { Canaries, Sighting } from '../canary.ts'
import { runPostgresqlTool, type TestServer } from '../postgresql.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql, SCHEMA } from './office-database.ts'
import { canariesOf, WRITINGS } from './seeded-canaries.ts'
import { type ServingOffice, serveOffice } from './serving.ts'

/*
 * A backup of the database is a copy that lies elsewhere, and for longer: what whoever finds one reads in it. P7
 */

describe.skipIf(!havePostgresql)(`a thief of a backup, ${onPostgresql}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'nansen-backup-'))
  let server: TestServer
  let office: ServingOffice
  let canaries: Canaries
  beforeAll(async () => {
    const { server: started, options } = await officeOnPostgresql()
    server = started
    office = await serveOffice({ ...options, cases: true })
    canaries = canariesOf(office)
  }, 300_000)
  afterAll(async () => {
    await office?.remove()
    await server?.stop()
    rmSync(folder, { recursive: true })
  })

  /** Each kind of dump as text; what is compressed in it, as it is restored. */
  function dumps(): Readonly<Record<string, Buffer>> {
    const dump = (name: string, ...how: readonly string[]): string => {
      const path = join(folder, name)
      runPostgresqlTool('pg_dump', [...how, '-f', path, server.url])
      return path
    }
    const custom = dump('backup.dump', '-Fc')
    return {
      plain: readFileSync(dump('backup.sql', '-Fp')),
      inserts: readFileSync(dump('inserts.sql', '-Fp', '--inserts')),
      custom: readFileSync(custom),
      restored: runPostgresqlTool('pg_restore', ['-f', '-', custom]),
    }
  }
  const sightingsIn = (all: Readonly<Record<string, Buffer>>): readonly Sighting[] =>
    Object.entries(all).flatMap(([where, bytes]) => canaries.find(where, bytes))

  test('finds no name, story, letter, note or passphrase, while the office is at work', () => {
    expect(canaries.size).toBeGreaterThan(500)
    const all = dumps()
    // What was searched is a backup of cases, and not of nothing.
    for (const name of ['plain', 'inserts', 'restored'])
      for (const table of ['case_part', 'letter', 'event', 'paper', 'case_match'])
        expect(rowsIn(all[name]!, table)).toBeGreaterThan(0)
    expect(all.custom!.subarray(0, 5).toString('latin1')).toBe('PGDMP')
    expect(sightingsIn(all)).toEqual([])
  })

  test('nor in the files of the database, with what it writes ahead', async () => {
    expect(canaries.findBelow(server.dataFolder)).toEqual([])
  })

  test('a leak that is planted in a row is found, however it is written there', async () => {
    const { familyName, givenNames, nameLanguage } = SEED_PEOPLE.mother
    const spelled = machineSpelling(familyName, givenNames, nameLanguage).familyName
    const planted: readonly Planted[] = [
      {
        what: 'a name',
        written: 'UTF-16LE in hex',
        sql: 'update case_part set bytes = $1 where id = (select id from case_part limit 1) returning id',
        value: utf16(familyName.toUpperCase()),
      },
      {
        what: 'a name',
        written: 'UTF-8',
        sql: `insert into blank (number, state) values ($1, 'stock') returning number`,
        value: spelled,
      },
      {
        what: 'a note',
        written: 'UTF-8 in base64',
        sql: `update event set body = $1 where seq = 0 and stream like 'case/%' returning seq`,
        value: Buffer.from(`x${WRITINGS['a note']}`).toString('base64'),
      },
      // Long and of one kind, so that the server compresses it, and a search of its files sees nothing.
      {
        what: 'a story',
        written: 'UTF-8 in hex',
        sql: 'update letter set bytes = $1 where id = (select id from letter limit 1) returning id',
        value: new Uint8Array(Buffer.from(WRITINGS['a story'].repeat(500))),
      },
    ]
    // As the database's owner.
    const store = await openStore({
      kind: 'postgresql',
      url: server.url,
      schema: SCHEMA,
      random: () => new Uint8Array(2),
    })
    for (const { sql, value } of planted)
      expect((await store.transaction((tx) => tx.query(sql, [value]))).length).toBeGreaterThan(0)
    await store.close()
    const sightings = sightingsIn(dumps())
    for (const { what, written } of planted) {
      const found = sightings.filter((one) => one.what === what && one.written === written)
      expect({ what, written, where: found.map(({ where }) => where) }).toEqual({
        what,
        written,
        where: ['plain', 'inserts', 'restored'],
      })
    }
  })
})

interface Planted extends Pick<Sighting, 'what' | 'written'> {
  readonly sql: string
  readonly value: string | Uint8Array
}

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'))

/** Of a dump in either notation. */
function rowsIn(dump: Buffer, table: string): number {
  const text = dump.toString('utf8')
  const copied = text.split(`COPY ${SCHEMA}.${table} (`)[1]?.split('\n\\.')[0]?.split('\n').length
  return (copied ?? 1) - 1 + text.split(`INSERT INTO ${SCHEMA}.${table} VALUES`).length - 1
}
