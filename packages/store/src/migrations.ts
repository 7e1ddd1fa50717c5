import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { StoreError } from './errors.ts'
import { identifier } from './insert.ts'
import type { OpenStore } from './open-unchecked.ts'
import { isNotAllowed, isUniqueViolation, SqlError } from './sql-error.ts'
import type { Tx } from './store.ts'
import type { ScriptTx } from './transaction.ts'

/** One step of the schema: a file `0001-name.sql`. */
export interface Migration {
  readonly number: number
  readonly name: string
  /** SHA-256 of the file. */
  readonly digest: Uint8Array
  readonly sql: string
}

/** The steps that this version knows, in order. The folder stands beside `src` and beside `dist`. */
export function migrationsOf(folder = new URL('../migrations/', import.meta.url)): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  return files.sort().map((file, i) => {
    const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
    if (Number(digits) !== i + 1) throw new Error('migrations are numbered 0001, 0002, … without a gap')
    const bytes = readFileSync(new URL(file, folder))
    const digest = new Uint8Array(createHash('sha256').update(bytes).digest())
    return { number: i + 1, name: name!, digest, sql: bytes.toString('utf8') }
  })
}

/**
 * Holds a store to the steps that this version knows.
 * @throws StoreError store.migration-missing, store.migration-later, store.migration-changed
 */
export async function checkMigrations(store: OpenStore, known = migrationsOf()): Promise<void> {
  if ((await missing(store, known)).length > 0) throw new StoreError('store.migration-missing')
}

/**
 * Takes the steps that are missing, each in a transaction of its own together with its line in the table, so that none
 * is ever half done.
 * @returns those that this call took: another may have taken some at the same time
 * @throws StoreError store.migration-later, store.migration-changed; store.not-owner where there are steps to take
 */
export async function applyMigrations(
  store: OpenStore,
  schema: string,
  known = migrationsOf(),
): Promise<readonly Migration[]> {
  const waiting = await missing(store, known)
  if (waiting.length === 0) return []
  try {
    return await applyAll(store, schema, known, waiting)
  } catch (error) {
    throw isNotAllowed(error) ? new StoreError('store.not-owner', { cause: error }) : error
  }
}

async function applyAll(
  store: OpenStore,
  schema: string,
  known: readonly Migration[],
  waiting: readonly Migration[],
): Promise<readonly Migration[]> {
  await unlessThere(store, (tx) => prepare(tx, schema), isThereAlready)
  const done: Migration[] = []
  for (const migration of waiting) {
    const taken = await unlessThere(store, (tx) => take(tx, migration), isTakenAlready)
    if (taken) done.push(migration)
  }
  await checkMigrations(store, known)
  return done
}

async function missing(store: OpenStore, known: readonly Migration[]): Promise<readonly Migration[]> {
  const applied = await store.transaction(appliedMigrations)
  for (const [i, { number, name, digest }] of applied.entries()) {
    const same = known[i]
    if (same === undefined) throw new StoreError('store.migration-later')
    if (number !== same.number || name !== same.name || Buffer.compare(digest, same.digest) !== 0)
      throw new StoreError('store.migration-changed')
  }
  return known.slice(applied.length)
}

async function appliedMigrations(tx: Tx): Promise<readonly Omit<Migration, 'sql'>[]> {
  const [table] = await tx.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`)
  if (!table!.there) return []
  return tx.query<Omit<Migration, 'sql'>>('select number, name, digest from migration order by number')
}

async function prepare(tx: ScriptTx, schema: string): Promise<void> {
  const name = identifier(schema)
  // Asked, since an owner who was given an empty schema need not be one who may make others.
  const [place] = await tx.query<{ there: boolean }>('select to_regnamespace($1) is not null as there', [
    name,
  ])
  if (!place!.there) await tx.script(`create schema if not exists ${name}`)
  await tx.script(`create table if not exists migration (
      number integer not null primary key,
      name   text    not null,
      digest bytea   not null
    )`)
}

/** Its line first: of two that migrate at once the later waits there, fails on the key, and has done nothing. */
async function take(tx: ScriptTx, { number, name, digest, sql }: Migration): Promise<void> {
  await tx.insert('migration', [{ number, name, digest }])
  await tx.script(sql)
}

/** `false` where another, at the same moment, was first. */
async function unlessThere(
  store: OpenStore,
  work: (tx: ScriptTx) => Promise<void>,
  there: (error: unknown) => boolean,
): Promise<boolean> {
  try {
    await store.transaction(work)
    return true
  } catch (error) {
    if (there(error)) return false
    throw error
  }
}

function isTakenAlready(error: unknown): boolean {
  return isUniqueViolation(error, 'migration_pkey')
}

/** `if not exists` looks, and then creates; another may come between, and it then fails on a key of the catalogue. */
function isThereAlready(error: unknown): boolean {
  return isUniqueViolation(error) || (error instanceof SqlError && ['42P06', '42P07'].includes(error.state))
}
