import { ISO_3166 } from './iso-3166.ts'

/**
 * What a three-letter code stands for: a state or territory; a nationality (or the lack of one) that
 * issues nothing; an organisation that issues documents; a specimen state; the signer of master lists.
 */
export type CodeKind = 'state' | 'nationality' | 'organisation' | 'specimen' | 'list-signature'

export interface CodeEntry {
  readonly kind: CodeKind
  /** The two-letter code, where there is one. */
  readonly code2?: string
  /** `current`, `deprecated` (listed for older documents), or `field`: met in documents but not listed. */
  readonly standing: 'current' | 'deprecated' | 'field'
}

// [9303-3 §5] parts A to H, as it adds to ISO 3166-1. Last, what is met without being in that list.
const BESIDE_ISO: Readonly<Record<string, CodeEntry>> = {
  D: { kind: 'state', code2: 'DE', standing: 'current' },
  RKS: { kind: 'state', code2: 'KS', standing: 'current' },
  GBD: { kind: 'nationality', standing: 'current' },
  GBN: { kind: 'nationality', standing: 'current' },
  GBO: { kind: 'nationality', standing: 'current' },
  GBP: { kind: 'nationality', standing: 'current' },
  GBS: { kind: 'nationality', standing: 'current' },
  EUE: { kind: 'organisation', code2: 'EU', standing: 'current' },
  UNO: { kind: 'organisation', code2: 'UN', standing: 'current' },
  UNA: { kind: 'organisation', code2: 'UN', standing: 'current' },
  UNK: { kind: 'organisation', standing: 'current' },
  XBA: { kind: 'organisation', standing: 'current' },
  XIM: { kind: 'organisation', standing: 'current' },
  XCC: { kind: 'organisation', standing: 'current' },
  XCE: { kind: 'organisation', standing: 'current' },
  XCO: { kind: 'organisation', standing: 'current' },
  XEC: { kind: 'organisation', standing: 'current' },
  XPO: { kind: 'organisation', standing: 'current' },
  XES: { kind: 'organisation', standing: 'current' },
  XMP: { kind: 'organisation', standing: 'current' },
  XOM: { kind: 'organisation', standing: 'current' },
  XDC: { kind: 'organisation', standing: 'current' },
  XXA: { kind: 'nationality', standing: 'current' },
  XXB: { kind: 'nationality', standing: 'current' },
  XXC: { kind: 'nationality', standing: 'current' },
  XXX: { kind: 'nationality', standing: 'current' },
  ANT: { kind: 'state', code2: 'AN', standing: 'deprecated' },
  NTZ: { kind: 'state', code2: 'NT', standing: 'deprecated' },
  UTO: { kind: 'specimen', code2: 'UT', standing: 'current' },
  IAO: { kind: 'list-signature', code2: 'IA', standing: 'current' },
  // Codes that ISO 3166-1 leaves to its users; our specimen states carry them.
  QRR: { kind: 'specimen', code2: 'QR', standing: 'current' },
  QZZ: { kind: 'specimen', code2: 'QZ', standing: 'current' },
  // Kosovo as nationality in residence permits of the European Union.
  XXK: { kind: 'nationality', standing: 'field' },
  // Germany writes D; its ISO code is not for the zone.
  DEU: { kind: 'state', code2: 'DE', standing: 'field' },
}

const CODES: ReadonlyMap<string, CodeEntry> = new Map([
  ...[...ISO_3166].map(([code3, code2]): [string, CodeEntry] => [
    code3,
    { kind: 'state', code2, standing: 'current' },
  ]),
  ...Object.entries(BESIDE_ISO),
])

/** Every code that {@link codeOf} knows, without fillers. */
export const KNOWN_CODES: readonly string[] = [...CODES.keys()]

/**
 * What stands behind the code of an issuer or a nationality, written without fillers (`D`, not `D<<`).
 * @returns undefined for a code that neither [ISO3166-1] nor [9303-3 §5] lists and that is not known from documents
 */
export function codeOf(code: string): CodeEntry | undefined {
  return CODES.get(code)
}

/** Whether a document may name this code as its issuer. [9303-3 §5] */
export function mayIssue(code: string, entry: CodeEntry): boolean {
  // A nationality issues nothing, except that British overseas territories name themselves by theirs.
  return entry.kind !== 'list-signature' && (entry.kind !== 'nationality' || code.startsWith('GB'))
}
