import { createHash } from 'node:crypto'
import { keyOctets } from './key-checks/fingerprint-of.ts'

/**
 * The identifier under which certificates name a key: SHA-1 of the octets of its BIT STRING. [RFC5280 §4.2.1.2]
 * @param spki SubjectPublicKeyInfo, DER
 * @returns 20 octets
 */
export const keyIdentifier = (spki: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha1').update(keyOctets(spki)).digest())
