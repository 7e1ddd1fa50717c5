import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** The server that set-up.ts started; `undefined` where PostgreSQL is not installed. */
export const serverUrl = process.env.NANSEN_TEST_POSTGRESQL

/** For the names of suites. */
export const onPostgresql = serverUrl ? 'on PostgreSQL' : 'on PostgreSQL (skipped: it is not installed)'

/** A database of one test's own. @param template that it begins as; nobody may be connected to that one */
export async function newDatabase(template?: string): Promise<string> {
  const name = `office_${randomBytes(6).toString('hex')}`
  await ask(
    serverUrl!,
    `create database ${name} ${template === undefined ? '' : `template ${nameOf(template)}`}`,
  )
  return urlOf(name)
}

export async function dropDatabase(url: string): Promise<void> {
  await ask(serverUrl!, `drop database if exists ${nameOf(url)} with (force)`)
}

/** One statement, past everything that stands between the office and its database. */
export async function ask(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

function urlOf(name: string): string {
  const url = new URL(serverUrl!)
  url.pathname = `/${name}`
  return url.href
}
