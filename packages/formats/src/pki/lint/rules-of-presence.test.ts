import { describe, expect, test } from 'vitest'
import { unhex } from '../../../../../test/certificate-parts.ts'
import { codesOf, DRAFTS, made, replaced, without } from '../../../../../test/specimen-drafts.ts'
import { write as der } from '../../der/index.ts'
import { OIDS } from '../oids.ts'
import type { Profile } from './profile.ts'
import { RULES_OF_PRESENCE } from './rules-of-presence.ts'

describe('who has which extension', () => {
  const VALUES: Readonly<Record<string, Uint8Array>> = {
    [OIDS.subjectKeyIdentifier]: der.octetString(unhex('0102')),
    [OIDS.basicConstraints]: der.sequence(),
    [OIDS.documentTypeList]: der.sequence(der.integer(0), der.setOf(der.printableString('P'))),
    [OIDS.extKeyUsage]: der.sequence(der.oid('1.3.6.1.5.5.7.3.9')),
    [OIDS.keyUsage]: der.namedBits(0),
    [OIDS.certificatePolicies]: der.sequence(der.sequence(der.oid('1.2.3'))),
  }
  const OF_CODE = new Map(
    Object.entries({
      'authority-key-identifier': OIDS.authorityKeyIdentifier,
      'subject-key-identifier': OIDS.subjectKeyIdentifier,
      'key-usage': OIDS.keyUsage,
      'private-key-usage-period': OIDS.privateKeyUsagePeriod,
      'certificate-policies': OIDS.certificatePolicies,
      'policy-mappings': OIDS.policyMappings,
      'subject-alt-name': OIDS.subjectAltName,
      'issuer-alt-name': OIDS.issuerAltName,
      'subject-directory-attributes': OIDS.subjectDirectoryAttributes,
      'basic-constraints': OIDS.basicConstraints,
      'name-constraints': OIDS.nameConstraints,
      'policy-constraints': OIDS.policyConstraints,
      'extended-key-usage': OIDS.extKeyUsage,
      'crl-distribution-points': OIDS.crlDistributionPoints,
      'inhibit-any-policy': OIDS.inhibitAnyPolicy,
      'freshest-crl': OIDS.freshestCrl,
      'authority-info-access': OIDS.authorityInfoAccess,
      'subject-info-access': OIDS.subjectInfoAccess,
      'name-change': OIDS.nameChange,
      'document-type-list': OIDS.documentTypeList,
      'netscape-cert-type': OIDS.netscapeCertType,
    }),
  )
  const cases = RULES_OF_PRESENCE.flatMap(({ code, applies }) =>
    (applies as readonly Profile[]).map((profile) => [code, profile] as const),
  )

  test.each(cases)('%s is found in %s', (code, profile) => {
    const [name, fault] = code.split('.') as [string, string]
    const oid = OF_CODE.get(name)!
    const draft = DRAFTS[profile]
    const old = draft.extensions.find((one) => one.oid === oid)
    const value = old?.value ?? VALUES[oid] ?? der.sequence()
    const wrongWay = !(oid === OIDS.keyUsage || oid === OIDS.basicConstraints || oid === OIDS.extKeyUsage)
    const broken = fault === 'missing' ? without(draft, oid) : replaced(draft, oid, value, wrongWay)
    expect(codesOf(made(broken), profile)).toContain(code)
    expect(codesOf(made(draft), profile)).not.toContain(code)
  })
})
