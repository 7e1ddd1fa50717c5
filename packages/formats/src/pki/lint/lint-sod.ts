import type { Sod, SodDeviation } from '../../lds/sod.ts'
import { profileOf } from './profile.ts'
import { type LintFinding, rulesAbout, runRules, unless } from './rule.ts'
import * as check from './signed-data-checks.ts'

type Fault = number | undefined

const rule = rulesAbout<Sod>()

/** Every rule for document security objects that reading lets pass. [9303-10 §4.6.2] */
export const SOD_RULES = [
  rule('der', 'error', '9303-10 §4.6.2', (sod) => deviation(sod, 'sod.ber')),
  rule('content-type', 'error', '9303-10 §4.6.2', (sod) => deviation(sod, 'sod.content-type-other')),
  rule('version.v0', 'notice', '9303-10 §4.6.2', (sod) =>
    unless(sod.securityObject.versionInfo !== undefined, 0),
  ),
  rule('hashes.sha1', 'error', '9303-10 §4.6.2', (sod) =>
    unless(sod.securityObject.hashAlgorithm !== 'sha1', 0),
  ),
  rule('crls.forbidden', 'error', '9303-10 §4.6.2', (sod) => unless(!sod.signedData.hasCrls, 0)),
  rule('certificates.several', 'notice', '9303-10 §4.6.2', (sod) => unless(sod.certificates.length === 1, 0)),
  rule('signer.by-key-identifier', 'warning', '9303-10 §4.6.2', (sod) =>
    check.signer(sod, ({ sid }) => sid.by === 'issuer-and-serial'),
  ),
  rule('signer.certificate-missing', 'error', '9303-10 §4.6.2', (sod) =>
    unless(check.signerCertificate(sod) !== undefined, 0),
  ),
  rule('signer.profile', 'error', '9303-12 §7.1', signerProfile),
  rule('signer.attributes-order', 'error', 'RFC5652 §5.4', (sod) =>
    deviation(sod, 'sod.attributes-unsorted'),
  ),
  rule('signer.digest-parameters', 'error', 'RFC5754 §2', check.digestParameters),
  rule('signer.signature-parameters', 'error', 'RFC5754 §3.2', check.signatureParameters),
  rule('signer.digest-not-listed', 'error', 'RFC5652 §5.1', check.digestListed),
  rule('signer.sha1', 'error', '9303-12 §4.1.6.4', check.noSha1),
] as const

export type SodLintCode = (typeof SOD_RULES)[number]['code']

/** Judges a security object that was parsed; its certificate is linted by itself. [9303-10 §4.6.2] */
export const lintSod = (sod: Sod): readonly LintFinding<SodLintCode>[] =>
  runRules<Sod, SodLintCode>(SOD_RULES, sod)

const deviation = (sod: Sod, code: SodDeviation['code']): Fault =>
  sod.deviations.find((one) => one.code === code)?.at

function signerProfile(sod: Sod): Fault {
  const certificate = check.signerCertificate(sod)
  return certificate && unless(profileOf(certificate) === 'document-signer', 0)
}
