/** Where somebody can be seen and their face compared with their picture. Never at a consulate of the state they fled. */
export interface Place {
  readonly code: string
  readonly kind: 'office' | 'consulate' | 'mobile-team'
}

export const PLACES = [
  { code: 'office-capital', kind: 'office' },
  { code: 'office-harbour', kind: 'office' },
  { code: 'consulate-ruritania', kind: 'consulate' },
  { code: 'consulate-zembla', kind: 'consulate' },
  { code: 'mobile-team-north', kind: 'mobile-team' },
  { code: 'mobile-team-south', kind: 'mobile-team' },
] as const satisfies readonly Place[]

export type PlaceCode = (typeof PLACES)[number]['code']

export const placeOf = (code: string): Place | undefined => PLACES.find((place) => place.code === code)
