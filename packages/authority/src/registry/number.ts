/**
 * The 24 letters and digits that are not taken for one another in print, by ear or by a camera. Left out are B and 8,
 * I and 1, O, Q and 0, S and 5, Z and 2, and 6, which is like G.
 */
export const NUMBER_ALPHABET = 'ACDEFGHJKLMNPRTUVWXY3479'

/** As many as the zone has for a number. [9303-4 §4.2.2] */
export const NUMBER_LENGTH = 9

/** The largest multiple of 24 that an octet reaches: above it the first letters would come more often. */
const FAIR = 240

/** Beyond this the source is broken: an honest one asks a second time once in 2, a hundredth time never. */
const MOST_REQUESTS = 100

/**
 * A number for a paper: nine characters, each by chance alone, so that no number tells of another, of the office, of the
 * day or of the holder. That it was not drawn before is the register's to see; it is no secret. P12
 * @param random octets of a cryptographic generator
 * @throws RangeError for a source that gives too few octets, or nothing that can be used
 */
export function drawNumber(random: (octets: number) => Uint8Array): string {
  let number = ''
  for (let request = 0; request < MOST_REQUESTS; request++) {
    const wanted = NUMBER_LENGTH - number.length
    const octets = random(wanted)
    if (octets.length !== wanted) throw new RangeError('the random source gave another number of octets')
    for (const octet of octets) if (octet < FAIR) number += NUMBER_ALPHABET[octet % NUMBER_ALPHABET.length]
    if (number.length === NUMBER_LENGTH) return number
  }
  throw new RangeError('the random source gives nothing that can be used')
}
