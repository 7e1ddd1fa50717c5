/**
 * The files on the chip: each read within limits, each field that departs from the standard reported and
 * not hidden, and each written as the standard says. What a hash covers is never written anew.
 * [9303-10 §4.6] [9303-10 §4.7]
 */
export type { BiometricHeader } from './biometric-templates.ts'
export {
  ALL_FILES,
  DATA_GROUPS,
  type DataGroup,
  dataGroupByNumber,
  dataGroupByTag,
  EF_COM,
  EF_SOD,
} from './data-groups.ts'
export {
  type CalendarDate,
  type DateTime,
  isCalendarDate,
  isoDate,
  type PartialDate,
} from './dates.ts'
export type { Deviation, LdsDeviationCode } from './deviation.ts'
export { type Dg1, encodeDg1, parseDg1 } from './dg1.ts'
export {
  type Dg2,
  encodeDg2,
  encodeDg2Templates,
  type FaceRecord,
  type FaceTemplate,
  MAX_DG2,
  parseDg2,
} from './dg2.ts'
export { encodeDg5, parseDg5 } from './dg5.ts'
export { encodeDg7, parseDg7 } from './dg7.ts'
export { type Dg11, type Dg11Fields, encodeDg11, parseDg11 } from './dg11.ts'
export { type Dg12, type Dg12Fields, encodeDg12, parseDg12 } from './dg12.ts'
export {
  type Dg13,
  encodeDg13,
  parseDg13,
  type ReturnRightRecord,
  type StatusReference,
} from './dg13.ts'
export { type Dg14, encodeDg14, parseDg14 } from './dg14.ts'
export { type Dg15, encodeDg15, parseDg15 } from './dg15.ts'
export { type Dg16, encodeDg16, type PersonToNotify, parseDg16 } from './dg16.ts'
export type { DisplayedImages } from './displayed-images.ts'
export { type EfCom, type EfComFields, encodeEfCom, parseEfCom } from './ef-com.ts'
export type { LdsErrorCode } from './errors.ts'
export {
  encodeFaceRecord,
  type Face,
  type FaceToWrite,
  type FeaturePoint,
} from './face-image.ts'
export type { FaceImageData, FaceRepresentation } from './face-image-39794.ts'
export { MAX_FILE, type RawElement } from './file.ts'
export { type BiometricGroup, type Framed, parseBiometricGroup, parseFramed } from './framed.ts'
export { type EmbeddedImage, type ImageKind, imageKind } from './image-kind.ts'
export {
  type DataGroupHash,
  encodeLdsSecurityObject,
  type LdsSecurityObject,
} from './lds-security-object.ts'
export type { PublicKeyInfo } from './public-key-info.ts'
export { type RecognisedFile, recogniseFile } from './recognise-file.ts'
export {
  findReturnRight,
  type ReturnRight,
  returnRightText,
  sameReturnRight,
} from './return-right.ts'
export {
  encodeActiveAuthenticationInfo,
  encodeChipAuthenticationInfo,
  encodeChipAuthenticationPublicKey,
  encodePaceInfo,
  type SecurityInfo,
  type SecurityInfoKind,
} from './security-info.ts'
export { protocolName } from './security-protocols.ts'
export * from './sod.ts'
export type { SodErrorCode } from './sod-errors.ts'
export { partsOf, splitName } from './text.ts'
