import { type Element, encodeElement, Fields, inPieces, type Pieces } from '../tlv/index.ts'
import {
  type BiometricHeader,
  type BiometricTemplate,
  encodeBiometricTemplates,
  readBiometricTemplates,
} from './biometric-templates.ts'
import type { Deviation, Deviations } from './deviation.ts'
import { type Face, type FaceToWrite, faceRecordPieces, isFaceRecord, readFaceRecord } from './face-image.ts'
import { type FaceImageData, readFaceImageData } from './face-image-39794.ts'
import { openFile, type RawElement } from './file.ts'
import type { EmbeddedImage } from './image-kind.ts'

const CITES = '9303-10 §4.7.2'
/** Octets of the largest DG2 that is read. */
export const MAX_DG2 = 200 * 1024

/** The record of one face, in one of the two formats; `encoded` is the element as it stands. */
export type FaceRecord = (
  | { readonly format: 'ISO/IEC 19794-5'; readonly faces: readonly Face[] }
  | { readonly format: 'ISO/IEC 39794-5'; readonly data: FaceImageData }
  | { readonly format: 'unknown' }
) & { readonly encoded: Uint8Array }

export interface FaceTemplate {
  readonly header: BiometricHeader
  /** Absent where the template holds none. */
  readonly record?: FaceRecord
}

export interface Dg2 {
  readonly templates: readonly FaceTemplate[]
  /** Every image in the order of the file, as views; most travel documents have one. */
  readonly images: readonly EmbeddedImage[]
  readonly unknown: readonly RawElement[]
  readonly deviations: readonly Deviation[]
}

/**
 * DG2, the face: `75 { 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E record } … } }`. A DG2 without an
 * image, or with a record in another format, is read and reported. [9303-10 §4.7.2]
 * @param bytes the file and nothing after it
 * @throws FormatError tlv.*, der.*, lds.count, lds.face-record-*
 */
export function parseDg2(bytes: Uint8Array): Dg2 {
  const { file, deviations } = openFile(bytes, 0x75, CITES, MAX_DG2)
  const inside = new Fields(file, CITES)
  const group = inside.take(0x7f61)
  inside.end()
  const { templates: raw, unknown } = readBiometricTemplates(group, deviations)
  const templates = raw.map((template) => readTemplate(template, group, deviations))
  if (templates.length === 0) deviations.add('lds.image-missing', group.start, CITES)
  return { templates, images: templates.flatMap(imagesOf), unknown, deviations: deviations.list }
}

function readTemplate(
  { header, record }: BiometricTemplate,
  group: Element,
  deviations: Deviations,
): FaceTemplate {
  if (record !== undefined) return { header, record: readRecord(record, deviations) }
  deviations.add('lds.image-missing', group.start, CITES)
  return { header }
}

function readRecord(record: Element, deviations: Deviations): FaceRecord {
  const { encoded, content, tag, start } = record
  if (isFaceRecord(content)) {
    if (tag !== 0x5f2e) deviations.add('lds.biometric-tag', start, CITES)
    return { format: 'ISO/IEC 19794-5', faces: readFaceRecord(record, deviations), encoded }
  }
  if (content[0] === 0xa1) {
    if (tag !== 0x7f2e) deviations.add('lds.biometric-tag', start, CITES)
    return { format: 'ISO/IEC 39794-5', data: readFaceImageData(record, deviations), encoded }
  }
  deviations.add('lds.biometric-unknown', start, CITES)
  return { format: 'unknown', encoded }
}

function imagesOf({ record }: FaceTemplate): EmbeddedImage[] {
  if (record?.format === 'ISO/IEC 19794-5') return record.faces.map(({ image }) => image)
  if (record?.format !== 'ISO/IEC 39794-5') return []
  return record.data.representations.flatMap(({ picture }) => (picture === undefined ? [] : [picture.image]))
}

const VERSION = Uint8Array.of(1, 1)
const FACE = Uint8Array.of(2)
const NO_SUBTYPE = Uint8Array.of(0)

/**
 * A DG2 with one portrait as an ISO/IEC 19794-5 record. Width and height are those of the image in pixels.
 * [9303-10 §4.7.2]
 * @throws RangeError for an image that is neither JPEG nor JPEG 2000, or a number that does not fit
 */
export function encodeDg2(portrait: FaceToWrite): Uint8Array {
  const header: BiometricHeader = {
    version: VERSION,
    type: FACE,
    subtype: NO_SUBTYPE,
    formatOwner: 0x0101,
    formatType: 0x0008,
  }
  return encodeTemplates([{ header, record: faceRecord([portrait]) }])
}

/**
 * Writes templates as they were read: records of ISO/IEC 19794-5 anew from their values, others as they
 * stand. A file read without deviations comes out octet for octet.
 * @throws RangeError for a template without a record
 */
export function encodeDg2Templates(templates: readonly FaceTemplate[]): Uint8Array {
  const parts = templates.map(({ header, record }) => {
    if (record === undefined) throw new RangeError('encodeDg2Templates: a template without a record')
    if (record.format !== 'ISO/IEC 19794-5') return { header, record: [record.encoded] }
    return { header, record: faceRecord(record.faces.map((face) => ({ ...face, image: face.image.bytes }))) }
  })
  return encodeTemplates(parts)
}

const faceRecord = (faces: readonly FaceToWrite[]): Pieces => inPieces(0x5f2e, ...faceRecordPieces(faces))

const encodeTemplates = (templates: Parameters<typeof encodeBiometricTemplates>[0]): Uint8Array =>
  encodeElement(0x75, ...encodeBiometricTemplates(templates))
