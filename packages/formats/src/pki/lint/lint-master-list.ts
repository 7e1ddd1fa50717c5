import { checkDer } from '../../der/index.ts'
import { readable } from '../../readable.ts'
import { parseCertificate } from '../certificate.ts'
import type { MasterList } from '../master-list.ts'
import { sameName } from '../name.ts'
import { keyOf } from '../provenance.ts'
import { CA, profileOf } from './profile.ts'
import { faultOf, type LintFinding, placeIn, rulesAbout, runRules, unless } from './rule.ts'
import * as check from './signed-data-checks.ts'

type Fault = number | undefined

const rule = rulesAbout<MasterList>()

/** Every rule for master lists; those for the certificates in them are `CERTIFICATE_RULES`. [9303-12 §9] */
export const MASTER_LIST_RULES = [
  rule('der', 'error', '9303-12 §9', ({ encoded }) => faultOf(() => checkDer(encoded))),
  rule('content.der', 'error', '9303-12 §9', contentDer),
  rule('crls.forbidden', 'error', '9303-12 table 18', ({ signedData }) => unless(!signedData.hasCrls, 0)),
  rule('signer.missing', 'error', '9303-12 table 18', ({ signedData }) =>
    unless(signedData.signers.length > 0, 0),
  ),
  rule('signer.several', 'warning', '9303-12 table 18', ({ signedData }) =>
    unless(signedData.signers.length < 2, 0),
  ),
  rule('signer.by-issuer-and-serial', 'warning', '9303-12 table 18', (list) =>
    check.signer(list, ({ sid }) => sid.by === 'key-identifier'),
  ),
  rule('signer.certificate-missing', 'error', '9303-12 table 18', (list) =>
    unless(check.signerCertificate(list) !== undefined, 0),
  ),
  rule('signer.profile', 'error', '9303-12 §5.3', signerProfile),
  rule('signer.issuer-missing', 'warning', '9303-12 table 18', signerIssuer),
  rule('signer.attributes-missing', 'error', '9303-12 table 18', (list) =>
    check.signer(list, ({ signedAttributes }) => signedAttributes !== undefined),
  ),
  rule('signer.attributes-order', 'error', 'RFC5652 §5.4', (list) =>
    check.signer(list, ({ signedAttributes }) => signedAttributes?.inOrder !== false),
  ),
  rule('signer.signing-time', 'error', '9303-12 table 18', (list) =>
    check.signer(
      list,
      ({ signedAttributes }) => signedAttributes === undefined || signedAttributes.signingTime !== undefined,
    ),
  ),
  rule('signer.digest-parameters', 'error', '9303-12 table 18', check.digestParameters),
  rule('signer.signature-parameters', 'error', '9303-12 table 18', check.signatureParameters),
  rule('signer.digest-not-listed', 'error', 'RFC5652 §5.1', check.digestListed),
  rule('signer.sha1', 'error', '9303-12 §4.1.6.4', check.noSha1),
  rule('certificates.unreadable', 'error', '9303-12 §9.2', unreadable),
  rule('certificates.twice', 'error', '9303-12 §9.2', twice),
  rule('certificates.other-kind', 'error', '9303-12 §5.3', otherKind),
] as const

export type MasterListLintCode = (typeof MASTER_LIST_RULES)[number]['code']

/** Judges a master list as a message; whether its signature verifies is for whoever trusts it. [9303-12 §9] */
export const lintMasterList = (list: MasterList): readonly LintFinding<MasterListLintCode>[] =>
  runRules<MasterList, MasterListLintCode>(MASTER_LIST_RULES, list)

/** Elements of 20,000 certificates of a hundred each. */
const MOST_ELEMENTS = 2_000_000

function contentDer(list: MasterList): Fault {
  const { content } = list.signedData
  const at = faultOf(() => checkDer(content, MOST_ELEMENTS))
  return at === undefined ? undefined : placeIn(list.encoded, content) + at
}

/** A CSCA never signs a list itself, and who signs one is certified for that. */
function signerProfile(list: MasterList): Fault {
  const certificate = check.signerCertificate(list)
  if (certificate === undefined) return undefined
  return unless(profileOf(certificate) === 'master-list-signer', placeIn(list.encoded, certificate.encoded))
}

function signerIssuer(list: MasterList): Fault {
  const certificate = check.signerCertificate(list)
  if (certificate === undefined) return undefined
  const inside = check.readAll(list.signedData.certificates)
  const found = inside.some(
    ({ subject, encoded }) => encoded !== certificate.encoded && sameName(subject, certificate.issuer),
  )
  return unless(found, placeIn(list.encoded, certificate.encoded))
}

function unreadable(list: MasterList): Fault {
  const bad = list.certificates.find((one) => readable(() => parseCertificate(one)) === undefined)
  return bad && placeIn(list.encoded, bad)
}

function twice(list: MasterList): Fault {
  const seen = new Set<string>()
  for (const one of list.certificates) {
    const key = keyOf(one)
    if (seen.has(key)) return placeIn(list.encoded, one)
    seen.add(key)
  }
  return undefined
}

function otherKind(list: MasterList): Fault {
  const other = check.readAll(list.certificates).find((certificate) => {
    const profile = profileOf(certificate)
    return profile === undefined || !CA.includes(profile)
  })
  return other && placeIn(list.encoded, other.encoded)
}
