import { codeOf, mayIssue } from './codes.ts'

/** The country names under which the certificates of one issuer may stand, and why where it is not plain. */
export interface IssuerCountries {
  /** Two upper-case letters each; empty where the issuer has no two-letter code. */
  readonly countries: readonly string[]
  readonly reason?: string
}

const NO_CODE =
  'the organisation has no two-letter code; its certificates name it in the subject alternative name'
const BRITISH = 'a class of British nationality; the United Kingdom issues'

const EXCEPTIONS: Readonly<Record<string, IssuerCountries>> = {
  D: { countries: ['DE'], reason: 'Germany is one letter in the zone' },
  DEU: { countries: ['DE'], reason: 'the ISO code of Germany, which the zone should write as one letter' },
  RKS: { countries: ['KS'], reason: 'in use although ISO 3166-1 does not list it' },
  EUE: { countries: ['EU'], reason: 'laissez-passer of the European Union; a code reserved by ISO 3166-1' },
  UNO: { countries: ['UN'], reason: 'laissez-passer of the United Nations' },
  UNA: { countries: ['UN'], reason: 'specialised agencies share the authority of the United Nations' },
  UNK: { countries: ['UN'], reason: 'issued by the United Nations mission in Kosovo' },
  GBD: { countries: ['GB'], reason: BRITISH },
  GBN: { countries: ['GB'], reason: BRITISH },
  GBO: { countries: ['GB'], reason: BRITISH },
  GBP: { countries: ['GB'], reason: BRITISH },
  GBS: { countries: ['GB'], reason: BRITISH },
  HKG: { countries: ['CN', 'HK'], reason: 'issued under the authority of China' },
  MAC: { countries: ['CN', 'MO'], reason: 'issued under the authority of China' },
  UTO: { countries: ['UT'], reason: 'specimen' },
  QRR: { countries: ['QR'], reason: 'specimen' },
  QZZ: { countries: ['QZ'], reason: 'specimen' },
}

/**
 * The two-letter codes that countryName may hold in the certificates behind a document, by the issuer
 * in its machine readable zone, written without fillers. Without this bond any country in a master list could sign
 * documents of every other. [9303-3 §5], [9303-12 §7.1.1]
 * @returns undefined for a code that issues no documents or is unknown
 */
export function countryOfIssuer(code3: string): IssuerCountries | undefined {
  const exception = Object.hasOwn(EXCEPTIONS, code3) ? EXCEPTIONS[code3] : undefined
  if (exception !== undefined) return exception
  const entry = codeOf(code3)
  if (entry === undefined || !mayIssue(code3, entry)) return undefined
  return entry.code2 === undefined ? { countries: [], reason: NO_CODE } : { countries: [entry.code2] }
}
