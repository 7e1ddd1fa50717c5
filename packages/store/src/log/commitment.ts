import { sha256 } from './hash.ts'
import { concat, utf8 } from './octets.ts'

/** Octets of a salt. */
export const SALT = 32

/** Keeps a commitment from being taken for the hash of anything else. */
const TAG = utf8('nansen log commitment v1\n')

/**
 * A leaf of the log: it tells nobody anything, and whoever is given the salt and the event can see that it stands
 * there. Without the salt an event that can be guessed could be looked for (P19).
 * @param salt 32 random octets
 * @param eventHash the event's place in the chain of its stream
 */
export function commitmentTo(eventHash: Uint8Array, salt: Uint8Array): Uint8Array {
  if (salt.length !== SALT) throw new RangeError('a salt has 32 octets')
  return sha256(concat(TAG, salt, eventHash))
}
