import { createCipheriv, createDecipheriv } from 'node:crypto'
import { freshOctets } from './fresh-octets.ts'
import { type CaseKey, SigningRefusal } from './signing.ts'

/** Where sealed octets stand. They open there and nowhere else. P7 */
export interface SealedPlace {
  /** Table and column: `paper.content`. */
  readonly column: string
  /** What names the row, and whatever else of it must not change. */
  readonly row: Uint8Array
}

const NONCE = 12
const TAG = 16
const DOMAIN = Buffer.from('nansen sealed 1\0', 'latin1')

/**
 * Octets under the key of a case, bound to case, column and row: AES-256-GCM, a random nonce in front, the tag behind;
 * 28 octets longer than `bytes`. A nonce used twice would give the key of authentication away.
 */
export function sealUnder(caseKey: CaseKey, place: SealedPlace, bytes: Uint8Array): Uint8Array {
  const nonce = freshOctets(NONCE)
  const cipher = createCipheriv('aes-256-gcm', caseKey.key, nonce)
  cipher.setAAD(associated(caseKey.caseId, place))
  const sealed = new Uint8Array(NONCE + bytes.length + TAG)
  sealed.set(nonce)
  sealed.set(cipher.update(bytes), NONCE)
  cipher.final()
  sealed.set(cipher.getAuthTag(), NONCE + bytes.length)
  return sealed
}

/** @throws SigningRefusal sealed.altered: changed, or sealed under another key or for another place */
export function openUnder(caseKey: CaseKey, place: SealedPlace, sealed: Uint8Array): Uint8Array {
  if (sealed.length < NONCE + TAG) throw new SigningRefusal('sealed.altered')
  const decipher = createDecipheriv('aes-256-gcm', caseKey.key, sealed.subarray(0, NONCE))
  decipher.setAAD(associated(caseKey.caseId, place))
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    const bytes = decipher.update(sealed.subarray(NONCE, -TAG))
    decipher.final()
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  } catch (error) {
    throw new SigningRefusal('sealed.altered', { cause: error })
  }
}

/** Each part with its length, so that no two places give the same octets. */
function associated(caseId: Uint8Array, { column, row }: SealedPlace): Buffer {
  const parts = [caseId, Buffer.from(column, 'utf8'), row]
  const octets = Buffer.allocUnsafe(parts.reduce((sum, { length }) => sum + 4 + length, DOMAIN.length))
  octets.set(DOMAIN)
  let at = DOMAIN.length
  for (const part of parts) {
    at = octets.writeUInt32BE(part.length, at)
    octets.set(part, at)
    at += part.length
  }
  return octets
}
