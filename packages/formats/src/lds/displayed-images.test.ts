import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, encodeElement } from '../tlv/index.ts'
import { encodeDg5, encodeDg7, imageKind, parseDg5, parseDg7 } from './index.ts'

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 1, 0xff, 0xd9)
const count = (n: number) => encodeElement(0x02, Uint8Array.of(n))
const picture = (image: Uint8Array) => encodeElement(0x5f40, image)
const dg5 = (...parts: Uint8Array[]) => encodeElement(0x65, ...parts)
const codes = (bytes: Uint8Array) => parseDg5(bytes).deviations.map(({ code }) => code)

test('images that are written read as the same, without a deviation', () => {
  const image = fc
    .uint8Array({ maxLength: 200 })
    .map((middle) => concat(JPEG.subarray(0, 4), middle, JPEG.subarray(-2)))
  fc.assert(
    fc.property(fc.array(image, { minLength: 1, maxLength: 9 }), (images) => {
      const expected = {
        images: images.map((bytes) => ({ kind: 'jpeg', bytes })),
        unknown: [],
        deviations: [],
      }
      expect(parseDg5(encodeDg5(images))).toEqual(expected)
      expect(parseDg7(encodeDg7(images))).toEqual(expected)
    }),
  )
})

test('a portrait is no signature', () => {
  expect(() => parseDg7(encodeDg5([JPEG]))).toThrow('tlv.unexpected-tag')
})

test('an image with camera data first is a JPEG too (Hungary)', () => {
  expect(imageKind(JPEG)).toBe('jpeg')
  expect(imageKind(Uint8Array.of(0xff, 0xd8))).toBe('unknown')
})

describe('departures', () => {
  test.each([
    ['no count', dg5(picture(JPEG)), ['lds.count-missing']],
    ['another count', dg5(count(2), picture(JPEG)), ['lds.count-differs']],
    ['a count behind', dg5(picture(JPEG), count(1)), ['lds.element-order']],
    ['a count twice', dg5(count(1), count(1), picture(JPEG)), ['lds.element-unknown']],
    ['an image of another kind', dg5(count(1), picture(Uint8Array.of(0x47, 0x49))), ['lds.image-kind']],
    ['an empty image', dg5(count(1), picture(new Uint8Array(0))), ['lds.image-missing']],
    ['padding', dg5(count(1), picture(concat(JPEG, Uint8Array.of(0, 0)))), ['lds.image-padding']],
    ['an unknown element', dg5(count(1), picture(JPEG), encodeElement(0x53)), ['lds.element-unknown']],
    ['no image', dg5(count(0)), ['lds.image-missing']],
  ])('are read and reported: %s', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected)
  })

  test('zeros behind an image that does not end as images do belong to it', () => {
    const image = concat(JPEG.subarray(0, 5), Uint8Array.of(0xd9, 0, 0))
    expect(parseDg5(dg5(count(1), picture(image)))).toMatchObject({
      images: [{ kind: 'jpeg', bytes: image }],
      deviations: [],
    })
  })

  test('more than nine images and more than 256 KiB are refused', () => {
    const many = Array.from({ length: 12 }, () => picture(JPEG))
    expect(() => parseDg5(dg5(count(12), ...many))).toThrow('tlv.too-many')
    expect(() => parseDg5(dg5(count(1), picture(new Uint8Array(262_144))))).toThrow('tlv.too-large')
  })
})

test('none, ten, or one that is no image are not written', () => {
  expect(() => encodeDg5([])).toThrow(RangeError)
  expect(() => encodeDg5(Array(10).fill(JPEG))).toThrow(RangeError)
  expect(() => encodeDg7([Uint8Array.of(1)])).toThrow(RangeError)
})
