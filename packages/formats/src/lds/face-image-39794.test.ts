import { describe, expect, test } from 'vitest'
import * as der from '../der/write.ts'
import { encodeElement } from '../tlv/index.ts'
import { parseDg2 } from './index.ts'

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 0xff, 0xd9)
const at = (tag: number, ...parts: Uint8Array[]) => encodeElement(tag, ...parts)
const octets = (tag: number, ...values: number[]) => encodeElement(tag, Uint8Array.from(values))
const version = at(0xa0, octets(0x80, 3), octets(0x81, 0x07, 0xe3))
/** A code of this edition, and a later one that falls back to it. */
const code = (value: number) => octets(0x80, value)
const later = (value: number) => at(0xa1, octets(0x80, value))

const information = at(0xa1, at(0xa0, code(2)))
const picture = (...parts: Uint8Array[]) => at(0xa1, at(0xa0, at(0xa0, ...parts)))
const plain = picture(encodeElement(0x80, JPEG), information)
const representation = (...parts: Uint8Array[]) => der.sequence(octets(0x80, 0), ...parts)
const record = (...representations: Uint8Array[]) => at(0x65, version, at(0xa1, ...representations))
const header = at(0xa1, octets(0x87, 1, 1), octets(0x88, 0, 0x2a))
const dg2 = (...data: Uint8Array[]) =>
  at(0x75, at(0x7f61, octets(0x02, 1), at(0x7f60, header, at(0x7f2e, ...data))))
const dg2Of = (...representations: Uint8Array[]) => dg2(at(0xa1, record(...representations)))

const codes = (bytes: Uint8Array) => parseDg2(bytes).deviations.map((deviation) => deviation.code)
function first(bytes: Uint8Array) {
  const found = parseDg2(bytes).templates[0]!.record
  if (found?.format !== 'ISO/IEC 39794-5') throw new Error('another format')
  return found.data.representations[0]!
}

describe('a record with the mandatory fields only', () => {
  test('is read, and has one image', () => {
    const bytes = dg2Of(representation(plain))
    expect(codes(bytes)).toEqual([])
    expect(parseDg2(bytes).images).toEqual([{ kind: 'jpeg', bytes: JPEG }])
    expect(first(bytes)).toEqual({
      id: 0,
      picture: { image: { kind: 'jpeg', bytes: JPEG }, information: { format: 'JPEG' } },
    })
  })
})

describe('values of several forms', () => {
  const identity = (...fields: Uint8Array[]) => dg2Of(representation(plain, at(0xa8, ...fields)))

  test('a code is read directly or by its fallback', () => {
    expect(first(identity(at(0xa0, code(2)))).identity).toEqual({ gender: 'male' })
    expect(first(identity(at(0xa0, later(2)))).identity).toEqual({ gender: 'male' })
    expect(first(identity(at(0xa0, code(77)))).identity).toEqual({ gender: 'code 77' })
    expect(first(identity(at(0xa0, at(0xa1)))).identity).toEqual({ gender: undefined })
  })

  test('an angle has a sign', () => {
    const pose = identity(at(0xa6, at(0xa0, octets(0x80, 0xf6)), at(0xa1, octets(0x80, 0xff, 0x4c))))
    expect(first(pose).identity).toEqual({ pose: { yaw: { degrees: -10 }, pitch: { degrees: -180 } } })
  })

  test('anything but zero is true', () => {
    expect(first(identity(at(0xa5, octets(0x80, 1), octets(0x81, 0)))).identity).toEqual({
      expression: { neutral: true, smile: false },
    })
  })

  test('a quality that could not be assessed has no score', () => {
    const algorithm = at(0xa0, octets(0x80, 1), octets(0x81, 2))
    const qualities = at(0xa3, der.sequence(algorithm, at(0xa1, later(0))))
    expect(first(dg2Of(representation(plain, qualities))).qualities).toEqual([
      { algorithm: { organisation: 1, id: 2 }, score: undefined },
    ])
  })

  test.each([
    ['anthropometric-name', 0],
    ['anthropometric-point', 1],
    ['anthropometric-id', 2],
  ] as const)('a landmark of the list %s, in space', (list, n) => {
    const kind = at(0xa0, at(0xa0, at(0xa1, at(0xa0, at(0xa0 + n, code(5))))))
    const place = at(0xa1, at(0xa0, at(0xa2, octets(0x80, 1), octets(0x81, 2), octets(0x82, 3))))
    const landmarks = at(0xa9, der.sequence(kind, place), der.sequence(kind))
    expect(first(dg2Of(representation(plain, landmarks))).landmarks).toEqual([
      { kind: { list, code: 5 }, place: { x: 1, y: 2, z: 3 } },
      { kind: { list, code: 5 } },
    ])
  })
})

describe('what later editions may add', () => {
  test('fields are left out and reported', () => {
    expect(codes(dg2Of(representation(plain, octets(0x8f, 1))))).toEqual(['lds.element-unknown'])
    expect(codes(dg2(at(0xa1, record(representation(plain))), octets(0xa2)))).toEqual(['lds.element-unknown'])
  })

  test('an image that is not flat is no image', () => {
    for (const other of [at(0xa1, at(0xa1)), at(0xa1, at(0xa0, at(0xa1)))])
      expect(first(dg2Of(representation(other))).picture).toBeUndefined()
  })
})

test('an image that is not of the stated format is reported', () => {
  const bytes = dg2Of(representation(picture(encodeElement(0x80, JPEG), at(0xa1, at(0xa0, code(3))))))
  expect(codes(bytes)).toEqual(['lds.image-kind'])
})

test('a record without a representation has no image', () => {
  expect(codes(dg2Of())).toEqual(['lds.image-missing'])
})

describe('a record that is malformed', () => {
  const image = encodeElement(0x80, JPEG)
  test.each([
    ['another tag inside', dg2(at(0xa1, at(0x66, version))), 'tlv.unexpected-tag'],
    ['nothing inside', dg2(at(0xa1)), 'tlv.unexpected-tag'],
    ['no representations', dg2(at(0xa1, at(0x65, version))), 'tlv.missing'],
    ['no image', dg2Of(representation()), 'tlv.missing'],
    ['no information on the image', dg2Of(representation(picture(image))), 'tlv.missing'],
    [
      'an image in pieces',
      dg2Of(representation(picture(at(0xa0, image), information))),
      'tlv.unexpected-tag',
    ],
    ['fields in another order', dg2Of(representation(picture(information, image))), 'tlv.unexpected-tag'],
    ['a field twice', dg2Of(representation(plain, octets(0x85, 1), octets(0x85, 1))), 'tlv.unexpected-tag'],
    ['two choices at once', dg2Of(representation(at(0xa1, at(0xa0), at(0xa0)))), 'tlv.trailing-bytes'],
    ['no choice', dg2Of(representation(at(0xa1))), 'tlv.missing'],
    ['a block that is no block', dg2Of(representation(plain, octets(0x88, 1))), 'tlv.unexpected-tag'],
    ['a list of something else', dg2Of(representation(plain, at(0xa9, octets(0x04)))), 'tlv.unexpected-tag'],
    ['a number of no octets', dg2Of(representation(plain, octets(0x85))), 'der.integer-empty'],
    ['a negative number', dg2Of(representation(plain, octets(0x85, 0xff))), 'der.integer-negative'],
    [
      'a flag of two octets',
      dg2Of(representation(plain, at(0xa8, at(0xa5, octets(0x80, 1, 1))))),
      'der.boolean',
    ],
    [
      'an angle of five octets',
      dg2Of(representation(plain, at(0xa8, at(0xa6, at(0xa0, octets(0x80, 1, 2, 3, 4, 5)))))),
      'der.integer-too-large',
    ],
    [
      'seventeen representations',
      dg2Of(...Array.from({ length: 17 }, () => representation(plain))),
      'tlv.too-many',
    ],
    [
      '300 landmarks',
      dg2Of(representation(plain, at(0xa9, ...Array.from({ length: 300 }, () => der.sequence())))),
      'tlv.too-many',
    ],
  ])('is an error with its place: %s', (_, bytes, expected) => {
    expect(() => parseDg2(bytes)).toThrow(expected)
  })
})
