import { SigningRefusal } from './signing.ts'

/**
 * The states that do not exist, by two letters, with their code in the zone: Utopia, the specimen state of
 * [9303-3 §5], and two with codes that ISO leaves to users [ISO3166-1 §8]. Papers of a state that exists need the
 * signatures of two officers, which nothing here can check yet, so nothing here signs for one.
 */
const SPECIMEN_STATES: ReadonlyMap<string, string> = new Map([
  ['UT', 'UTO'],
  ['QR', 'QRR'],
  ['QZ', 'QZZ'],
])

/** The code in the zone of a state that does not exist; `undefined` for every other. */
export const specimenCode = (state: string): string | undefined => SPECIMEN_STATES.get(state)

/** @throws SigningRefusal key.real-state */
export function demandSpecimenState(state: string): void {
  if (!SPECIMEN_STATES.has(state)) throw new SigningRefusal('key.real-state')
}
