import { tags } from '../../der/index.ts'
import { type Element, Fields, readOnly } from '../../tlv/index.ts'
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../algorithm.ts'
import type { Certificate, Extension } from '../certificate.ts'
import type { Profile } from './profile.ts'
import { placeIn, type Rule, ruleOf, type Severity } from './rule.ts'

/** A certificate with what only lint asks about. */
export interface CertificateView {
  readonly certificate: Certificate
  readonly profile: Profile | undefined
}

export const rule = <const Code extends string>(
  code: Code,
  applies: 'all' | readonly Profile[],
  severity: Severity,
  cites: string,
  check: (it: CertificateView) => number | undefined,
): Rule<CertificateView, Code> => ruleOf(code, applies, severity, cites, check)

/** Where a part of the certificate begins. */
export const placeOf = ({ certificate }: CertificateView, part: Uint8Array): number =>
  placeIn(certificate.encoded, part)

export const placeOfExtension = (it: CertificateView, extension: Extension): number =>
  placeOf(it, extension.value)

/** Parts of TBSCertificate whose form counts, not only their value. */
export interface Anatomy {
  readonly signature: AlgorithmIdentifier
  readonly times: readonly Element[]
  readonly keyAlgorithm: Element
  readonly uniqueIdentifier: Element | undefined
}

/** Places are those in the certificate. [RFC5280 §4.1.2] @throws FormatError where the certificate is not DER */
export function anatomyOf({ certificate }: CertificateView): Anatomy {
  const outer = new Fields(readOnly(certificate.encoded), 'RFC5280 §4.1.1')
  const fields = new Fields(outer.any(), 'RFC5280 §4.1.2')
  fields.optional(tags.contextConstructed(0))
  fields.take(tags.INTEGER)
  const signature = readAlgorithmIdentifier(fields.take(tags.SEQUENCE))
  fields.take(tags.SEQUENCE)
  const validity = new Fields(fields.take(tags.SEQUENCE), 'RFC5280 §4.1.2.5')
  const times = [validity.any(), validity.any()]
  fields.take(tags.SEQUENCE)
  const keyAlgorithm = new Fields(fields.take(tags.SEQUENCE), 'RFC5280 §4.1.2.7').any()
  const uniqueIdentifier =
    fields.optional(tags.contextPrimitive(1)) ?? fields.optional(tags.contextPrimitive(2))
  return { signature, times, keyAlgorithm, uniqueIdentifier }
}

/** UTCTime to the end of 2049, GeneralizedTime later. [RFC5280 §4.1.2.5] */
export function hasRightTimeType(time: Element, date: Date): boolean {
  return date.getUTCFullYear() < 2050 === (time.tag === tags.UTC_TIME)
}

/** The moment so many months later, for limits that a standard gives in months and years. */
export function monthsAfter(date: Date, months: number): Date {
  const later = new Date(date)
  later.setUTCMonth(later.getUTCMonth() + months)
  return later
}
