import { extensionOf } from '../certificate.ts'
import { OIDS } from '../oids.ts'
import type { Profile } from './profile.ts'
import { type Rule, unless } from './rule.ts'
import { type CertificateView, placeOf, placeOfExtension, rule } from './view.ts'

const COLUMNS: readonly (readonly Profile[])[] = [
  ['csca'],
  ['csca-link'],
  ['document-signer'],
  ['master-list-signer', 'deviation-list-signer'],
  ['seal-signer'],
]

/**
 * Who has which extension: `m` must have it, `o` may, `x` must not; then whether it is critical; and `C` where
 * the sixth edition left it to the issuer or forbade it. [9303-12 table 6] [9303-12 table 8]
 */
const TABLE = [
  //                                                        root link signer lists seals
  ['authority-key-identifier', OIDS.authorityKeyIdentifier, 'o m m m m', 'nc'],
  ['subject-key-identifier', OIDS.subjectKeyIdentifier, 'm m o o x', 'nc'],
  ['key-usage', OIDS.keyUsage, 'm m m m x', 'c'],
  ['private-key-usage-period', OIDS.privateKeyUsagePeriod, 'm m m o x', 'nc', 'C'],
  ['certificate-policies', OIDS.certificatePolicies, 'o o o o x', 'nc'],
  ['policy-mappings', OIDS.policyMappings, 'x x x x x', 'nc'],
  ['subject-alt-name', OIDS.subjectAltName, 'm m m m x', 'nc', 'C'],
  ['issuer-alt-name', OIDS.issuerAltName, 'm m m m x', 'nc', 'C'],
  ['subject-directory-attributes', OIDS.subjectDirectoryAttributes, 'x x x x x', 'nc'],
  ['basic-constraints', OIDS.basicConstraints, 'm m x x x', 'c'],
  ['name-constraints', OIDS.nameConstraints, 'x x x x x', 'nc'],
  ['policy-constraints', OIDS.policyConstraints, 'x x x x x', 'nc'],
  ['extended-key-usage', OIDS.extKeyUsage, 'x x x m m', 'c'],
  ['crl-distribution-points', OIDS.crlDistributionPoints, 'm m m m x', 'nc', 'C'],
  ['inhibit-any-policy', OIDS.inhibitAnyPolicy, 'x x x x x', 'nc'],
  ['freshest-crl', OIDS.freshestCrl, 'x x x x x', 'nc'],
  ['authority-info-access', OIDS.authorityInfoAccess, 'o o o o x', 'nc'],
  ['subject-info-access', OIDS.subjectInfoAccess, 'o o o o x', 'nc'],
  ['name-change', OIDS.nameChange, 'o o x x x', 'nc'],
  ['document-type-list', OIDS.documentTypeList, 'x x m x o', 'nc', 'C'],
  ['netscape-cert-type', OIDS.netscapeCertType, 'x x x x x', 'nc'],
] as const

type Row = (typeof TABLE)[number]
export type PresenceCode = `${Row[0]}.${'missing' | 'forbidden' | 'criticality'}`

/** Up to three rules a row: there where it must be, not where it must not, critical as it must be. */
export const RULES_OF_PRESENCE: readonly Rule<CertificateView, PresenceCode>[] = TABLE.flatMap(rulesOfRow)

function rulesOfRow([name, oid, presence, criticality, earlier]: Row): Rule<CertificateView, PresenceCode>[] {
  const who = (letters: string): readonly Profile[] =>
    COLUMNS.flatMap((column, i) => (letters.includes(presence[2 * i]!) ? column : []))
  const at = (it: CertificateView): number | undefined => {
    const extension = extensionOf(it.certificate, oid)
    return extension && placeOfExtension(it, extension)
  }
  const missing = rule(`${name}.missing`, who('m'), 'error', '9303-12 table 6', (it) =>
    unless(at(it) !== undefined, placeOf(it, it.certificate.publicKey.encoded)),
  )
  const forbidden = rule(`${name}.forbidden`, who('x'), 'error', '9303-12 table 6', at)
  const wrong = rule(`${name}.criticality`, who('mo'), 'error', '9303-12 table 6', (it) =>
    extensionOf(it.certificate, oid)?.critical === (criticality !== 'c') ? at(it) : undefined,
  )
  const rules: Rule<CertificateView, PresenceCode>[] = [
    earlier === 'C' ? { ...missing, earlierProfile: true } : missing,
    forbidden,
    wrong,
  ]
  return rules.filter(({ applies }) => applies.length > 0)
}

/** Extensions that the table names. */
export const IN_TABLE: ReadonlySet<string> = new Set(TABLE.map(([, oid]) => oid))
