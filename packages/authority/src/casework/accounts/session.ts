import { createHash, hkdfSync } from 'node:crypto'
import { openUnder, sealUnder } from '@nansen/signing'
import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { encodeJson, fromBase64url, parseJson, toBase64url } from '../record/octets.ts'

/*
 * Who is signed in. The browser holds 32 octets by chance; the row is named by a digest of them and sealed under another.
 * Whoever has the database has neither. P7
 */

const TOKEN = 32
const TEN_MINUTES = 600_000
const LONGEST = 12 * 3_600_000
const DOMAIN = Buffer.from('nansen session\0', 'latin1')
/** A session is as long as the next: of a length nobody is to be known. */
const BLOCK = 1024

interface SessionKeys {
  readonly id: Uint8Array
  readonly key: Uint8Array
}

/** What is sealed into a row. */
interface Kept {
  readonly content: object
  /** Without being read it ends after so many. */
  readonly minutes: number
  /** In milliseconds: whoever is signed in for half a day signs in again. */
  readonly until: number
}

/**
 * @param content what is to be remembered, plain JSON
 * @param minutes after which it is over, counted from when it was read last; the end that is written down is the next
 *   full ten minutes (P10)
 * @returns the token, 43 characters: 32 octets in base64url
 */
export async function beginSession(office: CaseOffice, content: object, minutes: number): Promise<string> {
  const token = office.random(TOKEN)
  const keys = keysOf(token)
  const now = office.clock()
  const kept = { content, minutes, until: fullTen(now.getTime() + LONGEST) }
  const row = { id: keys.id, content: seal(keys, kept), ends: endOf(kept, now) }
  await office.store.transaction((tx) => tx.insert('session', [row]))
  // By itself, so that who signs in is in nobody's way.
  await office.store.transaction((tx) => tx.query('delete from session where ends <= $1', [now]))
  return toBase64url(token)
}

/** @returns undefined where it is over, was ended, or was none */
export async function readSession(office: CaseOffice, token: string): Promise<object | undefined> {
  const keys = keysOfText(token)
  if (keys === undefined) return undefined
  const now = office.clock()
  return office.store.transaction(async (tx) => {
    const row = await readRow(tx, keys, now)
    if (row === undefined) return undefined
    const ends = endOf(row.kept, now)
    // Every ten minutes at the most.
    if (ends > row.ends) await tx.query('update session set ends = $2 where id = $1', [keys.id, ends])
    return row.kept.content
  })
}

/** What is to be remembered from now on; of a session that is over, nothing is. */
export async function writeSession(office: CaseOffice, token: string, content: object): Promise<void> {
  const keys = keysOfText(token)
  if (keys === undefined) return
  const now = office.clock()
  await office.store.transaction(async (tx) => {
    const row = await readRow(tx, keys, now)
    if (row === undefined) return
    const sealed = seal(keys, { ...row.kept, content })
    await tx.query('update session set content = $2 where id = $1', [keys.id, sealed])
  })
}

export async function endSession(office: CaseOffice, token: string): Promise<void> {
  const keys = keysOfText(token)
  if (keys === undefined) return
  await office.store.transaction((tx) => tx.query('delete from session where id = $1', [keys.id]))
}

function keysOfText(token: string): SessionKeys | undefined {
  const octets = fromBase64url(token, TOKEN)
  return octets === undefined ? undefined : keysOf(octets)
}

const keysOf = (token: Uint8Array): SessionKeys => ({
  id: new Uint8Array(createHash('sha256').update(DOMAIN).update(token).digest()),
  key: new Uint8Array(hkdfSync('sha256', token, DOMAIN, 'content', 32)),
})

const caseKeyOf = ({ id, key }: SessionKeys) => ({ caseId: id.subarray(0, 16), key })
const placeOf = ({ id }: SessionKeys) => ({ column: 'session.content', row: id })

const seal = (keys: SessionKeys, kept: Kept): Uint8Array =>
  sealUnder(caseKeyOf(keys), placeOf(keys), encodeJson(kept, BLOCK))

/** @throws SigningRefusal sealed.altered */
async function readRow(
  tx: Tx,
  keys: SessionKeys,
  now: Date,
): Promise<{ readonly kept: Kept; readonly ends: Date } | undefined> {
  const [row] = await tx.query<{ content: Uint8Array; ends: Date }>(
    'select content, ends from session where id = $1 and ends > $2',
    [keys.id, now],
  )
  if (row === undefined) return undefined
  const kept = parseJson(openUnder(caseKeyOf(keys), placeOf(keys), row.content)) as Kept
  return { kept, ends: row.ends }
}

const fullTen = (milliseconds: number): number => Math.ceil(milliseconds / TEN_MINUTES) * TEN_MINUTES

const endOf = ({ minutes, until }: Kept, now: Date): Date =>
  new Date(Math.min(fullTen(now.getTime() + minutes * 60_000), until))
