import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, encodeElement, sameBytes } from '../tlv/index.ts'
import { encodeDg2, encodeDg2Templates, encodeFaceRecord, type FaceToWrite, parseDg2 } from './index.ts'

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9)
const JP2 = concat(
  Uint8Array.of(0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a),
  JPEG.subarray(4),
)
const CODESTREAM = Uint8Array.of(0xff, 0x4f, 0xff, 0x51, 0, 0xff, 0xd9)
const size = { width: 413, height: 531 }

const count = (n: number) => encodeElement(0x02, Uint8Array.of(n))
const header = encodeElement(
  0xa1,
  encodeElement(0x80, Uint8Array.of(1, 1)),
  encodeElement(0x87, Uint8Array.of(1, 1)),
  encodeElement(0x88, Uint8Array.of(0, 8)),
)
const template = (...parts: Uint8Array[]) => encodeElement(0x7f60, ...parts)
const dg2 = (...parts: Uint8Array[]) => encodeElement(0x75, encodeElement(0x7f61, ...parts))
const dg2Of = (record: Uint8Array) => dg2(count(1), template(header, encodeElement(0x5f2e, record)))
const codes = (bytes: Uint8Array) => parseDg2(bytes).deviations.map(({ code }) => code)

/** A record with octets changed by offset. */
function changed(record: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array {
  const copy = record.slice()
  for (const [at, octet] of Object.entries(changes)) copy[Number(at)] = octet
  return copy
}

describe('a portrait that is written', () => {
  test('stands at the octets where the standard has each field', () => {
    const record = encodeFaceRecord([
      {
        ...size,
        image: JPEG,
        gender: 2,
        eyeColour: 3,
        hairColour: 5,
        properties: 0x010203,
        expression: 0x0405,
        pose: [6, 7, 8],
        poseUncertainty: [9, 10, 11],
        featurePoints: [{ type: 1, point: 0xc1, x: 0x0102, y: 0x0304 }],
        colourSpace: 1,
        sourceType: 2,
        deviceType: 0x0506,
        quality: 0x0708,
      },
    ])
    expect(Buffer.from(record).toString('hex')).toBe(
      '46414300' +
        '30313000' +
        '0000003f' +
        '0001' + // record header
        '00000031' +
        '0001' +
        '02' +
        '03' +
        '05' +
        '010203' +
        '0405' +
        '060708' +
        '090a0b' +
        '01c1010203040000' + // feature point
        '01' +
        '00' +
        '019d' +
        '0213' +
        '01' +
        '02' +
        '0506' +
        '0708' +
        'ffd8ffe0010203ffd9',
    )
  })

  test('is a full frontal face in a template for faces, read without a deviation', () => {
    const bytes = encodeDg2({ ...size, image: JP2 })
    const { templates, images, deviations } = parseDg2(bytes)
    expect(deviations).toEqual([])
    expect(images).toEqual([{ kind: 'jpeg2000', bytes: JP2 }])
    expect(templates[0]!.header).toEqual({
      version: Uint8Array.of(1, 1),
      type: Uint8Array.of(2),
      subtype: Uint8Array.of(0),
      formatOwner: 0x0101,
      formatType: 8,
    })
    const { record } = templates[0]!
    if (record?.format !== 'ISO/IEC 19794-5') throw new Error('another format')
    expect(record.faces[0]).toMatchObject({ ...size, imageType: 1, imageDataType: 1, gender: 0 })
    expect(sameBytes(encodeDg2Templates(templates), bytes)).toBe(true)
  })

  test('reads as the same, and writes the same', () => {
    const u = (octets: number) => fc.integer({ min: 0, max: 256 ** octets - 1 })
    const angles = fc.tuple(u(1), u(1), u(1))
    const image = fc
      .tuple(fc.constantFrom(JPEG, JP2, CODESTREAM), fc.uint8Array({ maxLength: 200 }))
      .map(([begin, rest]) => concat(begin.subarray(0, -2), rest, Uint8Array.of(0xff, 0xd9)))
    const face: fc.Arbitrary<FaceToWrite> = fc.record({
      gender: u(1),
      eyeColour: u(1),
      hairColour: u(1),
      properties: u(3),
      expression: u(2),
      pose: angles,
      poseUncertainty: angles,
      featurePoints: fc.array(fc.record({ type: u(1), point: u(1), x: u(2), y: u(2) }), { maxLength: 5 }),
      imageType: u(1),
      width: u(2),
      height: u(2),
      colourSpace: u(1),
      sourceType: u(1),
      deviceType: u(2),
      quality: u(2),
      image,
    })
    fc.assert(
      fc.property(fc.array(face, { minLength: 1, maxLength: 3 }), (faces) => {
        const bytes = dg2Of(encodeFaceRecord(faces))
        const { templates, deviations } = parseDg2(bytes)
        expect(deviations).toEqual([])
        const { record } = templates[0]!
        if (record?.format !== 'ISO/IEC 19794-5') throw new Error('another format')
        const read = record.faces.map(({ image, imageDataType: _, ...rest }) => ({
          ...rest,
          image: image.bytes,
        }))
        expect(read).toEqual(faces)
        expect(sameBytes(encodeDg2Templates(templates), bytes)).toBe(true)
      }),
    )
  })

  test('is refused where it is no image or a number does not fit', () => {
    expect(() => encodeDg2({ ...size, image: Uint8Array.of(0x47, 0x49, 0x46) })).toThrow(RangeError)
    expect(() => encodeDg2({ ...size, image: new Uint8Array(0) })).toThrow(RangeError)
    expect(() => encodeDg2({ width: 65_536, height: 1, image: JPEG })).toThrow(RangeError)
    expect(() => encodeDg2({ width: 1.5, height: 1, image: JPEG })).toThrow(RangeError)
    expect(() => encodeFaceRecord([])).toThrow(RangeError)
  })
})

describe('face records met in the field', () => {
  const record = encodeFaceRecord([{ ...size, image: JPEG }])
  const stated = (length: number) => changed(record, { 11: length })

  test.each([
    ['a stated length one short (United Kingdom)', stated(record.length - 1), ['lds.face-record-length']],
    ['a stated length eight short (New Zealand)', stated(record.length - 8), ['lds.face-record-length']],
    [
      'octets behind the last face',
      concat(stated(record.length), Uint8Array.of(0)),
      ['lds.face-record-padding'],
    ],
    [
      'a length that counts such octets',
      concat(stated(record.length + 1), Uint8Array.of(0)),
      ['lds.face-record-length', 'lds.face-record-padding'],
    ],
    [
      'JPEG stated for JPEG 2000',
      changed(encodeFaceRecord([{ ...size, image: JP2 }]), { 35: 0 }),
      ['lds.image-kind'],
    ],
    ['an image that is neither', changed(record, { 46: 0x47 }), ['lds.image-kind']],
  ])('%s is read and reported', (_, bytes, expected) => {
    expect(codes(dg2Of(bytes))).toEqual(expected)
    expect(parseDg2(dg2Of(bytes)).images).toHaveLength(1)
  })

  test('padding behind the image is left out of it and reported', () => {
    const bytes = dg2Of(encodeFaceRecord([{ ...size, image: concat(JP2, new Uint8Array(40)) }]))
    expect(parseDg2(bytes).images).toEqual([{ kind: 'jpeg2000', bytes: JP2 }])
    expect(codes(bytes)).toEqual(['lds.image-padding'])
  })

  test('a codestream alone is JPEG 2000', () => {
    const bytes = dg2Of(encodeFaceRecord([{ ...size, image: CODESTREAM }]))
    expect(parseDg2(bytes)).toMatchObject({ images: [{ kind: 'jpeg2000-codestream' }], deviations: [] })
  })

  test('reserved octets of a feature point that are set are reported', () => {
    const featurePoints = [{ type: 1, point: 1, x: 1, y: 1 }]
    const bytes = encodeFaceRecord([{ ...size, image: JPEG, featurePoints }])
    expect(codes(dg2Of(changed(bytes, { 41: 1 })))).toEqual(['lds.face-reserved'])
  })

  test('a record in another format is kept as it is', () => {
    for (const bytes of [new TextEncoder().encode('FIR\u0000010'), new Uint8Array(0), JPEG]) {
      const value = parseDg2(dg2Of(bytes))
      expect(value.templates[0]!.record).toEqual({ format: 'unknown', encoded: encodeElement(0x5f2e, bytes) })
      expect(value.deviations.map(({ code }) => code)).toEqual(['lds.biometric-unknown'])
    }
  })

  test('a record of octets under the tag for one in tags is read and reported', () => {
    const bytes = dg2(count(1), template(header, encodeElement(0x7f2e, record)))
    expect(codes(bytes)).toEqual(['lds.biometric-tag'])
    expect(parseDg2(bytes).images).toHaveLength(1)
  })
})

describe('a DG2 without an image', () => {
  const noImage = encodeFaceRecord([{ ...size, image: JPEG }]).slice(0, 46)
  noImage[11] = 46
  noImage[17] = 32
  const noFace = Uint8Array.of(...[0x46, 0x41, 0x43, 0, 0x30, 0x31, 0x30, 0], ...[0, 0, 0, 14, 0, 0])
  test.each([
    ['no template', dg2(count(0)), 0],
    ['a template without a record', dg2(count(1), template(header)), 0],
    ['a record without a face', dg2Of(noFace), 0],
    ['a face with an image of no octets', dg2Of(noImage), 1],
  ])('is read and reported: %s', (_, bytes, images) => {
    expect(codes(bytes)).toEqual(['lds.image-missing'])
    expect(parseDg2(bytes).images).toHaveLength(images)
  })

  test('is not written', () => {
    expect(() => encodeDg2Templates([{ header: {} }])).toThrow(RangeError)
  })
})

describe('the frame of DG2', () => {
  const record = encodeElement(0x5f2e, encodeFaceRecord([{ ...size, image: JPEG }]))
  const instance = template(header, record)
  const field = (tag: number, ...octets: number[]) => encodeElement(tag, Uint8Array.from(octets))
  const withHeader = (...fields: Uint8Array[]) =>
    dg2(count(1), template(encodeElement(0xa1, ...fields), record))
  const owner = field(0x87, 1, 1)
  const type = field(0x88, 0, 8)
  test.each([
    ['no count', dg2(instance), ['lds.count-missing']],
    ['another count', dg2(count(2), instance), ['lds.count-differs']],
    ['a count behind', dg2(instance, count(1)), ['lds.element-order']],
    ['an unknown element', dg2(count(1), instance, field(0x53, 1)), ['lds.element-unknown']],
    ['no header', dg2(count(1), template(record)), ['lds.biometric-header']],
    ['a header behind the record', dg2(count(1), template(record, header)), ['lds.element-order']],
    ['a header without owner and type', withHeader(field(0x81, 2)), ['lds.biometric-header']],
    [
      'a type of one octet',
      withHeader(owner, field(0x88, 8)),
      ['lds.biometric-header', 'lds.biometric-header'],
    ],
    ['header fields in another order', withHeader(type, owner), ['lds.element-order']],
    ['a header field twice', withHeader(owner, owner, type), ['lds.element-twice']],
    ['an unknown header field', withHeader(field(0x84, 1), owner, type), ['lds.element-unknown']],
    ['a date of creation that is none', withHeader(field(0x83, 0x20), owner, type), ['lds.date-unreadable']],
    ['a validity that is none', withHeader(field(0x85, 0x20), owner, type), ['lds.date-unreadable']],
  ])('%s is read and reported', (_, bytes, expected) => {
    expect(codes(bytes)).toEqual(expected)
    expect(parseDg2(bytes).images).toHaveLength(1)
  })

  test('two faces in two templates are two images', () => {
    expect(parseDg2(dg2(count(2), instance, instance))).toMatchObject({ deviations: [], images: [{}, {}] })
  })
})

describe('a DG2 that is malformed', () => {
  const record = encodeFaceRecord([{ ...size, image: JPEG }])
  test.each([
    ['another version', changed(record, { 5: 0x32 }), 'lds.face-record-version'],
    ['cut in the header', record.subarray(0, 10), 'lds.face-record-length'],
    ['cut in the face', record.subarray(0, 30), 'lds.face-record-length'],
    ['cut in the image', record.subarray(0, record.length - 1), 'lds.face-record-length'],
    ['a length far off', changed(record, { 8: 1 }), 'lds.face-record-length'],
    ['more faces than there are', changed(record, { 13: 2 }), 'lds.face-record-length'],
    ['65,535 faces', changed(record, { 12: 255, 13: 255 }), 'tlv.too-many'],
    ['more feature points than fit', changed(record, { 19: 9 }), 'lds.face-record-length'],
    ['65,535 feature points', changed(record, { 18: 255, 19: 255 }), 'tlv.too-many'],
    ['a face of four gigabytes', changed(record, { 14: 255 }), 'lds.face-record-length'],
    ['a face of no octets', changed(record, { 17: 0 }), 'lds.face-record-length'],
    ['nine octets behind', concat(record, new Uint8Array(9)), 'lds.face-record-length'],
  ])('is an error with its place: %s', (_, bytes, code) => {
    expect(() => parseDg2(dg2Of(bytes))).toThrow(code)
  })

  test('seventeen templates, a count of no octets and a file over 200 KiB are refused', () => {
    const many = Array.from({ length: 20 }, () => template(header, encodeElement(0x5f2e, record)))
    expect(() => parseDg2(dg2(count(20), ...many))).toThrow('tlv.too-many')
    expect(() => parseDg2(dg2(encodeElement(0x02)))).toThrow('der.integer-empty')
    expect(() => parseDg2(dg2Of(new Uint8Array(204_800)))).toThrow('tlv.too-large')
  })
})
