import { readable } from '@nansen/formats'
import {
  authorityKeyIdentifier,
  type Certificate,
  extensionOf,
  OIDS,
  type PublicKey,
  sameName,
} from '@nansen/formats/pki'
import type { Finding } from '../finding.ts'
import type { Purpose } from './purpose.ts'

/** What a certificate must have besides a right signature and purpose, and the rule that says so. */
interface Demand {
  readonly cites: string
  readonly met: (certificate: Certificate) => boolean
}

/**
 * A key that nobody can work out: whoever factors a shorter one signs in its state's name. The shortest in two real
 * lists and in all documents at hand are RSA with 2,048 bits and P-256. P6 [9303-12 §4.1.6]
 */
const KEY_LENGTH: Demand = { cites: '9303-12 §4.1.6', met: ({ publicKey }) => isLong(publicKey) }

/** Octets of a field element: curves of 224 bits are the shortest that the profile allows. */
const SHORTEST_CURVE = 28
const isLong = (key: PublicKey): boolean =>
  key.kind === 'rsa' ? key.bits >= 2048 : key.kind !== 'ec' || key.curve.size >= SHORTEST_CURVE

/**
 * Of whoever was issued a certificate. No signer of a genuine document or list at hand lacks any of these.
 * A serial number below zero is not among them: authorities that give them are in real lists. [RFC5280 §4.1.2.2]
 */
const OF_SIGNER: readonly Demand[] = [
  KEY_LENGTH,
  { cites: 'RFC5280 §4.1.2.4', met: ({ issuer }) => issuer.parts.length > 0 },
  { cites: 'RFC5280 §4.1.2.2', met: ({ serial }) => serial.some((octet) => octet !== 0) },
  { cites: 'RFC5280 §4.2.1.1', met: namesItsIssuersKey },
  { cites: '9303-12 table 6', met: isUnconstrained },
]

/**
 * Of a trusted certificate. Five of one real list fall short, and each has a twin in it with the same key that
 * does not; so nothing is lost, and the twin is taken. A version 1 certificate has no place to say any of it.
 */
const OF_ANCHOR: readonly Demand[] = [
  KEY_LENGTH,
  {
    cites: 'RFC5280 §4.2.1.2',
    met: (anchor) => extensionOf(anchor, OIDS.subjectKeyIdentifier) !== undefined,
  },
  {
    cites: 'RFC5280 §4.2.1.9',
    met: (anchor) => extensionOf(anchor, OIDS.basicConstraints)?.critical === true,
  },
  {
    cites: 'RFC5280 §4.2.1.1',
    met: (anchor) => sameName(anchor.subject, anchor.issuer) || namesItsIssuersKey(anchor),
  },
  { cites: '9303-12 table 6', met: isUnconstrained },
]

/**
 * Where a signer's certificate departs from the profile in a way that none of a genuine document is known to.
 * That proves no forgery, so it only leaves the answer open. Links have been met without the key identifier.
 * [9303-12 §7.1]
 */
export function departureOfSigner(signer: Certificate, { role }: Purpose): Finding | undefined {
  return role === 'authority' ? undefined : firstUnmet(OF_SIGNER, signer, 'signer certificate')
}

/** As {@link departureOfSigner}, of a trusted certificate. [9303-12 §7.1] */
export function departureOfAnchor(anchor: Certificate): Finding | undefined {
  return firstUnmet(anchor.version === 3 ? OF_ANCHOR : [KEY_LENGTH], anchor, 'anchor')
}

function firstUnmet(
  demands: readonly Demand[],
  certificate: Certificate,
  where: string,
): Finding | undefined {
  const unmet = demands.find(({ met }) => !met(certificate))
  return unmet && { code: 'chain.profile', where, cites: unmet.cites }
}

const CONSTRAINTS = [OIDS.nameConstraints, OIDS.policyConstraints, OIDS.policyMappings, OIDS.inhibitAnyPolicy]

/** Whether it is free of limits that nobody here carries out; the profile has none of them. */
function isUnconstrained(certificate: Certificate): boolean {
  return CONSTRAINTS.every((oid) => extensionOf(certificate, oid) === undefined)
}

function namesItsIssuersKey(certificate: Certificate): boolean {
  return readable(() => authorityKeyIdentifier(certificate)) !== undefined
}
