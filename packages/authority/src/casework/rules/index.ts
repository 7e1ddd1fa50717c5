/**
 * The rules by which this office decides: published, with a version and the law cited. They are lists of codes; what a
 * code says to people stands in the texts of the pages, in every language. No rule here looks at where somebody was
 * born or of which state they are, and none lets a wanted notice refuse anybody.
 */
export { type ChipReading, isChipEvidence, readChip } from './chip-reading.ts'
export {
  EVIDENCE_KINDS,
  type EvidenceKind,
  type EvidenceKindCode,
  type EvidenceStrength,
  evidenceKindOf,
} from './evidence-kinds.ts'
export { CURRENCY, FEES, type FeeKind, feeFor } from './fees.ts'
export {
  GROUNDS,
  type Ground,
  type GroundCode,
  groundOf,
  RULES_VALID_FROM,
  RULES_VERSION,
} from './grounds.ts'
export { PLACES, type Place, type PlaceCode, placeOf } from './places.ts'
export { STAY_BASES, type StayBasis, type StayBasisCode, stayBasisOf } from './stay-bases.ts'
