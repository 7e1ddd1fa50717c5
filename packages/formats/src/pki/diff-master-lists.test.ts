import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certificateWith, unhex } from '../../../../test/certificate-parts.ts'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { write as der } from '../der/index.ts'
import { hex } from '../tlv/index.ts'
import { diffMasterLists } from './diff-master-lists.ts'
import { encodeName } from './draft-name.ts'
import { parseMasterList } from './master-list.ts'
import { mergeProvenance } from './provenance.ts'

const certificate = (serial: number, country = 'UT', year = 2026): Uint8Array => {
  const name = encodeName({ country, commonName: 'CSCA' })
  const validity = der.sequence(
    der.time(new Date(Date.UTC(year, 0))),
    der.time(new Date(Date.UTC(year + 15, 0))),
  )
  return certificateWith({ serial: der.integer(serial), subject: name, issuer: name, validity })
}
const [one, two, three] = [certificate(1), certificate(2), certificate(3)]
const serials = (list: readonly { readonly certificate: { readonly serialHex: string } | undefined }[]) =>
  list.map((each) => each.certificate?.serialHex)

describe('provenance', () => {
  test('each certificate comes once, with every source that holds it', () => {
    const merged = mergeProvenance([
      { label: 'German list', certificates: [one, two] },
      { label: 'pins', certificates: [two.slice(), three] },
      { label: 'Dutch list', certificates: [two, one] },
    ])
    expect(serials(merged)).toEqual(['01', '02', '03'])
    expect(merged.map(({ sources }) => sources)).toEqual([
      ['German list', 'Dutch list'],
      ['German list', 'pins', 'Dutch list'],
      ['pins'],
    ])
  })

  test('says what people tell certificates apart by', () => {
    const [only] = mergeProvenance([{ label: 'a', certificates: [one, one] }])
    expect(only).toMatchObject({
      encoded: one,
      sources: ['a'],
      certificate: {
        country: 'UT',
        subject: 'C=UT, CN=CSCA',
        issuer: 'C=UT, CN=CSCA',
        serialHex: '01',
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2041-01-01T00:00:00Z'),
        keyIdentifier: undefined,
        selfIssued: true,
      },
    })
  })

  test('what cannot be read is listed all the same', () => {
    expect(mergeProvenance([{ label: 'a', certificates: [unhex('3000')] }])).toEqual([
      { encoded: unhex('3000'), sources: ['a'], certificate: undefined },
    ])
  })

  test('no two byte strings are taken for the same', () => {
    const every = Array.from({ length: 256 }, (_, octet) => Uint8Array.of(octet))
    expect(mergeProvenance([{ label: 'a', certificates: every }])).toHaveLength(256)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (a, b) => {
        const merged = mergeProvenance([{ label: 'a', certificates: [a, b] }])
        expect(merged).toHaveLength(hex(a) === hex(b) ? 1 : 2)
      }),
    )
  })
})

describe('the difference of two lists', () => {
  const diff = (from: Uint8Array[], to: Uint8Array[], ...others: Uint8Array[][]) =>
    diffMasterLists(
      { label: 'May', certificates: from },
      { label: 'July', certificates: to },
      others.map((certificates, i) => ({ label: `other ${i + 1}`, certificates })),
    )

  test('is what was added, what was removed, and what is the same', () => {
    const found = diff([one, two], [two, three])
    expect(serials(found.added)).toEqual(['03'])
    expect(serials(found.removed)).toEqual(['01'])
    expect(serials(found.same)).toEqual(['02'])
    expect(found.same[0]!.sources).toEqual(['May', 'July'])
  })

  test('says who else holds what was added, and leaves out what only others hold', () => {
    const found = diff([one], [one, three], [three, two])
    expect(found.added.map(({ sources }) => sources)).toEqual([['July', 'other 1']])
    expect(serials([...found.removed, ...found.same])).toEqual(['01'])
  })

  test('is right where both lists have the same label', () => {
    const same = { label: 'x', certificates: [one, two] }
    const found = diffMasterLists(same, { label: 'x', certificates: [two] })
    expect([serials(found.added), serials(found.removed), serials(found.same)]).toEqual([[], ['01'], ['02']])
  })

  test('is sorted by country, begin of validity and serial number, the unreadable last', () => {
    const mixed = [
      unhex('3000'),
      certificate(9, 'ZZ'),
      certificate(5, 'AA', 2030),
      certificate(7, 'AA'),
      certificate(6, 'AA'),
    ]
    expect(serials(diff([], mixed).added)).toEqual(['06', '07', '05', '09', undefined])
  })

  test('is empty for a list and itself, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([one, two, three]), (list) => {
        const found = diff(list, [...list].reverse())
        expect([found.added.length, found.removed.length, found.same.length]).toEqual([0, 0, list.length])
      }),
    )
  })
})

describe.skipIf(!haveReferenceData)(`the German and the Dutch list ${withReferenceData}`, () => {
  test('share 372 certificates; 216 are only in the German, 39 only in the Dutch', () => {
    const [from, to] = ['DE_ML_2026-05-28-08-28-45.ml', 'NL_ML_2026-07-22.ml'].map((label) => ({
      label,
      certificates: parseMasterList(referenceData('emrtd', 'masterlists', label)).certificates,
    }))
    const found = diffMasterLists(from!, to!)
    expect([found.same.length, found.removed.length, found.added.length]).toEqual([372, 216, 39])
    expect(mergeProvenance([from!, to!])).toHaveLength(372 + 216 + 39)
    expect(found.removed.every(({ sources }) => sources.join() === from!.label)).toBe(true)
    expect(found.added.filter(({ certificate: known }) => known?.country === 'VA')).toEqual([])
  })
})
