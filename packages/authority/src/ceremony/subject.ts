import { parsePublicKey, type SignatureAlgorithm, type SignerContent } from '@nansen/formats/pki'
import { type KeyAlgorithm, keyIdentifier, type SigningKey, signatureAlgorithmFor } from '@nansen/signing'
import type { IssuingState } from '../office.ts'
import type { CeremonyOffice } from './ceremony-office.ts'
import { certificateEnd, lastSecond } from './periods.ts'
import { CeremonyRefusal } from './refusal.ts'

/** How the ceremony's certificates are made. */
export interface Making {
  readonly algorithm: KeyAlgorithm
  /** `named` departs from the profile, for verifiers that cannot read explicit parameters. [9303-12 §4.1.6] */
  readonly ecParameters: 'explicit' | 'named'
  /** Life of the longest document that is to be signed. */
  readonly documentMonths: number
  /** Signatures that a document signer may make. P5 */
  readonly most: number
  /** Sign with the newest key of the authority although its notice has not run out: the former is lost or not to be trusted. */
  readonly atOnce: boolean
}

/** How signatures by a key are written. @throws CeremonyRefusal algorithm.not-for-documents */
export function signatureAlgorithmOf(algorithm: KeyAlgorithm): SignatureAlgorithm {
  const written = signatureAlgorithmFor(algorithm)
  if (written === undefined) throw new CeremonyRefusal('algorithm.not-for-documents')
  return written
}

/**
 * What a certificate says of its subject, whatever the kind. Its periods follow from those of the key, which the key service
 * holds to: so it comes out the same whenever it is drafted.
 */
export function subjectContent(
  { state, random }: CeremonyOffice,
  key: SigningKey,
  commonName: string,
  making: Pick<Making, 'ecParameters' | 'documentMonths'>,
): Omit<SignerContent, 'signatureAlgorithm'> {
  const { code2, code3, name } = state
  return {
    subject: { country: code2, organization: `${name} (specimen)`, commonName },
    serial: serialNumber(random),
    publicKey: parsePublicKey(key.publicKey),
    keyIdentifier: keyIdentifier(key.publicKey),
    notBefore: key.notBefore,
    notAfter: certificateEnd(key.purpose, key.notBefore, making.documentMonths),
    signingPeriod: { notBefore: key.notBefore, notAfter: lastSecond(key.notAfter) },
    alternativeName: { state: code3, email: `csca@${hostOf(state)}` },
    crlUris: [`https://pki.${hostOf(state)}/${code3}.crl`],
    ecParameters: making.ecParameters,
  }
}

const hostOf = ({ name }: IssuingState): string => `${name.toLowerCase()}.example`

/** 158 random bits: 20 octets, of which the first keeps the number positive and its length. P2 [9303-12 table 5] */
function serialNumber(random: (octets: number) => Uint8Array): Uint8Array {
  const serial = random(20).slice()
  serial[0] = (serial[0]! & 0x3f) | 0x40
  return serial
}
