import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { UsageError } from '../exit.ts'
import { foldersOf } from './folders.ts'

/** `postgresql://user@host/database`: in the environment, because it may hold a password and arguments are seen by all. */
export const DATABASE = 'NANSEN_DATABASE'
const PASSPHRASE = 'NANSEN_PASSPHRASE'
const PASSPHRASE_FILE = 'NANSEN_PASSPHRASE_FILE'
const PIN = 'NANSEN_PIN'
const PIN_FILE = 'NANSEN_PIN_FILE'

/** @throws UsageError */
export function databaseUrl(environment: NodeJS.ProcessEnv): string {
  const url = environment[DATABASE]
  if (url === undefined || url === '')
    throw new UsageError(`the office is on PostgreSQL: put its address into ${DATABASE}`)
  return url
}

/**
 * The passphrase of key files: from the environment or a file named there; for a specimen office that was given none,
 * one that lies beside the keys and protects nothing.
 * @throws UsageError
 */
export async function passphraseOf(
  office: string,
  environment: NodeJS.ProcessEnv,
  make: boolean,
): Promise<string> {
  const given = await secret(environment, PASSPHRASE, PASSPHRASE_FILE)
  if (given !== undefined) return given
  const { keys, passphrase } = foldersOf(office)
  if (!existsSync(passphrase)) {
    if (!make)
      throw new UsageError(
        `the keys want their passphrase: put it into ${PASSPHRASE}, or a file's path into ${PASSPHRASE_FILE}`,
      )
    await mkdir(keys, { recursive: true, mode: 0o700 })
    await writeFile(passphrase, `${randomBytes(24).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  }
  return (await readFile(passphrase, 'utf8')).trim()
}

/** The PIN of the token. @throws UsageError */
export async function pinOf(environment: NodeJS.ProcessEnv): Promise<string> {
  const pin = await secret(environment, PIN, PIN_FILE)
  if (pin === undefined)
    throw new UsageError(
      `the keys are on a token: put its PIN into ${PIN}, or a file's path into ${PIN_FILE}`,
    )
  return pin
}

async function secret(
  environment: NodeJS.ProcessEnv,
  name: string,
  fileName: string,
): Promise<string | undefined> {
  const value = environment[name]
  if (value !== undefined && value !== '') return value
  const path = environment[fileName]
  if (path === undefined || path === '') return undefined
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '')
  } catch {
    throw new UsageError(`the file that ${fileName} names cannot be read`)
  }
}
