import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  haveReferenceData,
  referenceData,
  referenceJson,
  withReferenceData,
} from '../../../../test/reference-data.ts'
import { FormatError } from '../format-error.ts'
import { concat, encodeElement, sameBytes } from '../tlv/index.ts'
import * as lds from './index.ts'

type Parsed = { readonly deviations: readonly lds.Deviation[] }

/** Every entry point, and the writer that must give the same bytes back where nothing departed. */
const ENTRIES: readonly {
  readonly name: string
  readonly tag: number
  readonly parse: (bytes: Uint8Array) => Parsed
  readonly again?: (bytes: Uint8Array) => Uint8Array
}[] = [
  { name: 'COM', tag: 0x60, parse: lds.parseEfCom, again: (b) => lds.encodeEfCom(lds.parseEfCom(b)) },
  {
    name: 'DG2',
    tag: 0x75,
    parse: lds.parseDg2,
    again: (b) => lds.encodeDg2Templates(lds.parseDg2(b).templates),
  },
  { name: 'DG3', tag: 0x63, parse: lds.parseBiometricGroup },
  { name: 'DG4', tag: 0x76, parse: lds.parseBiometricGroup },
  { name: 'DG1', tag: 0x61, parse: lds.parseDg1 },
  {
    name: 'DG5',
    tag: 0x65,
    parse: lds.parseDg5,
    again: (b) => lds.encodeDg5(lds.parseDg5(b).images.map(({ bytes }) => bytes)),
  },
  {
    name: 'DG7',
    tag: 0x67,
    parse: lds.parseDg7,
    again: (b) => lds.encodeDg7(lds.parseDg7(b).images.map(({ bytes }) => bytes)),
  },
  { name: 'DG8', tag: 0x68, parse: lds.parseFramed },
  { name: 'DG11', tag: 0x6b, parse: lds.parseDg11, again: (b) => lds.encodeDg11(lds.parseDg11(b)) },
  { name: 'DG12', tag: 0x6c, parse: lds.parseDg12, again: (b) => lds.encodeDg12(lds.parseDg12(b)) },
  {
    name: 'DG13',
    tag: 0x6d,
    parse: lds.parseDg13,
    again: (b) => {
      const dg13 = lds.parseDg13(b)
      return dg13.kind === 'return-right' ? lds.encodeDg13(dg13) : b
    },
  },
  {
    name: 'DG14',
    tag: 0x6e,
    parse: lds.parseDg14,
    again: (b) => lds.encodeDg14(lds.parseDg14(b).securityInfos.map(({ encoded }) => encoded)),
  },
  {
    name: 'DG15',
    tag: 0x6f,
    parse: lds.parseDg15,
    again: (b) => lds.encodeDg15(lds.parseDg15(b).publicKey.encoded),
  },
  { name: 'DG16', tag: 0x70, parse: lds.parseDg16, again: (b) => lds.encodeDg16(lds.parseDg16(b).persons) },
]

/** What a parser makes of bytes; anything thrown but a FormatError rises and fails the test. */
function outcome(
  parse: (bytes: Uint8Array) => Parsed | undefined,
  bytes: Uint8Array,
): Parsed | FormatError | undefined {
  try {
    return parse(bytes)
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}

/** Runs within 50 ms; up to three times, because other work on the machine may take a turn. */
function quickly<T>(run: () => T): T {
  for (let turn = 1; ; turn++) {
    const from = performance.now()
    const value = run()
    const took = performance.now() - from
    if (took < 50) return value
    if (turn === 3) throw new Error(`took ${took} ms`)
  }
}

describe.skipIf(!haveReferenceData)(`hostile bytes ${withReferenceData}`, () => {
  interface Case {
    id: string
    kind: string
    b64: string
  }
  const cases = haveReferenceData
    ? referenceJson<{ cases: Case[] }>('security', 'hostile-input', 'cases.json').cases.filter(
        ({ kind }) => kind === 'tlv' || kind === 'der',
      )
    : []

  test.each(cases.map(({ id, b64 }) => [id, b64]))(
    '%s is an error at every entry point, in time',
    (_, b64) => {
      const bytes = new Uint8Array(Buffer.from(b64, 'base64'))
      for (const { parse } of ENTRIES)
        expect(quickly(() => outcome(parse, bytes))).toBeInstanceOf(FormatError)
      const recognised = quickly(() => outcome(lds.recogniseFile, bytes))
      expect(recognised === undefined || recognised instanceof FormatError).toBe(true)
    },
  )

  test.each(cases.map(({ id, b64 }) => [id, b64]))('%s inside a file does no harm', (_, b64) => {
    const bytes = new Uint8Array(Buffer.from(b64, 'base64'))
    for (const { parse, tag } of ENTRIES) {
      quickly(() => outcome(parse, encodeElement(tag, bytes)))
      quickly(() => outcome(parse, encodeElement(tag, encodeElement(0x7f61, encodeElement(0x7f60, bytes)))))
      quickly(() => outcome(parse, encodeElement(tag, encodeElement(0x31, encodeElement(0x30, bytes)))))
    }
  })
})

const files: [string, Uint8Array][] = haveReferenceData
  ? [
      ...['COM', 'DG1', 'DG2', 'DG3', 'DG4', 'DG5', 'DG7', 'DG11', 'DG12', 'DG14', 'DG15'].map(
        (name): [string, Uint8Array] => [name, referenceData('emrtd', 'lds-bsi2008', `EF_${name}.bin`)],
      ),
      ['DG2', referenceData('emrtd', 'iso39794', 'ICAO_39794_5_AP_DG2_AllFields.dat')],
    ]
  : []
const own: [string, Uint8Array][] = [
  ['DG11', lds.encodeDg11({ nameOfHolder: 'A<<B', otherNames: ['C'], dateOfBirth: { year: 1970 } })],
  ['DG12', lds.encodeDg12({ issuingAuthority: 'A', otherPersons: ['B'], endorsements: 'C' })],
  [
    'DG13',
    lds.encodeDg13({
      returnRight: { kind: 'until-date', until: { year: 2031, month: 5, day: 1 } },
      status: { uri: 'https://status.example/1', index: 5 },
    }),
  ],
  ['DG14', lds.encodeDg14([lds.encodePaceInfo('0.4.0.127.0.7.2.2.4.2.2', 13)])],
  ['DG16', lds.encodeDg16([{ name: 'A<<B', telephone: '1', recorded: { year: 2026 } }])],
  ['DG8', encodeElement(0x68, Uint8Array.of(1, 2, 3))],
]

/** A few octets changed, mostly near the front, where the structure is; then perhaps cut, perhaps longer. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.oneof(fc.nat(Math.min(bytes.length, 200) - 1), fc.nat(bytes.length - 1))
  const octet = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0x84, 0xff), fc.integer({ min: 0, max: 255 }))
  const changes = fc.array(fc.tuple(place, octet), { minLength: 1, maxLength: 8 })
  const cut = fc.oneof({ weight: 3, arbitrary: fc.constant(bytes.length) }, fc.nat(bytes.length))
  return fc.tuple(changes, cut, fc.uint8Array({ maxLength: 3 })).map(([changed, length, behind]) => {
    const copy = bytes.slice()
    for (const [at, value] of changed) copy[at] = value
    return length === bytes.length ? copy : concat(copy.subarray(0, length), behind)
  })
}

describe('damaged files', () => {
  test.each([...own, ...files])('%s is read or refused with a FormatError, in time', (name, bytes) => {
    const { parse, again } = ENTRIES.find((entry) => entry.name === name)!
    fc.assert(
      fc.property(damaged(bytes), (input) => {
        const result = quickly(() => outcome(parse, input))
        quickly(() => outcome(lds.recogniseFile, input))
        if (result === undefined || result instanceof FormatError || result.deviations.length > 0) return
        if (again !== undefined) expect(sameBytes(again(input), input)).toBe(true)
      }),
      { numRuns: bytes.length > 1000 ? 300 : 1000 },
    )
  })

  test('bytes without any order are refused with a FormatError, or read', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENTRIES),
        fc.uint8Array({ maxLength: 300 }),
        ({ parse, tag }, content) => {
          outcome(parse, encodeElement(tag, content))
          outcome(parse, content)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
