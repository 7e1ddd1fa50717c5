import type { CaseFile, EvidencePiece } from '@nansen/authority'

/** What of an application a piece of evidence speaks for. */
export type Supported = 'name' | 'birth' | 'nationality' | 'stay' | 'reasons'

const IDENTITY: readonly Supported[] = ['name', 'birth', 'nationality']

/** Where a kind speaks for something else than who somebody is; a new kind needs no line here. */
const OTHERWISE: Readonly<Record<string, readonly Supported[]>> = {
  'residence-permit': ['name', 'stay'],
  'birth-certificate': ['name', 'birth'],
  'driving-licence': ['name', 'birth'],
  'marriage-certificate': ['name'],
  diploma: ['name'],
  referee: ['name', 'reasons'],
  letter: ['reasons'],
  'evidence-of-name': ['name'],
  'evidence-of-birth': ['birth'],
  'evidence-of-stay': ['stay'],
  'reason-explained': ['reasons'],
}

export const supportedBy = ({ kind }: EvidencePiece): readonly Supported[] => OTHERWISE[kind] ?? IDENTITY

/** Numbers, from 1, of the evidence that speaks for something. */
export const evidenceFor = ({ evidence }: CaseFile, what: Supported): readonly number[] =>
  evidence.flatMap((piece, i) => (supportedBy(piece).includes(what) ? [i + 1] : []))
