import { FormatError } from '@nansen/formats'
import { type PublicKey, parsePublicKey } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import type { SigningRefusalCode } from '../signing.ts'
import { curveBits, type EcKey, isOnCurve, isSmallMultiple, isUncompressed } from './ec-checks.ts'
import { decodePoint, hasPrimeOrder } from './ed25519-checks.ts'
import { ED25519, fingerprintOfKey, keyOctets } from './fingerprint-of.ts'
import { toInteger } from './integers.ts'
import { KNOWN_COMPROMISED } from './known-compromised.ts'
import { hasRocaFingerprint } from './roca.ts'
import { exponentFits, hasCloseFactors, hasSmallFactor, isPower, isPrime } from './rsa-checks.ts'

type KeyCode = Extract<SigningRefusalCode, 'key.weak' | 'key.not-on-curve' | 'key.known-compromised'>

export interface CheckOptions {
  /** Bits of an RSA modulus at the least: 3,072 for keys of ours, the default; 2,048 for those of chips and wallets. */
  readonly leastRsaBits?: number
  /** Fingerprints (SHA-256, lower-case hexadecimal, of {@link fingerprintOf}) of further keys that are not secret. */
  readonly compromised?: ReadonlySet<string>
}

/** One thing that a key must not be. */
export interface KeyCheck {
  readonly name: string
  readonly code: KeyCode
  /** What it rests on. */
  readonly source: string
  /** Whether the key is refused; it has passed the checks above in the table. */
  readonly refuses: (key: PublicKey, options: CheckOptions) => boolean
}

type RsaKey = Extract<PublicKey, { kind: 'rsa' }>

const ofEc =
  (refuses: (key: EcKey) => boolean) =>
  (key: PublicKey): boolean =>
    key.kind === 'ec' && refuses(key)

const ofRsa =
  (refuses: (modulus: bigint, key: RsaKey, options: CheckOptions) => boolean) =>
  (key: PublicKey, options: CheckOptions): boolean =>
    key.kind === 'rsa' && refuses(toInteger(key.modulus), key, options)

const isEd25519 = (key: PublicKey): boolean => key.kind === 'unknown' && key.oid === ED25519
const ofEd25519 =
  (refuses: (octets: Uint8Array) => boolean) =>
  (key: PublicKey): boolean =>
    isEd25519(key) && refuses(keyOctets(key.encoded))

/**
 * In this order: what is cheap first, and the curve before anything is computed on it. That n·P is infinity is not
 * computed for EC keys: every curve of the list has the cofactor 1, so each of its points but infinity, which has no
 * uncompressed form, has the order n. [SEC1 §3.2.2]
 */
export const KEY_CHECKS: readonly KeyCheck[] = [
  {
    name: 'algorithm',
    code: 'key.weak',
    source: '9303-12 §4.1.6',
    refuses: (key) => key.kind === 'dsa' || (key.kind === 'unknown' && !isEd25519(key)),
  },
  {
    name: 'ec.uncompressed',
    code: 'key.not-on-curve',
    source: '9303-12 §4.1.6.3',
    refuses: ofEc((key) => !isUncompressed(key)),
  },
  {
    name: 'ec.on-curve',
    code: 'key.not-on-curve',
    source: 'SEC1 §3.2.2',
    refuses: ofEc((key) => !isOnCurve(key)),
  },
  {
    name: 'ed25519.point',
    code: 'key.not-on-curve',
    source: 'RFC8032 §5.1.3',
    refuses: ofEd25519((octets) => decodePoint(octets) === undefined),
  },
  {
    name: 'known-compromised',
    code: 'key.known-compromised',
    source: 'published private keys',
    refuses: (key, { compromised }) => {
      const fingerprint = hex(fingerprintOfKey(key))
      return KNOWN_COMPROMISED.has(fingerprint) || compromised?.has(fingerprint) === true
    },
  },
  {
    name: 'ec.size',
    code: 'key.weak',
    source: '9303-12 §4.1.6.3',
    refuses: ofEc(({ curve }) => curveBits(curve) < 256),
  },
  {
    name: 'ec.small-multiple',
    code: 'key.weak',
    source: 'broken random numbers',
    refuses: ofEc(isSmallMultiple),
  },
  {
    name: 'ed25519.order',
    code: 'key.weak',
    source: 'RFC8032 §5.1',
    refuses: ofEd25519((octets) => !hasPrimeOrder(decodePoint(octets)!)),
  },
  {
    name: 'rsa.size',
    code: 'key.weak',
    source: '9303-12 §4.1.6',
    refuses: ofRsa((_, { bits }, { leastRsaBits = 3072 }) => bits < leastRsaBits),
  },
  {
    name: 'rsa.exponent',
    code: 'key.weak',
    source: 'FIPS186-5 §A.1.1',
    refuses: ofRsa((_, { exponent }) => !exponentFits(toInteger(exponent))),
  },
  { name: 'rsa.roca', code: 'key.weak', source: 'CVE-2017-15361', refuses: ofRsa(hasRocaFingerprint) },
  {
    name: 'rsa.small-factor',
    code: 'key.weak',
    source: 'faults of generators',
    refuses: ofRsa(hasSmallFactor),
  },
  { name: 'rsa.close-factors', code: 'key.weak', source: 'CVE-2022-26320', refuses: ofRsa(hasCloseFactors) },
  { name: 'rsa.power', code: 'key.weak', source: 'RFC8017 §3.1', refuses: ofRsa(isPower) },
  { name: 'rsa.prime', code: 'key.weak', source: 'RFC8017 §3.1', refuses: ofRsa(isPrime) },
]

/**
 * Whether a public key is refused at the door. P6
 * @param spki SubjectPublicKeyInfo, DER
 * @returns the reason, or `undefined` for a key with which nothing is wrong
 */
export function checkPublicKey(spki: Uint8Array, options: CheckOptions = {}): KeyCode | undefined {
  return failedKeyCheck(spki, options)?.code
}

/** As {@link checkPublicKey}, with the name of the check, for an operator's screen; `encoding`: it cannot be read. */
export function failedKeyCheck(
  spki: Uint8Array,
  options: CheckOptions = {},
): { readonly name: string; readonly code: KeyCode } | undefined {
  const key = parsed(spki)
  if (!('kind' in key)) return key
  const failed = KEY_CHECKS.find(({ refuses }) => refuses(key, options))
  return failed && { name: failed.name, code: failed.code }
}

function parsed(spki: Uint8Array): PublicKey | { readonly name: 'encoding'; readonly code: KeyCode } {
  try {
    return parsePublicKey(spki)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { name: 'encoding', code: error.code === 'pki.key-point' ? 'key.not-on-curve' : 'key.weak' }
  }
}
