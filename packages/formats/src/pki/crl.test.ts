import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  attribute,
  ecdsaSha256,
  extension,
  refusal,
  someName,
  unhex,
} from '../../../../test/certificate-parts.ts'
import {
  haveReferenceData,
  referenceData,
  referenceFolder,
  withReferenceData,
} from '../../../../test/reference-data.ts'
import { write as der } from '../der/index.ts'
import { concat, encodeElement, hex, readOnly } from '../tlv/index.ts'
import { parseCertificate } from './certificate.ts'
import {
  crlNumber,
  isRevoked,
  MAX_CRL,
  MAX_CRL_ENTRIES,
  parseCrl,
  revocationOf,
  revocationsOf,
} from './crl.ts'
import { crlCovers } from './crl-covers.ts'
import { authorityKeyIdentifier } from './extensions.ts'
import { readName } from './name.ts'
import { OIDS } from './oids.ts'

const none = new Uint8Array(0)
const date = new Date('2026-03-01T00:00:00Z')
const serial = (content: string): Uint8Array => encodeElement(0x02, unhex(content))
const entry = (content: string, ...more: Uint8Array[]) =>
  der.sequence(serial(content), der.time(date), ...more)
const reason = (code: number) => extension(OIDS.reasonCode, encodeElement(0x0a, Uint8Array.of(code)))

type Part = 'version' | 'signature' | 'issuer' | 'thisUpdate' | 'nextUpdate' | 'entries' | 'extensions'
function crlWith(parts: Partial<Record<Part, Uint8Array>> = {}): Uint8Array {
  const tbs = der.sequence(
    parts.version ?? der.integer(1),
    parts.signature ?? ecdsaSha256,
    parts.issuer ?? someName,
    parts.thisUpdate ?? der.time(date),
    parts.nextUpdate ?? der.time(new Date('2026-05-01T00:00:00Z')),
    parts.entries ?? none,
    parts.extensions ?? der.context(0, der.sequence(extension(OIDS.crlNumber, der.integer(64)))),
  )
  return der.sequence(tbs, ecdsaSha256, der.bitString(unhex('0102')))
}

describe('a revocation list', () => {
  test('is read as a view on its bytes', () => {
    const bytes = crlWith({ entries: der.sequence(entry('05'), entry('00ff', der.sequence(reason(1)))) })
    const crl = parseCrl(bytes)
    expect(crl).toMatchObject({ version: 2, entryCount: 2, thisUpdate: date, unusable: [] })
    expect(crl.encoded).toBe(bytes)
    expect(crl.toBeSigned.buffer).toBe(bytes.buffer)
    expect(crlNumber(crl)).toEqual(unhex('40'))
    expect(revocationsOf(crl)).toEqual([
      { serialHex: '05', date, reason: undefined },
      { serialHex: '00ff', date, reason: 1 },
    ])
  })

  test('with an empty list of entries, which should have been left out, revokes nothing', () => {
    const crl = parseCrl(crlWith({ entries: der.sequence() }))
    expect([crl.entryCount, isRevoked(crl, Uint8Array.of(5))]).toEqual([0, false])
  })

  test('without entries revokes nothing', () => {
    const crl = parseCrl(crlWith())
    expect(crl.entryCount).toBe(0)
    expect(isRevoked(crl, unhex('05'))).toBe(false)
    expect(revocationsOf(crl)).toEqual([])
  })

  test('knows serial numbers by all their octets, the sign among them', () => {
    const crl = parseCrl(
      crlWith({ entries: der.sequence(entry('00ff'), entry('7f'), entry('ff'), entry('00')) }),
    )
    for (const revoked of ['00ff', '7f', 'ff', '00']) expect(isRevoked(crl, unhex(revoked))).toBe(true)
    for (const other of ['007f', '00', 'ff00', '0f', 'ffff'].filter((one) => one !== '00'))
      expect(isRevoked(crl, unhex(other))).toBe(false)
    expect(revocationOf(crl, unhex('7f'))).toEqual({ serialHex: '7f', date, reason: undefined })
    expect(revocationOf(crl, unhex('7e'))).toBeUndefined()
  })

  test('may lack a next update, and in version 1 extensions', () => {
    expect(parseCrl(crlWith({ nextUpdate: none })).nextUpdate).toBeUndefined()
    expect(parseCrl(crlWith({ version: none, extensions: none })).version).toBe(1)
    expect(crlNumber(parseCrl(crlWith({ version: none, extensions: none })))).toBeUndefined()
  })

  test('revokes the same in a copy of what was read', () => {
    const copy = { ...parseCrl(crlWith({ entries: der.sequence(entry('05')) })) }
    expect(isRevoked(copy, unhex('05'))).toBe(true)
  })

  test('of two hundred thousand entries is read in a second, and of one more refused', () => {
    const one = entry('0500000000')
    const entries = new Uint8Array((MAX_CRL_ENTRIES + 1) * one.length)
    for (let i = 0; i <= MAX_CRL_ENTRIES; i++) {
      entries.set(one, i * one.length)
      new DataView(entries.buffer).setUint32(i * one.length + 5, i)
    }
    const start = performance.now()
    const most = parseCrl(crlWith({ entries: der.sequence(entries.subarray(one.length)) }))
    expect(isRevoked(most, unhex('0500030d40'))).toBe(true)
    expect(isRevoked(most, unhex('0500000000'))).toBe(false)
    expect(performance.now() - start).toBeLessThan(2000)
    expect(most.entryCount).toBe(MAX_CRL_ENTRIES)
    expect(refusal(() => parseCrl(crlWith({ entries: der.sequence(entries) })))).toBe('tlv.too-many')
  })
})

describe('a list that this reader does not fully understand says so', () => {
  const critical = der.boolean(true)
  const inList = (...list: Uint8Array[]) => ({ extensions: der.context(0, der.sequence(...list)) })
  const inEntry = (...list: Uint8Array[]) => ({ entries: der.sequence(entry('05', der.sequence(...list))) })

  test.each([
    [
      'a critical extension nobody here knows',
      inList(extension('1.2.3', none, critical)),
      'crl.critical-extension',
    ],
    ['a delta list', inList(extension(OIDS.deltaCrlIndicator, der.integer(1), critical)), 'crl.delta'],
    ['a delta list that hides it', inList(extension(OIDS.deltaCrlIndicator, der.integer(1))), 'crl.delta'],
    [
      'a part of the certificates',
      inList(extension(OIDS.issuingDistributionPoint, der.sequence(), critical)),
      'crl.partitioned',
    ],
    [
      'a critical extension in an entry',
      inEntry(extension('1.2.3', none, critical)),
      'crl.entry-critical-extension',
    ],
    [
      'certificates of another issuer',
      inEntry(extension(OIDS.certificateIssuer, der.sequence(), critical)),
      'crl.indirect',
    ],
  ])('%s', (_, parts, code) => {
    expect(parseCrl(crlWith(parts)).unusable.map((limit) => limit.code)).toEqual([code])
  })

  test('once for each kind, however many entries have it', () => {
    const odd = entry('05', der.sequence(extension('1.2.3', none, critical)))
    const crl = parseCrl(crlWith({ entries: der.sequence(odd, odd, odd) }))
    expect(crl.unusable).toHaveLength(1)
    expect(crl.unusable[0]!.at).toBeGreaterThan(0)
  })

  test('and not for extensions that are not critical', () => {
    expect(parseCrl(crlWith(inList(extension('1.2.3', none)))).unusable).toEqual([])
    expect(parseCrl(crlWith(inEntry(extension('1.2.3', none), reason(9)))).unusable).toEqual([])
  })
})

test.each([
  ['version 1 written out', { version: der.integer(0) }, 'pki.version'],
  ['version 3', { version: der.integer(2) }, 'pki.version'],
  ['extensions in version 1', { version: none }, 'tlv.trailing-bytes'],
  [
    'another algorithm inside than outside',
    { signature: der.sequence(der.oid('1.2.840.10045.4.3.3')) },
    'pki.algorithm-mismatch',
  ],
  ['an entry that is no sequence', { entries: der.sequence(der.integer(5)) }, 'tlv.unexpected-tag'],
  ['an entry without a date', { entries: der.sequence(der.sequence(serial('05'))) }, 'tlv.missing'],
  ['a padded serial number', { entries: der.sequence(entry('0005')) }, 'der.integer-not-minimal'],
  ['a serial number of nothing', { entries: der.sequence(entry('')) }, 'der.integer-empty'],
  [
    'a reason that is no reason',
    { entries: der.sequence(entry('05', der.sequence(extension(OIDS.reasonCode, der.integer(1))))) },
    'pki.extension-value',
  ],
  [
    'an empty list of entry extensions',
    { entries: der.sequence(entry('05', der.sequence())) },
    'pki.extensions-empty',
  ],
  [
    'something after an entry',
    { entries: der.sequence(entry('05', der.sequence(reason(1)), der.nullValue())) },
    'tlv.trailing-bytes',
  ],
  [
    'an extension twice',
    { extensions: der.context(0, der.sequence(extension('1.2.3', none), extension('1.2.3', none))) },
    'pki.extension-twice',
  ],
  ['an update at no time', { thisUpdate: encodeElement(0x17, unhex('00')) }, 'der.time'],
] as const)('%s is refused', (_, parts, code) => {
  expect(refusal(() => parseCrl(crlWith(parts)))).toBe(code)
})

test('a list is at most 16 MiB, and nothing comes after it', () => {
  expect(refusal(() => parseCrl(new Uint8Array(MAX_CRL + 1)))).toBe('pki.crl-too-large')
  expect(refusal(() => parseCrl(concat(crlWith(), unhex('00'))))).toBe('tlv.trailing-bytes')
})

test('a number that is none is refused when it is asked for', () => {
  for (const value of [
    der.octetString(unhex('05')),
    serial('ff'),
    der.unsigned(new Uint8Array(65).fill(1)),
  ]) {
    const crl = parseCrl(
      crlWith({ extensions: der.context(0, der.sequence(extension(OIDS.crlNumber, value))) }),
    )
    expect(refusal(() => crlNumber(crl))).toBe('pki.extension-value')
  }
})

describe('a list bears on a certificate', () => {
  const name = (country: string | undefined, commonName: string) =>
    readName(
      readOnly(
        der.sequence(
          ...(country ? [attribute(OIDS.countryName, der.printableString(country))] : []),
          attribute(OIDS.commonName, der.utf8String(commonName)),
        ),
      ),
    )
  const crl = parseCrl(crlWith({ issuer: name('UT', 'CSCA Utopia 2').encoded }))

  test.each([
    ['of the same issuer', name('UT', 'CSCA Utopia 2'), 'same-name'],
    ['of the same issuer in other letters', name('ut', 'csca utopia 2'), 'same-name'],
    ['of the issuer before its name was changed', name('UT', 'CSCA Utopia 1'), 'same-country'],
    ['of a country that is written in lower case', name('ut', 'CSCA Utopia 1'), 'same-country'],
    ['and not of another country', name('ZZ', 'CSCA Utopia 2'), 'no'],
    ['and not of no country', name(undefined, 'CSCA Utopia 2'), 'no'],
  ])('%s', (_, issuer, coverage) => {
    expect(crlCovers(crl, issuer)).toBe(coverage)
  })

  test('and two names without a country are of the same country only if they are the same', () => {
    const without = parseCrl(crlWith({ issuer: name(undefined, 'a').encoded }))
    expect(crlCovers(without, name(undefined, 'b'))).toBe('no')
    expect(crlCovers(without, name(undefined, 'a'))).toBe('same-name')
  })
})

describe.skipIf(!haveReferenceData)(`real and published lists ${withReferenceData}`, () => {
  test('the Australian list of 2021, which revokes nothing', () => {
    const bytes = referenceData('emrtd', 'vdsnc', 'aus-crl.crl')
    const csca = parseCertificate(referenceData('emrtd', 'vdsnc', 'csca-aus.cer'))
    const crl = parseCrl(bytes)
    expect(crl).toMatchObject({ version: 2, entryCount: 0, unusable: [] })
    expect(crlNumber(crl)).toEqual(Uint8Array.of(64))
    expect(hex(authorityKeyIdentifier(crl)!)).toBe('3617c1e7f56795712e3775708e55833186e9380e')
    expect(crl.nextUpdate).toEqual(new Date('2021-11-17T03:56:55Z'))
    expect(crlCovers(crl, csca.subject)).toBe('same-name')
  })

  const files = haveReferenceData ? readdirSync(join(referenceFolder, 'security', 'pkits', 'crls')) : []
  const crl = (file: string) => parseCrl(referenceData('security', 'pkits', 'crls', file))

  test('every list of PKITS is read; those outside the profile are marked', () => {
    expect(files).toHaveLength(151)
    const unusable = files.filter((file) => crl(file).unusable.length > 0)
    for (const file of unusable)
      expect(file).toMatch(/^(?:delta|Unknown|distrib|indirect|only|BasicSelfIssued)/)
    for (const file of files.filter((one) =>
      /deltaCRL(?:\.crl|Ind)|Unknown|distributionP|^only|^indirect/.test(one),
    ))
      expect({ file, usable: crl(file).unusable.length === 0 }).toEqual({ file, usable: false })
  })

  test('negative and long serial numbers are found', () => {
    expect(isRevoked(crl('NegativeSerialNumberCACRL.crl'), unhex('ff'))).toBe(true)
    expect(isRevoked(crl('NegativeSerialNumberCACRL.crl'), unhex('00ff'))).toBe(false)
    const revoked = referenceData('security', 'pkits', 'certs', 'InvalidLongSerialNumberTest18EE.crt')
    expect(isRevoked(crl('LongSerialNumberCACRL.crl'), parseCertificate(revoked).serial)).toBe(true)
  })
})
