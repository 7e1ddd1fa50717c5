/** On what somebody stays where they are. */
export interface StayBasis {
  readonly code: string
}

export const STAY_BASES = [
  { code: 'residence-permit' },
  { code: 'asylum-procedure' },
  { code: 'temporary-protection' },
  { code: 'visa' },
  { code: 'visa-free' },
  { code: 'tolerated' },
  { code: 'none' },
] as const satisfies readonly StayBasis[]

export type StayBasisCode = (typeof STAY_BASES)[number]['code']

export const stayBasisOf = (code: string): StayBasis | undefined =>
  STAY_BASES.find((basis) => basis.code === code)
