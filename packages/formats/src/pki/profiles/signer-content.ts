import type { SignatureAlgorithm } from '../algorithm.ts'
import { type Certificate, extensionOf } from '../certificate.ts'
import { demand } from '../demand.ts'
import type { SigningPeriod } from '../draft-extensions.ts'
import { type DraftAlternativeName, type DraftName, encodeAlternativeName } from '../draft-name.ts'
import { subjectKeyIdentifier } from '../extensions.ts'
import { countryOf } from '../name.ts'
import { OIDS } from '../oids.ts'
import type { PublicKey } from '../public-key.ts'

/** What the certificate of every signer says, whatever it signs; periods are the caller's policy. [9303-12 §7.1] */
export interface SignerContent {
  /** Big-endian and positive, at most 20 octets; the issuer never uses one twice. */
  readonly serial: Uint8Array
  readonly subject: DraftName
  readonly publicKey: PublicKey
  /** Computed by the caller, because this room has no hash; usually SHA-1 of the key's octets. */
  readonly keyIdentifier: Uint8Array
  /** The certificate lives as long as the documents that its key signs. [9303-12 table 1] */
  readonly notBefore: Date
  readonly notAfter: Date
  /** When the private key may sign, much shorter. [9303-12 table 1] */
  readonly signingPeriod: SigningPeriod
  readonly alternativeName: DraftAlternativeName
  /** That of the issuer, where its certificate does not say (the sixth edition had none). */
  readonly issuerAlternativeName?: DraftAlternativeName
  readonly crlUris: readonly string[]
  /** Object identifiers. */
  readonly policies?: readonly string[]
  /** That of the issuer's key. */
  readonly signatureAlgorithm: SignatureAlgorithm
  /** `explicit` unless configured otherwise; see `encodePublicKey`. */
  readonly ecParameters?: 'explicit' | 'named'
}

/** The key identifier that an issuer's certificate gives itself. @throws RangeError where it has none */
export function keyIdentifierOf(issuer: Certificate): Uint8Array {
  const keyIdentifier = subjectKeyIdentifier(issuer)
  demand(keyIdentifier !== undefined, 'issuer: its certificate names its key [9303-12 table 6]')
  return keyIdentifier
}

/** The issuer's alternative name as encoded GeneralNames: as its own certificate has it, or as handed in. */
export function alternativeNameOf(
  issuer: Certificate,
  content: Pick<SignerContent, 'issuerAlternativeName'>,
): Uint8Array {
  if (content.issuerAlternativeName !== undefined) return encodeAlternativeName(content.issuerAlternativeName)
  const extension = extensionOf(issuer, OIDS.subjectAltName)
  demand(extension !== undefined, 'issuer: it has an alternative name [9303-12 table 6]')
  return extension.value
}

/** A signer signs for the state of its issuer. [9303-12 table 5] @throws RangeError */
export function demandSameCountry(issuer: Certificate, subject: DraftName): void {
  demand(
    countryOf(issuer.subject) === subject.country,
    'subject: the country of its issuer [9303-12 table 5]',
  )
}
