import { importPublicKey } from '../algorithms.ts'
import { fromBase64url } from './base64url.ts'
import type { Allowance, Officer, OfficerRole, OfficersRoot } from './officer.ts'

const ROLES: readonly OfficerRole[] = ['intake', 'decision', 'production', 'security', 'audit']

/**
 * Whether it is an officer as the chain can have them: known roles, `security` and `audit` with no other, a key of P-256,
 * and a key in a file under a specimen root alone.
 */
export function isOfficer(officer: Officer, kind: OfficersRoot['kind']): boolean {
  const { id, label, roles, credential } = officer ?? {}
  return (
    hasOnly(officer, ['id', 'label', 'roles', 'credential']) &&
    typeof id === 'string' &&
    /^[0-9a-f]{32}$/.test(id) &&
    typeof label === 'string' &&
    /^[\p{L}\p{N}][\p{L}\p{N} .'-]{0,59}$/u.test(label) &&
    Array.isArray(roles) &&
    roles.length > 0 &&
    new Set(roles).size === roles.length &&
    roles.every((role) => ROLES.includes(role)) &&
    (roles.length === 1 || opensCases(officer)) &&
    hasOnly(credential, ['kind', 'id', 'publicKey']) &&
    (credential.kind === 'passkey' || (credential.kind === 'specimen-file' && kind === 'specimen')) &&
    (fromBase64url(credential.id, 1023)?.length ?? 0) > 0 &&
    isP256(fromBase64url(credential.publicKey, 200))
  )
}

/** More in a day is not work on cases but a copy of them. */
export const MOST_OPENINGS = 1000

/** Whether an officer works on cases at all: security and audit open none, and watch over those who do. P8 */
export const opensCases = ({ roles }: Pick<Officer, 'roles'>): boolean =>
  !roles.some((role) => role === 'security' || role === 'audit')

/** Whether it is an allowance as the chain can have it. */
export const isAllowance = ({ day, openings }: Allowance): boolean =>
  typeof day === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  Number.isSafeInteger(openings) &&
  openings >= 1 &&
  openings <= MOST_OPENINGS

const hasOnly = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).every((name) => names.includes(name))

function isP256(spki: Uint8Array | undefined): boolean {
  if (spki === undefined) return false
  try {
    const key = importPublicKey(spki)
    // The one way to write it: another text for the same key would be another officer.
    return (
      key.asymmetricKeyDetails?.namedCurve === 'prime256v1' &&
      key.export({ format: 'der', type: 'spki' }).equals(spki)
    )
  } catch {
    return false
  }
}
