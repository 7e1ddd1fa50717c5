import { createHmac } from 'node:crypto'

/** What can be looked up: in the register, and of accounts and cases. */
export type IndexKind = 'number' | 'reference' | 'order' | 'login' | 'person' | 'act'

const KEY_OCTETS = 32

/**
 * Under what a number, a caller's reference or an order (the hex of its digest) stands in the register: HMAC-SHA-256 with a
 * key that the database does not hold, so that whoever has the database alone can neither read it nor try guesses. The kinds are apart: the same text
 * as a number and as a reference has two indexes. P7, P12
 * @param indexKey 32 octets, of `Signing.indexKey`
 * @returns 32 octets
 * @throws RangeError for a key of another length
 */
export function blindIndex(indexKey: Uint8Array, kind: IndexKind, text: string): Uint8Array {
  if (indexKey.length !== KEY_OCTETS) throw new RangeError('an index key has 32 octets')
  // No kind holds a zero octet, so no two pairs of kind and text give the same message.
  return new Uint8Array(
    createHmac('sha256', indexKey)
      .update(`nansen/index/${kind}\0`, 'utf8')
      .update(NORMAL[kind](text), 'utf8')
      .digest(),
  )
}

/** How people write the same thing: a number in small letters or in groups, a reference composed or decomposed. */
const NORMAL: Readonly<Record<IndexKind, (text: string) => string>> = {
  number: (text) =>
    text
      .normalize('NFKC')
      .replace(/[\s\-<]/gu, '')
      .toUpperCase(),
  reference: (text) => text.normalize('NFC').trim(),
  order: (text) => text,
  login: (text) => text,
  person: (text) => text,
  act: (text) => text,
}
