/**
 * Officers of a state that does not exist, with their keys in files: a newcomer plays every role. What they sign looks
 * like a passkey's answer and is believed under the root of a specimen office alone; an office of a state that exists
 * never loads this folder. P1
 */
export { makeSpecimenOfficers } from './make-specimen-officers.ts'
export { openSpecimenOfficers, type SpecimenOfficers } from './specimen-officers.ts'
