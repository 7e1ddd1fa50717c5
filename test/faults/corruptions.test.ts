import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { migrationsOf } from '../../packages/store/src/migrations.ts'
import { havePostgresql, startPostgresql, type TestServer } from '../postgresql.ts'
import { corruptions, type StoredOffice } from './corruptions/index.ts'

const named = havePostgresql ? 'on PostgreSQL' : '(skipped: no PostgreSQL on this machine)'

// The shape of an office's data and no more: none of its hashes and signatures hold. That the checker reports each
// corruption of a real office is tested where the checker is; here, that each one changes what is stored.
const SHAPE = `
  insert into case_key select sha256(convert_to('case ' || n, 'UTF8')), '\\x00' from generate_series(1, 2) n;
  insert into signing_key select id, id, 'P-256', 'UT', convert_to(id, 'UTF8'), null, now(), now(), 9
    from unnest(array['csca', 'document-signer', 'log']) id;
  insert into intent select sha256(convert_to(k || n, 'UTF8')), k, k,
      case when k = 'document-signer' then sha256(convert_to('case ' || n, 'UTF8')) end,
      '\\x0102', sha256(convert_to('d' || k || n, 'UTF8')), '\\x00', sha256(convert_to('o' || k || n, 'UTF8'))
    from unnest(array['csca', 'document-signer', 'log']) k, generate_series(1, 2) n;
  insert into signature select id, id from intent;
  insert into trust_object select id, 'csca', id, '\\x01', now() from intent where purpose = 'csca';
  insert into paper select id, case_id, digest, 'booklet', digest, digest, id, digest, once, 'released'
    from intent where purpose = 'document-signer';
  insert into event select 'paper/' || p, s, 'k', now(), '{"order":"' || repeat('ab', 16) || '"}', '\\x00',
      sha256(convert_to(p || '/' || s, 'UTF8'))
    from generate_series(1, 2) p, generate_series(0, 1) s;
  insert into log_entry select sha256(hash), hash, stream, seq, row_number() over (order by stream) - 1
    from event where seq = 1;
  insert into log_head values (1, 2, '\\x0000');`

describe.skipIf(!havePostgresql)(`Planted corruptions ${named}`, () => {
  let client: Client
  let folder: string
  let schema: string
  let office: StoredOffice

  let server: TestServer
  beforeAll(async () => {
    server = (await startPostgresql())!
    client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('set synchronous_commit = off')
  })
  afterAll(async () => {
    await client?.end()
    // Nothing of it is needed any more, least of all its last checkpoint.
    await server?.kill()
    await server?.stop()
  })

  beforeEach(async () => {
    schema = `office_${randomBytes(6).toString('hex')}`
    await client.query(
      `create schema ${schema}; set search_path = ${schema}; set client_min_messages = error`,
    )
    for (const { sql } of migrationsOf()) await client.query(sql)
    folder = mkdtempSync(join(tmpdir(), 'nansen-corruptions-'))
    office = {
      query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
      keyJournal: join(folder, 'journal'),
      log: join(folder, 'log'),
      checkpoints: join(folder, 'checkpoints'),
    }
  })
  afterEach(async () => {
    rmSync(folder, { recursive: true })
    await client.query(`drop schema ${schema} cascade`)
  })

  async function furnish(): Promise<void> {
    await client.query(SHAPE)
    for (const path of ['log/tile/0', 'log/tile/entries', 'checkpoints'])
      mkdirSync(join(folder, path), { recursive: true })
    const note = (size: number) => `utopia.example\n${size}\nAAAA\n\n\u2014 utopia.example AAAAAAAAAAAAAAAA\n`
    const line = (number: number) =>
      JSON.stringify({ number, key: 'csca', intent: '0', digest: '0', signature: '0', previous: '0' })
    const files = {
      journal: [0, 1, 2, 3].map((n) => `${line(n)}\n`).join(''),
      'log/tile/0/000': 'hashes',
      'log/tile/entries/000': 'entries',
      'log/checkpoint': note(2),
      'checkpoints/000000000001': note(1),
      'checkpoints/000000000002': note(2),
    }
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  }

  /** Everything stored, by where it stands. */
  async function stored(): Promise<Readonly<Record<string, string>>> {
    const all: Record<string, string> = {}
    const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    const { rows } = await client.query('select tablename as name from pg_tables where schemaname = $1', [
      schema,
    ])
    for (const { name } of rows) {
      const table = await client.query(`select t::text as row from ${name} t order by 1`)
      all[name] = digest(JSON.stringify(table.rows))
    }
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name)
        all[path.slice(folder.length)] = digest(readFileSync(path))
      }
    return all
  }

  test('there are twenty at least, each with a name of its own', () => {
    expect(corruptions.length).toBeGreaterThanOrEqual(20)
    expect(new Set(corruptions.map(({ name }) => name)).size).toBe(corruptions.length)
  })

  test.each(corruptions.map(({ name, plant }) => ({ name, plant })))('$name', async ({ plant }) => {
    await furnish()
    const before = await stored()
    await plant(office)
    expect(await stored()).not.toEqual(before)
  })

  test('in an empty office nothing can be planted', async () => {
    for (const { plant } of corruptions)
      await expect(plant(office)).rejects.toThrow(/nothing to corrupt|ENOENT/)
  })
})
