import { createHash } from 'node:crypto'

/** SHA-256. */
export const sha256 = (bytes: Uint8Array | string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest())

/** SHA-256 in groups of four digits that can be read aloud, eight a line, two lines. */
export const fingerprint = (bytes: Uint8Array | string): readonly string[] => groups(sha256(bytes))

/** 32 octets as two lines of eight groups. */
export function groups(digest: Uint8Array): readonly string[] {
  const digits = Buffer.from(digest).toString('hex').match(/.{4}/g)!
  return [digits.slice(0, 8).join(' '), digits.slice(8).join(' ')]
}
