import {
  encodeChipAuthenticationInfo,
  encodeChipAuthenticationPublicKey,
  encodeDg1,
  encodeDg2,
  encodeDg11,
  encodeDg12,
  encodeDg13,
  encodeDg14,
  encodeDg15,
  encodePaceInfo,
  returnRightText,
} from '@nansen/formats/lds'
import { encodePublicKey, parsePublicKey } from '@nansen/formats/pki'
import { type Booklet, returnRightOf, zoneOf } from './booklet.ts'

/** One data group of our booklets; `undefined` where a booklet does without it. */
interface DataGroupRule {
  readonly number: number
  readonly encode: (booklet: Booklet) => Uint8Array | undefined
}

const PORTRAIT = { width: 413, height: 531 }
/** id-PACE-ECDH-GM-AES-CBC-CMAC-128 over the standardised parameters 12, which are P-256. [9303-11 §9.2] */
const PACE = '0.4.0.127.0.7.2.2.4.2.2'
const P256 = 12
/** id-CA-ECDH-AES-CBC-CMAC-128 and id-PK-ECDH. [9303-11 §9.2] */
const CHIP_AUTHENTICATION = '0.4.0.127.0.7.2.2.3.2.2'
const CHIP_KEY = '0.4.0.127.0.7.2.2.1.2'

/**
 * What our chips hold. Fingerprints and irises are not among them, and never the place of birth, an address, a
 * profession or anybody to notify: a chip is read by people whom the holder does not choose.
 */
const DATA_GROUPS: readonly DataGroupRule[] = [
  { number: 1, encode: (booklet) => encodeDg1(zoneOf(booklet).join('')) },
  { number: 2, encode: ({ portrait }) => encodeDg2({ ...PORTRAIT, image: portrait }) },
  {
    number: 11,
    encode: ({ order }) =>
      encodeDg11({ nameOfHolder: [order.familyName, order.givenNames].filter(Boolean).join('  ') }),
  },
  {
    number: 12,
    encode: (booklet) =>
      encodeDg12({
        issuingAuthority: `${booklet.state.name} (specimen)`,
        dateOfIssue: booklet.issued,
        endorsements: returnRightText(returnRightOf(booklet)),
      }),
  },
  { number: 13, encode: (booklet) => encodeDg13({ returnRight: returnRightOf(booklet) }) },
  {
    number: 14,
    encode: ({ chipKeys: { chipAuthentication: key } }) =>
      key &&
      encodeDg14([
        encodePaceInfo(PACE, P256),
        encodeChipAuthenticationInfo(CHIP_AUTHENTICATION, 1),
        encodeChipAuthenticationPublicKey(CHIP_KEY, encodePublicKey(parsePublicKey(key))),
      ]),
  },
  {
    number: 15,
    encode: ({ chipKeys: { activeAuthentication: key } }) =>
      key && encodeDg15(encodePublicKey(parsePublicKey(key))),
  },
]

/** The data groups of a booklet, by number, in order. [9303-10 §4.7] */
export function dataGroupsOf(booklet: Booklet): ReadonlyMap<number, Uint8Array> {
  const groups = new Map<number, Uint8Array>()
  for (const { number, encode } of DATA_GROUPS) {
    const bytes = encode(booklet)
    if (bytes !== undefined) groups.set(number, bytes)
  }
  return groups
}
