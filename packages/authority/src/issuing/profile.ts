import type { KeyAlgorithm } from '@nansen/signing'

/**
 * What a booklet is made like. An order names its profile and one version of it is used from draft to release, so that
 * two versions of this program at work at once never mix in one paper (P3). A profile that was used is not changed:
 * a new one gets a new name.
 */
export interface BookletProfile {
  readonly name: string
  /** Full years of validity; the last day is the day before the anniversary. */
  readonly years: number
  readonly ldsVersion: string
  readonly unicodeVersion: string
}

/** Two years, as the default of the arrangement is one or two. */
const BOOKLET_1: BookletProfile = {
  name: 'booklet-1',
  years: 2,
  ldsVersion: '0108',
  unicodeVersion: '040000',
}

const PROFILES: ReadonlyMap<string, BookletProfile> = new Map([[BOOKLET_1.name, BOOKLET_1]])

export const CURRENT_PROFILE = BOOKLET_1.name

/** `undefined` for a profile that this version does not know: it must then not issue by it. */
export const profileNamed = (name: string): BookletProfile | undefined => PROFILES.get(name)

/** Hash of data groups and of the signed attributes, by the signer's algorithm. [9303-10 §4.6.2] */
export const hashFor = (algorithm: KeyAlgorithm): 'sha256' | 'sha384' =>
  algorithm === 'P-384' || algorithm === 'brainpoolP384r1' ? 'sha384' : 'sha256'
