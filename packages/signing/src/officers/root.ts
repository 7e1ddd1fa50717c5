import { existsSync, readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { writeDurably } from '../durable-file.ts'
import { sha256 } from '../ledger.ts'
import { SigningRefusal } from '../signing.ts'
import { specimenCode } from '../states.ts'
import type { OfficersRoot } from './officer.ts'
import { isOfficer } from './officer-problems.ts'

const MOST_OPENINGS = 1000

/**
 * What the first ceremony of an office pins beside the keys: who its first security officers are, and for which host
 * signatures are made. Everything that is believed about officers follows from this file. P1
 */
export interface PinnedRoot {
  readonly root: OfficersRoot
  /** SHA-256 of the file: the first record of the chain names it. */
  readonly digest: Uint8Array
}

/** @returns undefined where there is none @throws SigningRefusal officers.root for one that is not as it must be */
export function readOfficersRoot(path: string): PinnedRoot | undefined {
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  let root: OfficersRoot
  try {
    root = JSON.parse(bytes.toString('utf8')) as OfficersRoot
  } catch {
    throw new SigningRefusal('officers.root')
  }
  demandRoot(root)
  return { root, digest: sha256(bytes) }
}

/** Written once; a root that is there is never replaced. @throws SigningRefusal officers.root */
export function writeOfficersRoot(path: string, root: OfficersRoot): void {
  demandRoot(root)
  if (existsSync(path)) throw new SigningRefusal('officers.root')
  writeDurably(path, Buffer.from(`${canonicalize(root)}\n`, 'utf8'))
}

function demandRoot(root: OfficersRoot): void {
  const { version, kind, state, rpId, origins, dailyOpenings, securityOfficers: officers } = root ?? {}
  const whole =
    version === 1 &&
    (kind === 'specimen' || kind === 'real') &&
    typeof state === 'string' &&
    // Keys in files approve nothing of a state that exists.
    (kind === 'real' || specimenCode(state) !== undefined) &&
    typeof rpId === 'string' &&
    rpId !== '' &&
    Array.isArray(origins) &&
    origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin) &&
    Number.isSafeInteger(dailyOpenings) &&
    dailyOpenings > 0 &&
    dailyOpenings <= MOST_OPENINGS &&
    Array.isArray(officers) &&
    officers.length >= 2 &&
    officers.every((officer) => isOfficer(officer, kind) && officer.roles.includes('security')) &&
    new Set(officers.map(({ id }) => id)).size === officers.length &&
    new Set(officers.map(({ credential }) => credential.publicKey)).size === officers.length
  if (!whole) throw new SigningRefusal('officers.root')
}
