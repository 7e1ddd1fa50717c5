import { hash, timingSafeEqual } from 'node:crypto'

const DOMAIN = Buffer.from('nansen/form\0', 'latin1')
const OCTETS = 16

/** What proves that a form came from a page of ours: a digest of the cookie that no other site can read. */
const proofOf = (secret: string): Buffer =>
  (hash('sha256', Buffer.concat([DOMAIN, Buffer.from(secret)]), 'buffer') as Buffer).subarray(0, OCTETS)

/**
 * A form's token, bound to the cookie of this session or visit.
 *
 * Behind a pad by chance, so that it is another text in each answer: pages are compressed, and what repeats itself there
 * beside something that an attacker chose could be guessed from the length.
 * @param pad 16 octets by chance
 */
export function formToken(secret: string, pad: Uint8Array): string {
  return Buffer.concat([pad, mask(proofOf(secret), pad)]).toString('base64url')
}

/** Whether a token is one for this cookie. */
export function isFormToken(token: string, secret: string): boolean {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 2 * OCTETS) return false
  return timingSafeEqual(mask(bytes.subarray(OCTETS), bytes.subarray(0, OCTETS)), proofOf(secret))
}

const mask = (bytes: Uint8Array, pad: Uint8Array): Buffer =>
  Buffer.from(bytes.map((octet, i) => octet ^ pad[i]!))
