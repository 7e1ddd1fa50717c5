/** 4 shows who somebody is nearly by itself; 1 helps where there is other evidence. */
export type EvidenceStrength = 1 | 2 | 3 | 4

/** A kind of evidence. What only the state that somebody fled could give is never asked for, nor what only an army has. */
export interface EvidenceKind {
  readonly code: string
  readonly strength: EvidenceStrength
  /** What is uploaded: a picture, or the files of a chip as an archive. */
  readonly upload: 'picture' | 'chip'
}

export const EVIDENCE_KINDS = [
  { code: 'old-passport-chip', strength: 4, upload: 'chip' },
  { code: 'expired-passport', strength: 4, upload: 'picture' },
  { code: 'internal-passport', strength: 3, upload: 'picture' },
  { code: 'residence-permit', strength: 3, upload: 'picture' },
  { code: 'birth-certificate', strength: 3, upload: 'picture' },
  { code: 'driving-licence', strength: 2, upload: 'picture' },
  { code: 'marriage-certificate', strength: 2, upload: 'picture' },
  { code: 'diploma', strength: 2, upload: 'picture' },
  { code: 'referee', strength: 2, upload: 'picture' },
  { code: 'letter', strength: 1, upload: 'picture' },
] as const satisfies readonly EvidenceKind[]

export type EvidenceKindCode = (typeof EVIDENCE_KINDS)[number]['code']

export const evidenceKindOf = (code: string): EvidenceKind | undefined =>
  EVIDENCE_KINDS.find((kind) => kind.code === code)
