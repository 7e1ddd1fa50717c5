import { createHash, verify } from 'node:crypto'
import { importPublicKey } from '../algorithms.ts'
import { fromBase64url } from './base64url.ts'
import type { Assertion, Credential, OfficersRoot } from './officer.ts'

/** Octets; authenticators that say more were asked for more. */
const MOST_CLIENT_DATA = 2048
const MOST_SIGNATURE = 128
/** Hash of the host, flags, count. [WebAuthn §6.1] */
const AUTHENTICATOR_DATA = 37
const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
/** What would stand behind the count: a new credential, extensions. Nothing of the kind is asked for. */
const MORE = 0x40 | 0x80

/**
 * Whether an authenticator answered this challenge, for this host, with this credential, and made sure of its user.
 * [WebAuthn §7.2] The count of signatures is not looked at: passkeys that are kept on several devices have none.
 * @param challenge base64url
 */
export function assertionStands(
  root: Pick<OfficersRoot, 'kind' | 'rpId' | 'origins'>,
  credential: Credential,
  assertion: Assertion,
  challenge: string,
): boolean {
  const clientData = fromBase64url(assertion.clientDataJSON, MOST_CLIENT_DATA)
  const authenticatorData = fromBase64url(assertion.authenticatorData, AUTHENTICATOR_DATA)
  const signature = fromBase64url(assertion.signature, MOST_SIGNATURE)
  if (clientData === undefined || authenticatorData === undefined || signature === undefined) return false
  if (assertion.credentialId !== credential.id) return false
  if (!isAnswerTo(clientData, root, challenge) || !isOfHost(authenticatorData, root.rpId)) return false
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()])
  return verify('sha256', signed, { key: publicKeyOf(credential), dsaEncoding: 'der' }, signature)
}

/** The challenge that an assertion says it answers; `undefined` where it cannot be read. */
export function challengeOf(assertion: Assertion): string | undefined {
  const clientData = fromBase64url(assertion.clientDataJSON, MOST_CLIENT_DATA)
  const { challenge } = (clientData === undefined ? undefined : parsed(clientData)) ?? {}
  return typeof challenge === 'string' ? challenge : undefined
}

interface ClientData {
  readonly type?: unknown
  readonly challenge?: unknown
  readonly origin?: unknown
  readonly crossOrigin?: unknown
  readonly topOrigin?: unknown
}

function parsed(clientData: Uint8Array): ClientData | undefined {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(clientData)) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isAnswerTo(
  clientData: Uint8Array,
  root: Pick<OfficersRoot, 'kind' | 'rpId' | 'origins'>,
  challenge: string,
): boolean {
  const said = parsed(clientData)
  return (
    said !== undefined &&
    said.type === 'webauthn.get' &&
    said.challenge === challenge &&
    said.topOrigin === undefined &&
    (said.crossOrigin === undefined || said.crossOrigin === false) &&
    typeof said.origin === 'string' &&
    isOrigin(said.origin, root)
  )
}

/** One of the list; of a specimen office, which a newcomer starts on whatever port is free, its host on any. */
function isOrigin(
  origin: string,
  { kind, rpId, origins }: Pick<OfficersRoot, 'kind' | 'rpId' | 'origins'>,
): boolean {
  if (origins.includes(origin)) return true
  if (kind !== 'specimen' || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.hostname === rpId && ['http:', 'https:'].includes(url.protocol) && url.origin === origin
}

function isOfHost(data: Uint8Array, rpId: string): boolean {
  if (data.length !== AUTHENTICATOR_DATA) return false
  const flags = data[32]!
  return (
    createHash('sha256').update(rpId, 'utf8').digest().equals(data.subarray(0, 32)) &&
    (flags & USER_PRESENT) !== 0 &&
    (flags & USER_VERIFIED) !== 0 &&
    (flags & MORE) === 0
  )
}

const publicKeyOf = ({ publicKey }: Credential) => importPublicKey(Buffer.from(publicKey, 'base64url'))
