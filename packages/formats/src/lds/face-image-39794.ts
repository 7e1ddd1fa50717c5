import { FormatError } from '../format-error.ts'
import { childrenOf, type Element } from '../tlv/index.ts'
import type { Deviations } from './deviation.ts'
import { type EmbeddedImage, imageKind, readImage } from './image-kind.ts'
import {
  type BlockOf,
  block,
  choice,
  code,
  flag,
  listOf,
  listOfOctets,
  octets,
  oneOf,
  optional,
  type Read,
  required,
  signed,
  whole,
} from './tagged-block.ts'

/*
 * This software makes use of the schemas of ISO/IEC 39794-1 and ISO/IEC 39794-5, in the profile of ICAO for
 * travel documents, within the modifications permitted in these standards. Field numbers below are theirs.
 */

const CITES = 'ISO39794-5 §A'

const registryId = block({ organisation: required(0, whole), id: required(1, whole) })

const dateTime = block({
  year: required(0, whole),
  month: optional(1, whole),
  day: optional(2, whole),
  hour: optional(3, whole),
  minute: optional(4, whole),
  second: optional(5, whole),
  millisecond: optional(6, whole),
})

/** 0 to 100, or `undefined` where the algorithm failed. */
const score: Read<number | undefined> = choice<number | undefined>({ 0: whole, 1: () => undefined })

const quality = block({ algorithm: required(0, registryId), score: required(1, score) })

/** How it was ascertained that a living person was before the camera. */
const attackDetection = block({
  decision: optional(0, oneOf({ 0: 'no attack', 1: 'attack', 2: 'failed to assess' })),
  scores: optional(1, listOf(block({ mechanism: required(0, registryId), score: required(1, score) }))),
  extendedData: optional(2, listOf(block({ type: required(0, registryId), data: required(1, octets) }))),
  captureContext: optional(3, oneOf({ 0: 'enrolment', 1: 'verification', 2: 'identification' })),
  supervision: optional(
    4,
    oneOf({ 0: 'unknown', 1: 'controlled', 2: 'assisted', 3: 'observed', 4: 'unattended' }),
  ),
  riskLevel: optional(5, whole),
  criteria: optional(6, oneOf({ 0: 'unknown', 1: 'individual', 2: 'common' })),
  parameter: optional(7, octets),
  challenges: optional(8, listOfOctets),
  captured: optional(9, dateTime),
})

const captureDevice = block({
  model: optional(0, registryId),
  certifications: optional(1, listOf(registryId)),
})

const angle = block({ degrees: required(0, signed), uncertainty: optional(1, whole) })

const EYE_COLOURS = [
  ...['unknown', 'other', 'black', 'blue', 'brown'],
  ...['grey', 'green', 'hazel', 'several', 'pink'],
]
const HAIR_COLOURS = [
  ...['unknown', 'other', 'bald', 'black', 'blonde'],
  ...['brown', 'grey', 'white', 'red', 'known colour'],
]

const identity = block({
  gender: optional(0, oneOf({ 0: 'unknown', 1: 'other', 2: 'male', 3: 'female' })),
  eyeColour: optional(1, oneOf(EYE_COLOURS)),
  hairColour: optional(2, oneOf(HAIR_COLOURS)),
  /** In millimetres. */
  height: optional(3, whole),
  properties: optional(
    4,
    block({
      glasses: optional(0, flag),
      moustache: optional(1, flag),
      beard: optional(2, flag),
      teethVisible: optional(3, flag),
      pupilOrIrisNotVisible: optional(4, flag),
      mouthOpen: optional(5, flag),
      leftEyePatch: optional(6, flag),
      rightEyePatch: optional(7, flag),
      darkGlasses: optional(8, flag),
      biometricAbsent: optional(9, flag),
      headCovering: optional(10, flag),
    }),
  ),
  expression: optional(
    5,
    block({
      neutral: optional(0, flag),
      smile: optional(1, flag),
      raisedEyebrows: optional(2, flag),
      eyesLookingAway: optional(3, flag),
      squinting: optional(4, flag),
      frowning: optional(5, flag),
    }),
  ),
  pose: optional(6, block({ yaw: optional(0, angle), pitch: optional(1, angle), roll: optional(2, angle) })),
})

export interface LandmarkKind {
  readonly list: 'mpeg4' | 'anthropometric-name' | 'anthropometric-point' | 'anthropometric-id'
  /** Number of the landmark in that list. */
  readonly code: number | undefined
}

const fromList =
  (list: LandmarkKind['list']): Read<LandmarkKind> =>
  (element, deviations) => ({ list, code: code(element, deviations) })

const nothing = (): undefined => undefined

const landmarkKind = choice<LandmarkKind | undefined>({
  0: choice<LandmarkKind | undefined>({
    0: fromList('mpeg4'),
    1: choice<LandmarkKind | undefined>({
      0: choice({
        0: fromList('anthropometric-name'),
        1: fromList('anthropometric-point'),
        2: fromList('anthropometric-id'),
      }),
      1: nothing,
    }),
  }),
  1: nothing,
})

export interface LandmarkPlace {
  readonly x: number
  readonly y: number
  readonly z?: number | undefined
}

const flat = block({ x: required(0, whole), y: required(1, whole) })
const landmarkPlace = choice<LandmarkPlace | undefined>({
  0: choice<LandmarkPlace>({
    0: flat,
    1: flat, // on a texture; U and V have the numbers of X and Y
    2: block({ x: required(0, whole), y: required(1, whole), z: required(2, whole) }),
  }),
  1: nothing,
})

const landmark = block({ kind: required(0, landmarkKind), place: optional(1, landmarkPlace) })

const imageInformation = block({
  format: required(0, oneOf({ 2: 'JPEG', 3: 'JPEG 2000 lossy', 4: 'JPEG 2000 lossless' })),
  kind: optional(1, oneOf({ 0: 'travel document' })),
  processing: optional(
    2,
    block({
      rotated: optional(0, flag),
      cropped: optional(1, flag),
      downSampled: optional(2, flag),
      whiteBalanceAdjusted: optional(3, flag),
      multiplyCompressed: optional(4, flag),
      interpolated: optional(5, flag),
      contrastStretched: optional(6, flag),
      poseCorrected: optional(7, flag),
      multiViewImage: optional(8, flag),
      ageProgressed: optional(9, flag),
      superResolution: optional(10, flag),
      normalised: optional(11, flag),
    }),
  ),
  lossyTransformations: optional(3, oneOf({ 0: 'unknown', 1: 'none', 2: 'one', 3: 'more than one' })),
  /** In millimetres. */
  cameraToSubject: optional(4, whole),
  sensorDiagonal: optional(5, whole),
  focalLength: optional(6, whole),
  /** In pixels. */
  size: optional(7, block({ width: required(0, whole), height: required(1, whole) })),
  /** In pixels. */
  measurements: optional(
    8,
    block({
      headWidth: optional(0, whole),
      interEyeDistance: optional(1, whole),
      eyeToMouthDistance: optional(2, whole),
      headLength: optional(3, whole),
    }),
  ),
  colourSpace: optional(
    9,
    oneOf({
      ...{ 0: 'unknown', 1: 'other', 2: 'RGB 24 bit', 3: 'RGB 48 bit' },
      ...{ 4: 'YUV 4:2:2', 5: 'grey 8 bit', 6: 'grey 16 bit' },
    }),
  ),
  referenceColours: optional(
    10,
    block({
      schema: optional(0, octets),
      values: optional(1, listOf(block({ definition: optional(0, octets), value: optional(1, octets) }))),
    }),
  ),
})

const TECHNOLOGIES = [
  ...['unknown', 'photograph', 'photograph by digital camera', 'photograph by scanner'],
  ...['video', 'video by analogue camera', 'video by digital camera'],
]

/** The image, and reports on it at the place where it stands. */
const image: Read<EmbeddedImage> = (element, deviations) =>
  readImage(octets(element, deviations), element.contentStart, deviations, CITES)

const flatImage = block({
  image: required(0, image),
  information: required(1, imageInformation),
  camera: optional(
    2,
    block({
      spectrum: optional(
        0,
        block({ whiteLight: optional(0, flag), nearInfrared: optional(1, flag), thermal: optional(2, flag) }),
      ),
      technology: optional(1, oneOf(TECHNOLOGIES)),
    }),
  ),
})

const representation = block({
  id: required(0, whole),
  /** `undefined` for an image that is not flat: of a later edition. */
  picture: required(1, choice<BlockOfFlatImage | undefined>({ 0: choice({ 0: flatImage }), 1: nothing })),
  captured: optional(2, dateTime),
  qualities: optional(3, listOf(quality)),
  attackDetection: optional(4, attackDetection),
  session: optional(5, whole),
  derivedFrom: optional(6, whole),
  captureDevice: optional(7, captureDevice),
  identity: optional(8, identity),
  landmarks: optional(9, listOf(landmark)),
})

type BlockOfFlatImage = ReturnType<typeof flatImage>

const faceImageData = block({
  version: required(0, block({ generation: required(0, whole), year: required(1, whole) })),
  representations: required(1, listOf(representation)),
})

/** A face image record of ISO/IEC 39794-5: its edition, and each representation with all that is said of it. */
export type FaceImageData = ReturnType<typeof faceImageData>
export type FaceRepresentation = FaceImageData['representations'][number]
export type { BlockOf }

/** More faces than a travel document has. */
const MOST_REPRESENTATIONS = 16

/**
 * Reads a face image record of ISO/IEC 39794-5 in the profile of travel documents: `A1 { 65 { … } }` inside
 * the data block `7F2E`. Every field of the profile is read; fields of later editions are reported.
 * @throws FormatError tlv.*, der.*
 */
export function readFaceImageData(dataBlock: Element, deviations: Deviations): FaceImageData {
  const outer = childrenOf(dataBlock, 8)
  if (outer[0]?.tag !== 0xa1) throw new FormatError('tlv.unexpected-tag', dataBlock.contentStart, CITES)
  const inner = childrenOf(outer[0], 8)
  if (inner[0]?.tag !== 0x65) throw new FormatError('tlv.unexpected-tag', outer[0].contentStart, CITES)
  for (const extra of [outer[1], inner[1]])
    if (extra !== undefined) deviations.add('lds.element-unknown', extra.start, CITES)
  const data = faceImageData(inner[0], deviations)
  if (data.representations.length > MOST_REPRESENTATIONS)
    throw new FormatError('tlv.too-many', inner[0].start, CITES)
  if (data.representations.length === 0) deviations.add('lds.image-missing', inner[0].start, CITES)
  reportFormats(data, inner[0], deviations)
  return data
}

/** The stated format against the image's own first octets. */
function reportFormats(data: FaceImageData, at: Element, deviations: Deviations): void {
  for (const { picture } of data.representations) {
    if (picture === undefined || picture.image.kind === 'unknown') continue
    const jpeg = picture.information.format === 'JPEG'
    if (jpeg !== (imageKind(picture.image.bytes) === 'jpeg'))
      deviations.add('lds.image-kind', at.start, CITES)
  }
}
