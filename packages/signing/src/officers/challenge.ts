import { createHash } from 'node:crypto'
import { toBase64url } from './base64url.ts'
import type { DecisionOver } from './officer.ts'

const ORDER = 'nansen/order\0'
const DECISION = 'nansen/decision 1\0'
const ENROLMENT = 'nansen/enrolment 1\0'

/** By which the exact bytes of an order, or of a refusal, are known: SHA-256 of a domain tag and the bytes. P1, P4 */
export const digestOfBytes = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(ORDER, 'latin1').update(bytes).digest())

/** The digests that a decision is over, in order. @throws RangeError for none, or one of another length */
function digestsOver(over: DecisionOver): readonly Uint8Array[] {
  const digests = over.over === 'order' ? [digestOfBytes(over.bytes)] : over.digests
  if (digests.length === 0 || digests.some(({ length }) => length !== 32))
    throw new RangeError('digests: 32 octets')
  return digests
}

/**
 * What an officer's authenticator signs of a decision: SHA-256 of a domain tag, the decision, how many orders, and the
 * digest of each; base64url. One octet changed in one order, and the signature is of something else. P1
 */
export function decisionChallenge(decision: 'approve' | 'refuse', over: DecisionOver): string {
  const digests = digestsOver(over)
  const hash = createHash('sha256').update(`${DECISION}${decision}\0${digests.length}\0`, 'latin1')
  for (const digest of digests) hash.update(digest)
  return hash.digest('base64url')
}

/** What a security officer's authenticator signs of an enrolment: its exact bytes; base64url. */
export const enrolmentChallenge = (record: Uint8Array): string =>
  toBase64url(createHash('sha256').update(ENROLMENT, 'latin1').update(record).digest())
