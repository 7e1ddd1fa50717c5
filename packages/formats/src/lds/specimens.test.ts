import { describe, expect, test } from 'vitest'
import { haveReferenceData, referenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { hex, sameBytes } from '../tlv/index.ts'
import {
  encodeDg1,
  encodeDg2Templates,
  encodeDg5,
  encodeDg7,
  encodeDg11,
  encodeDg12,
  encodeDg15,
  encodeEfCom,
  parseBiometricGroup,
  parseDg1,
  parseDg2,
  parseDg5,
  parseDg7,
  parseDg11,
  parseDg12,
  parseDg14,
  parseDg15,
  parseEfCom,
  recogniseFile,
} from './index.ts'

const bsi = (name: string) => referenceData('emrtd', 'lds-bsi2008', `EF_${name}.bin`)
const hjp = (name: string) => referenceData('emrtd', 'lds-bsi-hjp2013', `${name}.bin`)
const codes = (file: { deviations: readonly { code: string }[] }) => file.deviations.map(({ code }) => code)
const same = (a: Uint8Array, b: Uint8Array) => expect(sameBytes(a, b)).toBe(true)

describe.skipIf(!haveReferenceData)(`the BSI specimen of 2008 ${withReferenceData}`, () => {
  test('every file is recognised, and is all of its bytes', () => {
    for (const name of [
      'COM',
      'DG1',
      'DG2',
      'DG3',
      'DG4',
      'DG5',
      'DG7',
      'DG11',
      'DG12',
      'DG14',
      'DG15',
      'SOD',
    ]) {
      const found = recogniseFile(bsi(name))
      expect(found?.file.name).toBe(name)
      expect(found?.trailing).toBe(0)
      expect(found?.deviations).toEqual([])
    }
  })

  test('EF.COM states LDS 1.7 and four groups, and is written again octet for octet', () => {
    const com = parseEfCom(bsi('COM'))
    expect(com).toMatchObject({
      ldsVersion: '0107',
      unicodeVersion: '040000',
      tags: [0x61, 0x75, 0x63, 0x6e],
    })
    expect(com.deviations).toEqual([])
    same(encodeEfCom(com), bsi('COM'))
  })

  test('DG1 holds 88 characters, and is written again octet for octet', () => {
    const { mrz, deviations } = parseDg1(bsi('DG1'))
    expect(mrz).toBe(
      'P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<C11T002JM4D<<9608122F1310317<<<<<<<<<<<<<<<6',
    )
    expect(deviations).toEqual([])
    same(encodeDg1(mrz), bsi('DG1'))
  })

  test('DG2 holds one JPEG 2000 portrait of ISO/IEC 19794-5, and is written again octet for octet', () => {
    const dg2 = parseDg2(bsi('DG2'))
    expect(codes(dg2)).toEqual([])
    expect(dg2.templates).toHaveLength(1)
    const { header, record } = dg2.templates[0]!
    expect(header).toMatchObject({ formatOwner: 0x0101, formatType: 0x0008 })
    expect(hex(header.type!)).toBe('02')
    if (record?.format !== 'ISO/IEC 19794-5') throw new Error('another format')
    expect(record.faces).toHaveLength(1)
    expect(record.faces[0]).toMatchObject({ imageType: 1, imageDataType: 1, width: 337, height: 449 })
    expect(record.faces[0]!.featurePoints).toEqual([])
    expect(dg2.images).toHaveLength(1)
    expect(dg2.images[0]!.kind).toBe('jpeg2000')
    expect(dg2.images[0]!.bytes.length).toBe(0x3ab7 - 32)
    same(encodeDg2Templates(dg2.templates), bsi('DG2'))
  })

  test('DG3 and DG4 have two templates each', () => {
    for (const [name, number, type] of [
      ['DG3', 3, 0x0007],
      ['DG4', 4, 0x0009],
    ] as const) {
      const group = parseBiometricGroup(bsi(name))
      expect(group).toMatchObject({ number, deviations: [], unknown: [] })
      expect(group.templates.map(({ header }) => header.formatType)).toEqual([type, type])
      for (const { record } of group.templates) expect(record!.length).toBeGreaterThan(5000)
    }
  })

  test('DG5 and DG7 hold one JPEG 2000 image each, and are written again octet for octet', () => {
    const portrait = parseDg5(bsi('DG5'))
    const signature = parseDg7(bsi('DG7'))
    for (const { images, deviations } of [portrait, signature]) {
      expect(images.map(({ kind }) => kind)).toEqual(['jpeg2000'])
      expect(deviations).toEqual([])
    }
    same(encodeDg5(portrait.images.map(({ bytes }) => bytes)), bsi('DG5'))
    same(encodeDg7(signature.images.map(({ bytes }) => bytes)), bsi('DG7'))
  })

  test('DG11 is read completely, and each departure is reported', () => {
    const dg11 = parseDg11(bsi('DG11'))
    expect(dg11).toMatchObject({
      nameOfHolder: 'Doe John',
      otherNames: ['William'],
      personalNumber: '123',
      dateOfBirth: { year: 1970, month: 1, day: 1 },
      placeOfBirth: 'TEST<TEST',
      address: 'TEST<TEST',
      telephone: '123',
      profession: 'TEST',
      title: 'TEST',
      personalSummary: 'TEST',
      otherDocuments: '123<123',
      custody: 'TEST',
      unknown: [],
    })
    expect(dg11.proofOfCitizenship).toEqual(Uint8Array.of(0))
    // The list leaves out 5F17 and names the template A0; the date is packed.
    expect(codes(dg11)).toEqual(['lds.tag-list-differs', 'lds.date-bcd'])
  })

  test('DG12 is read completely, and each departure is reported', () => {
    const dg12 = parseDg12(bsi('DG12'))
    expect(dg12).toMatchObject({
      issuingAuthority: 'TEST',
      dateOfIssue: { year: 2024, month: 1, day: 1 },
      otherPersons: ['William'],
      endorsements: 'TEST',
      taxOrExit: 'TEST',
      personalised: { year: 2024, month: 1, day: 1, hour: 12, minute: 30, second: 59 },
      personalisationSystem: '123',
      unknown: [],
    })
    expect(codes(dg12)).toEqual(['lds.tag-list-missing', 'lds.date-bcd', 'lds.date-bcd'])
  })

  test('what is written from DG11 and DG12 reads as the same, by the rule', () => {
    const before = parseDg11(bsi('DG11'))
    expect(parseDg11(encodeDg11(before))).toEqual({ ...before, deviations: [] })
    const issued = parseDg12(bsi('DG12'))
    expect(parseDg12(encodeDg12(issued))).toEqual({ ...issued, deviations: [] })
  })

  test('DG15 is a key of 1,024 bits, and is written again octet for octet', () => {
    const dg15 = parseDg15(bsi('DG15'))
    expect(dg15.publicKey).toMatchObject({ type: 'rsa', algorithm: '1.2.840.113549.1.1.1', bits: 1024 })
    expect(codes(dg15)).toEqual(['lds.integer-without-sign'])
    same(encodeDg15(dg15.publicKey.encoded), bsi('DG15'))
  })
})

describe.skipIf(!haveReferenceData)(`the BSI specimen of 2013 ${withReferenceData}`, () => {
  test('every file is read, and each that can be written comes out octet for octet', () => {
    const com = parseEfCom(hjp('EF_COM'))
    expect(com.tags).toEqual([0x61, 0x75, 0x63, 0x76, 0x6e])
    same(encodeEfCom(com), hjp('EF_COM'))
    same(encodeDg1(parseDg1(hjp('Datagroup1')).mrz), hjp('Datagroup1'))
    same(encodeDg2Templates(parseDg2(hjp('Datagroup2')).templates), hjp('Datagroup2'))
    const { publicKey, deviations } = parseDg15(hjp('Datagroup15'))
    expect(publicKey.bits).toBe(1024)
    expect(deviations).toEqual([])
    same(encodeDg15(publicKey.encoded), hjp('Datagroup15'))
    expect(recogniseFile(hjp('EF_SOD'))?.file.name).toBe('SOD')
  })

  test('DG14 names its three protocols in the order of the file, which is not that of DER', () => {
    for (const dg14 of [parseDg14(hjp('Datagroup14')), parseDg14(bsi('DG14'))]) {
      const [key, chip, terminal] = dg14.securityInfos
      expect(dg14.securityInfos).toHaveLength(3)
      expect(key).toMatchObject({ kind: 'chip-authentication-public-key', name: 'id-PK-ECDH' })
      if (key?.kind === 'chip-authentication-public-key')
        expect(key.publicKey).toMatchObject({ type: 'ec', bits: 224 })
      expect(chip).toMatchObject({
        kind: 'chip-authentication',
        name: 'id-CA-ECDH-3DES-CBC-CBC',
        version: 1,
      })
      expect(terminal).toMatchObject({ kind: 'terminal-authentication', name: 'id-TA', version: 1 })
      expect(codes(dg14)).toEqual(['lds.security-infos-unsorted'])
    }
    const { securityInfos } = parseDg14(hjp('Datagroup14'))
    const key = securityInfos[0]!
    if (key.kind === 'chip-authentication-public-key')
      same(key.publicKey.encoded, hjp('DG14_pk').subarray(-key.publicKey.encoded.length))
  })
})

describe.skipIf(!haveReferenceData)(`a portrait in ISO/IEC 39794-5 ${withReferenceData}`, () => {
  const bytes = () => referenceData('emrtd', 'iso39794', 'ICAO_39794_5_AP_DG2_AllFields.dat')

  test('the header of its template is read', () => {
    const { header } = parseDg2(bytes()).templates[0]!
    expect(header).toMatchObject({
      created: { year: 2124, month: 1, day: 5, hour: 11, minute: 23, second: 45 },
      valid: { from: { year: 2124, month: 1, day: 5 }, to: { year: 2129, month: 1, day: 5 } },
      formatOwner: 0x0101,
      formatType: 0x002a,
    })
    expect(hex(header.creator!)).toBe('01030001')
  })

  test('every field is read and none is left over', () => {
    const dg2 = parseDg2(bytes())
    expect(codes(dg2)).toEqual([])
    const { record } = dg2.templates[0]!
    if (record?.format !== 'ISO/IEC 39794-5') throw new Error('another format')
    expect(record.data.version).toEqual({ generation: 3, year: 2019 })
    const [only] = record.data.representations
    const { picture, attackDetection, identity, ...rest } = only!
    expect(rest).toEqual({
      id: 0,
      captured: { year: 2024, month: 1, day: 20, hour: 13, minute: 23, second: 9, millisecond: 908 },
      qualities: [{ algorithm: { organisation: 1, id: 1 }, score: 99 }],
      session: 9,
      derivedFrom: 0,
      captureDevice: { model: { organisation: 1, id: 1 }, certifications: [{ organisation: 2, id: 2 }] },
      landmarks: [{ kind: { list: 'mpeg4', code: 10 }, place: { x: 90, y: 22 } }],
    })
    expect(attackDetection).toMatchObject({
      decision: 'no attack',
      scores: [{ mechanism: { organisation: 1, id: 1 }, score: 99 }],
      captureContext: 'enrolment',
      supervision: 'unknown',
      riskLevel: 5,
      criteria: 'common',
      captured: { year: 2024, month: 1, day: 22, hour: 15, minute: 16, second: 17, millisecond: 18 },
    })
    expect(attackDetection?.challenges).toHaveLength(1)
    expect(identity).toMatchObject({
      gender: 'female',
      eyeColour: 'blue',
      hairColour: 'brown',
      height: 1786,
      properties: { glasses: false, headCovering: false },
      expression: { neutral: true, smile: false },
      pose: {
        yaw: { degrees: 2, uncertainty: 1 },
        pitch: { degrees: 3, uncertainty: 1 },
        roll: { degrees: 1, uncertainty: 2 },
      },
    })
    expect(picture?.information).toMatchObject({
      format: 'JPEG 2000 lossy',
      kind: 'travel document',
      lossyTransformations: 'none',
      cameraToSubject: 3000,
      sensorDiagonal: 43,
      focalLength: 55,
      size: { width: 572, height: 731 },
      measurements: { headWidth: 300, interEyeDistance: 150, eyeToMouthDistance: 180, headLength: 500 },
      colourSpace: 'RGB 24 bit',
    })
    expect(Object.values(picture!.information.processing!)).toEqual(Array(12).fill(false))
    expect(picture?.information.referenceColours?.values).toHaveLength(1)
    expect(picture?.camera).toEqual({
      spectrum: { whiteLight: false, nearInfrared: false, thermal: false },
      technology: 'photograph by digital camera',
    })
  })

  test('its image is a view on the file, and the same JPEG 2000 as the one beside it', () => {
    const file = bytes()
    const [image] = parseDg2(file).images
    expect(image?.kind).toBe('jpeg2000')
    expect(image?.bytes.buffer).toBe(file.buffer)
    expect(image?.bytes.length).toBe(15_000)
    same(image!.bytes, referenceData('emrtd', 'images', 'silver.jp2'))
  })

  test('the template is written again octet for octet, its record as it stands', () => {
    same(encodeDg2Templates(parseDg2(bytes()).templates), bytes())
  })
})
