/** Which rules these are: a decision names it, and is judged by it for good. A change of the list is a new version. */
export const RULES_VERSION = 'utopia-2026-1'
/** From this day on. */
export const RULES_VALID_FROM = '2026-09-01'

export type DocumentCode = 'PR' | 'PS' | 'PT'

/** A reason for which a passport is given, or is not. */
export interface Ground {
  readonly code: string
  readonly kind: 'approve' | 'refuse'
  /** The law, as it is cited. */
  readonly law: readonly string[]
  /** Of a reason for: which papers it carries. [9303-4 §4.4] */
  readonly documents?: readonly DocumentCode[]
}

/** Every reason there is. A wanted notice is none: it is looked at by itself, and what remains is decided by these. */
export const GROUNDS = [
  {
    code: 'refugee',
    kind: 'approve',
    law: ['1951 Convention Art. 28', 'Utopian Aliens Act § 12(1)'],
    documents: ['PR'],
  },
  {
    code: 'refugee-elsewhere',
    kind: 'approve',
    law: ['1951 Convention Schedule § 11', 'Utopian Aliens Act § 12(2)'],
    documents: ['PR'],
  },
  {
    code: 'stateless',
    kind: 'approve',
    law: ['1954 Convention Art. 28', 'Utopian Aliens Act § 13'],
    documents: ['PS'],
  },
  {
    code: 'subsidiary-protection',
    kind: 'approve',
    law: ['Utopian Aliens Act § 14(1)'],
    documents: ['PR', 'PT'],
  },
  {
    code: 'passport-refused',
    kind: 'approve',
    law: ['Utopian Aliens Act § 15(1)(a)'],
    documents: ['PT'],
  },
  {
    code: 'passport-taken',
    kind: 'approve',
    law: ['Utopian Aliens Act § 15(1)(b)'],
    documents: ['PT'],
  },
  {
    code: 'passport-not-to-be-asked-for',
    kind: 'approve',
    law: ['Utopian Aliens Act § 15(2)'],
    documents: ['PT'],
  },
  {
    code: 'persecuted-for-opinion',
    kind: 'approve',
    law: ['Utopian Aliens Act § 15(3)', 'Nansen Arrangement Art. 2'],
    documents: ['PR', 'PT'],
  },
  {
    code: 'family-of-holder',
    kind: 'approve',
    law: ['Utopian Aliens Act § 16(1)', 'Convention on the Rights of the Child Art. 10'],
    documents: ['PR', 'PS', 'PT'],
  },
  {
    code: 'no-ground-shown',
    kind: 'refuse',
    law: ['Utopian Aliens Act § 20(1)'],
  },
  {
    code: 'identity-not-established',
    kind: 'refuse',
    law: ['Utopian Aliens Act § 20(2)'],
  },
  {
    code: 'stay-not-lawful',
    kind: 'refuse',
    law: ['1951 Convention Art. 28(1)', 'Utopian Aliens Act § 20(3)'],
  },
  {
    code: 'own-passport-usable',
    kind: 'refuse',
    law: ['Utopian Aliens Act § 20(4)'],
  },
  {
    code: 'paper-held-already',
    kind: 'refuse',
    law: ['1951 Convention Schedule § 13(3)', 'Utopian Aliens Act § 20(5)'],
  },
  {
    code: 'evidence-false',
    kind: 'refuse',
    law: ['Utopian Aliens Act § 21(1)'],
  },
  {
    code: 'compelling-security',
    kind: 'refuse',
    law: ['1951 Convention Art. 28(1)', 'Utopian Aliens Act § 21(2)'],
  },
  {
    code: 'request-not-answered',
    kind: 'refuse',
    law: ['Utopian Aliens Act § 22'],
  },
] as const satisfies readonly Ground[]

export type GroundCode = (typeof GROUNDS)[number]['code']

export const groundOf = (code: string): Ground | undefined => GROUNDS.find((ground) => ground.code === code)
