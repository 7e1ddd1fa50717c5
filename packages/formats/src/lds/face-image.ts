import { FormatError } from '../format-error.ts'
import { concat, type Element, type Pieces } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'
import { type EmbeddedImage, imageKind, readImage } from './image-kind.ts'

/** A place on the face. [ISO19794-5 §5.6] */
export interface FeaturePoint {
  /** 1: a point of MPEG-4. */
  readonly type: number
  /** Two numbers of four bits: the group and the point in it. */
  readonly point: number
  readonly x: number
  readonly y: number
}

/** One face: what is known of it, and the image. Codes are those of the standard. [ISO19794-5 §5.5] [ISO19794-5 §5.7] */
export interface Face {
  /** 0 not stated, 1 male, 2 female, 255 unknown. */
  readonly gender: number
  /** 0 not stated, 1 black, 2 blue, 3 brown, 4 grey, 5 green, 6 of several colours, 7 pink, 255 other. */
  readonly eyeColour: number
  /** 0 not stated, 1 bald, 2 black, 3 blonde, 4 brown, 5 grey, 6 white, 7 red, 255 other. */
  readonly hairColour: number
  /** 24 flags: glasses, moustache, beard, … */
  readonly properties: number
  readonly expression: number
  /** Yaw, pitch and roll, in the units of the standard; zeros where not stated. */
  readonly pose: readonly [number, number, number]
  readonly poseUncertainty: readonly [number, number, number]
  readonly featurePoints: readonly FeaturePoint[]
  /** 0 basic, 1 full frontal, 2 token frontal. */
  readonly imageType: number
  /** 0 JPEG, 1 JPEG 2000. */
  readonly imageDataType: number
  /** In pixels, as the record states them; specimens state other sizes than their image has. */
  readonly width: number
  readonly height: number
  /** 0 not stated, 1 RGB 24 bit, 2 YUV 4:2:2, 3 grey 8 bit, 4 other. */
  readonly colourSpace: number
  /** 0 not stated, 1 photograph, 2 photograph by digital camera, 3 by scanner, 4 to 6 video. */
  readonly sourceType: number
  readonly deviceType: number
  readonly quality: number
  readonly image: EmbeddedImage
}

const FORMAT = [0x46, 0x41, 0x43, 0] // "FAC" and a zero
const VERSION = [0x30, 0x31, 0x30, 0] // "010" and a zero
const RECORD_HEADER = 14
const FACE_HEADER = 20
const POINT = 8
const IMAGE_HEADER = 12
/** A travel document has one; more than these is crafted. */
const MOST_FACES = 16
const MOST_POINTS = 255
/** Octets by which stated lengths have been met to be short: one (United Kingdom), eight (New Zealand). */
const MET_SHORT = 8

/** Whether octets begin as a face record of ISO/IEC 19794-5. */
export function isFaceRecord(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && FORMAT.every((octet, i) => bytes[i] === octet)
}

/**
 * Reads a face record of ISO/IEC 19794-5:2005. Images are views. A record that states a length up to eight
 * octets shorter than it has is read and reported. [ISO19794-5 §5]
 * @param element the element whose content is the record
 * @throws FormatError lds.face-record-version, lds.face-record-length, tlv.too-many
 */
export function readFaceRecord(element: Element, deviations: Deviations): Face[] {
  const { input, contentStart, contentEnd } = element
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  if (contentEnd - contentStart < RECORD_HEADER || !isFaceRecord(element.content))
    throw new FormatError('lds.face-record-length', contentStart, 'ISO19794-5 §5.4')
  if (!VERSION.every((octet, i) => input[contentStart + 4 + i] === octet))
    throw new FormatError('lds.face-record-version', contentStart + 4, 'ISO19794-5 §5.4')
  const count = view.getUint16(contentStart + 12)
  if (count > MOST_FACES) throw new FormatError('tlv.too-many', contentStart + 12, 'ISO19794-5 §5.4')

  const faces: Face[] = []
  let at = contentStart + RECORD_HEADER
  for (let i = 0; i < count; i++) {
    const end = endOfFace(view, at, contentEnd)
    faces.push(readFace(view, input, at, end, deviations))
    at = end
  }
  checkLength(view.getUint32(contentStart + 8), at, element, deviations)
  if (count === 0) deviations.add('lds.image-missing', contentStart + 12, 'ISO19794-5 §5.4')
  return faces
}

function checkLength(stated: number, end: number, element: Element, deviations: Deviations): void {
  const real = end - element.contentStart
  if (stated !== real) {
    if (Math.abs(real - stated) > MET_SHORT)
      throw new FormatError('lds.face-record-length', element.contentStart + 8, 'ISO19794-5 §5.4')
    deviations.add('lds.face-record-length', element.contentStart + 8, 'ISO19794-5 §5.4')
  }
  if (end === element.contentEnd) return
  if (element.contentEnd - end > MET_SHORT)
    throw new FormatError('lds.face-record-length', end, 'ISO19794-5 §5.4')
  deviations.add('lds.face-record-padding', end, 'ISO19794-5 §5.4')
}

function endOfFace(view: DataView, at: number, end: number): number {
  const bad = () => new FormatError('lds.face-record-length', at, 'ISO19794-5 §5.5')
  if (at + FACE_HEADER + IMAGE_HEADER > end) throw bad()
  const length = view.getUint32(at)
  const points = view.getUint16(at + 4)
  if (points > MOST_POINTS) throw new FormatError('tlv.too-many', at + 4, 'ISO19794-5 §5.6')
  if (length < FACE_HEADER + points * POINT + IMAGE_HEADER || at + length > end) throw bad()
  return at + length
}

function readFace(view: DataView, input: Uint8Array, at: number, end: number, deviations: Deviations): Face {
  const points = view.getUint16(at + 4)
  const imageHeader = at + FACE_HEADER + points * POINT
  const imageStart = imageHeader + IMAGE_HEADER
  const imageDataType = view.getUint8(imageHeader + 1)
  const image = readImage(input.subarray(imageStart, end), imageStart, deviations, 'ISO19794-5 §5.8')
  if (image.kind !== 'unknown' && imageDataType !== dataTypeOf(image))
    deviations.add('lds.image-kind', imageHeader + 1, 'ISO19794-5 §5.7')
  return {
    gender: view.getUint8(at + 6),
    eyeColour: view.getUint8(at + 7),
    hairColour: view.getUint8(at + 8),
    properties: view.getUint32(at + 8) & 0xffffff,
    expression: view.getUint16(at + 12),
    pose: three(view, at + 14),
    poseUncertainty: three(view, at + 17),
    featurePoints: readPoints(view, at + FACE_HEADER, points, deviations),
    imageType: view.getUint8(imageHeader),
    imageDataType,
    width: view.getUint16(imageHeader + 2),
    height: view.getUint16(imageHeader + 4),
    colourSpace: view.getUint8(imageHeader + 6),
    sourceType: view.getUint8(imageHeader + 7),
    deviceType: view.getUint16(imageHeader + 8),
    quality: view.getUint16(imageHeader + 10),
    image,
  }
}

const three = (view: DataView, at: number): [number, number, number] => [
  view.getUint8(at),
  view.getUint8(at + 1),
  view.getUint8(at + 2),
]

function readPoints(view: DataView, from: number, count: number, deviations: Deviations): FeaturePoint[] {
  const points: FeaturePoint[] = []
  for (let at = from; at < from + count * POINT; at += POINT) {
    points.push({
      type: view.getUint8(at),
      point: view.getUint8(at + 1),
      x: view.getUint16(at + 2),
      y: view.getUint16(at + 4),
    })
    if (view.getUint16(at + 6) !== 0) deviations.add('lds.face-reserved', at + 6, 'ISO19794-5 §5.6')
  }
  return points
}

/** 0 JPEG, 1 JPEG 2000. */
function dataTypeOf(image: EmbeddedImage): number {
  return image.kind === 'jpeg' ? 0 : 1
}

/** What is needed to write a face; the rest is "not stated". */
export interface FaceToWrite extends Partial<Omit<Face, 'image' | 'imageDataType'>> {
  readonly width: number
  readonly height: number
  /** The whole JPEG or JPEG 2000 file; its kind is told by its first octets. */
  readonly image: Uint8Array
}

/**
 * A face record of ISO/IEC 19794-5:2005, full frontal unless said otherwise. [ISO19794-5 §5]
 * @throws RangeError for an image that is neither JPEG nor JPEG 2000, or a number that does not fit its field
 */
export const encodeFaceRecord = (faces: readonly FaceToWrite[]): Uint8Array =>
  concat(...faceRecordPieces(faces))

/** As {@link encodeFaceRecord}, to be put into a file: the images are not copied. */
export function faceRecordPieces(faces: readonly FaceToWrite[]): Pieces {
  if (faces.length === 0 || faces.length > MOST_FACES) throw new RangeError('encodeFaceRecord: faces')
  const head = new Uint8Array(RECORD_HEADER)
  const view = new DataView(head.buffer)
  head.set([...FORMAT, ...VERSION])
  view.setUint32(
    8,
    faces.reduce((sum, face) => sum + lengthOf(face), RECORD_HEADER),
  )
  view.setUint16(12, faces.length)
  return [head, ...faces.flatMap((face) => [faceHeader(face), face.image])]
}

const lengthOf = (face: FaceToWrite): number => headerOf(face) + face.image.length

/** Octets before the image. */
const headerOf = ({ featurePoints = [] }: FaceToWrite): number =>
  FACE_HEADER + featurePoints.length * POINT + IMAGE_HEADER

/** Writes numbers one after another, each of so many octets. */
function writer(record: Uint8Array): (octets: number, value: number) => void {
  let at = 0
  return (octets, value) => {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** octets)
      throw new RangeError('encodeFaceRecord: a number that does not fit its field')
    for (let shift = octets - 1; shift >= 0; shift--) record[at++] = Math.floor(value / 256 ** shift) & 0xff
  }
}

function faceHeader(face: FaceToWrite): Uint8Array {
  const kind = imageKind(face.image)
  if (kind === 'unknown') throw new RangeError('encodeFaceRecord: neither JPEG nor JPEG 2000')
  const points = face.featurePoints ?? []
  if (points.length > MOST_POINTS) throw new RangeError('encodeFaceRecord: feature points')
  const header = new Uint8Array(headerOf(face))
  const write = writer(header)
  write(4, lengthOf(face))
  write(2, points.length)
  write(1, face.gender ?? 0)
  write(1, face.eyeColour ?? 0)
  write(1, face.hairColour ?? 0)
  write(3, face.properties ?? 0)
  write(2, face.expression ?? 0)
  for (const angle of face.pose ?? [0, 0, 0]) write(1, angle)
  for (const angle of face.poseUncertainty ?? [0, 0, 0]) write(1, angle)
  for (const { type, point, x, y } of points) {
    write(1, type)
    write(1, point)
    write(2, x)
    write(2, y)
    write(2, 0)
  }
  write(1, face.imageType ?? 1)
  write(1, kind === 'jpeg' ? 0 : 1)
  write(2, face.width)
  write(2, face.height)
  write(1, face.colourSpace ?? 0)
  write(1, face.sourceType ?? 0)
  write(2, face.deviceType ?? 0)
  write(2, face.quality ?? 0)
  return header
}
