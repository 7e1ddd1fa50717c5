import { OIDS } from '../oids.ts'
import * as check from './extension-checks.ts'
import { CA, LIST_SIGNERS, TABLE_6 } from './profile.ts'
import { sinceSeventh } from './rule.ts'
import { rule } from './view.ts'

const DS = ['document-signer'] as const

/** What the extensions say. [9303-12 §7.1.1] [9303-12 table 6] */
export const RULES_OF_EXTENSIONS = [
  rule('extensions.default-encoded', 'all', 'error', '9303-12 table 5', check.defaultEncoded),
  rule('extensions.der', 'all', 'error', '9303-12 §7.1', check.extensionDer),
  rule('extensions.value', 'all', 'error', '9303-12 table 6', check.extensionValue),
  rule('extensions.other-critical', TABLE_6, 'error', '9303-12 table 6', check.otherCritical),
  rule('extensions.other', ['seal-signer'], 'error', '9303-12 table 8', check.otherExtension),
  rule('authority-key-identifier.key-identifier', 'all', 'error', '9303-12 table 6', check.namesKeyOfIssuer),
  rule('key-usage.bits', CA, 'error', '9303-12 table 6', (it) =>
    check.usages(it, ['keyCertSign', 'cRLSign']),
  ),
  rule('key-usage.bits', DS, 'error', '9303-12 table 6', (it) => check.usages(it, ['digitalSignature'])),
  rule('key-usage.bits', LIST_SIGNERS, 'error', '9303-12 table 6', (it) =>
    check.usages(it, ['digitalSignature']),
  ),
  rule('key-usage.trailing-bits', 'all', 'error', 'X.690 §11.2.2', check.trailingBits),
  rule('private-key-usage-period.empty', 'all', 'error', '9303-12 table 6', (it) =>
    check.signing(it, check.hasBound),
  ),
  rule('private-key-usage-period.order', 'all', 'error', '9303-12 table 6', (it) =>
    check.signing(it, check.inOrder),
  ),
  rule('private-key-usage-period.outside-validity', 'all', 'warning', '9303-12 §4.1', check.insideValidity),
  rule('private-key-usage-period.length', CA, 'warning', '9303-12 §4.1.4.2', (it) =>
    check.signsAtMost(it, 60),
  ),
  // Three months, and a little more so that signers overlap. [9303-12 table 1]
  rule('private-key-usage-period.length', DS, 'warning', '9303-12 §4.1.1.2', (it) =>
    check.signsAtMost(it, 4),
  ),
  rule('subject-alt-name.directory', TABLE_6, 'error', '9303-12 §7.1.1.2', (it) =>
    check.directory(it, OIDS.subjectAltName),
  ),
  rule('subject-alt-name.contact', TABLE_6, 'warning', '9303-12 §7.1.1.2', (it) =>
    check.contact(it, OIDS.subjectAltName),
  ),
  rule('issuer-alt-name.directory', TABLE_6, 'error', '9303-12 §7.1.1.2', (it) =>
    check.directory(it, OIDS.issuerAltName),
  ),
  rule('issuer-alt-name.contact', TABLE_6, 'warning', '9303-12 §7.1.1.2', (it) =>
    check.contact(it, OIDS.issuerAltName),
  ),
  rule('issuer-alt-name.same', ['csca'], 'error', '9303-12 §7.1.1.2', check.sameAlternativeNames),
  rule('basic-constraints.ca', CA, 'error', '9303-12 table 6', check.isCa),
  sinceSeventh(
    rule('basic-constraints.path-length', ['csca-link'], 'error', '9303-12 table 6', check.pathLength),
  ),
  rule('basic-constraints.path-length', ['csca'], 'error', '9303-12 table 6', check.pathLength),
  rule('extended-key-usage.purpose', LIST_SIGNERS, 'error', '9303-12 §7.1.1.3', check.onePurpose),
  rule('extended-key-usage.purpose', ['seal-signer'], 'error', '9303-12 §7.1.3', check.onePurpose),
  rule('crl-distribution-points.place', TABLE_6, 'error', '9303-12 §7.1.1.4', (it) =>
    check.points(it, check.hasUri),
  ),
  rule('crl-distribution-points.reasons', TABLE_6, 'error', '9303-12 table 6', (it) =>
    check.points(it, check.hasNoReasons),
  ),
  rule('crl-distribution-points.issuer', TABLE_6, 'error', '9303-12 table 6', (it) =>
    check.points(it, check.hasNoIssuer),
  ),
  rule('name-change.missing-in-link', ['csca-link'], 'error', '9303-12 §7.1.1.5', check.renamedWithoutSaying),
  rule('name-change.same-name', ['csca-link'], 'warning', '9303-12 §7.1.1.5', check.saysRenamedWithoutBeing),
  rule('name-change.value', CA, 'error', '9303-12 §7.1.1.5', check.nameChangeIsNull),
  rule('document-type-list.codes', 'all', 'error', '9303-12 §7.1.1.6', check.documentCodes),
  rule('document-type-list.one-set', 'all', 'error', '9303-12 §7.1.1.6', check.oneSet),
] as const
