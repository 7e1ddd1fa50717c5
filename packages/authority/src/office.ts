import type { Crypto } from '@nansen/inspection'
import type { Signing } from '@nansen/signing'
import type { Store } from '@nansen/store'
import type { Log } from '@nansen/store/log'

/** A state that issues. Today none that exists: those come with two officers' signatures over each order. */
export interface IssuingState {
  /** As in the zone. [9303-3 §5] */
  readonly code3: 'UTO' | 'QRR' | 'QZZ'
  /** As in its certificates. [9303-12 §7.1.1] */
  readonly code2: 'UT' | 'QR' | 'QZ'
  readonly name: string
}

/** ICAO's specimen state, and two with codes that ISO 3166 leaves to users. [ISO3166-1 §8] */
export const SPECIMEN_STATES: readonly IssuingState[] = [
  { code3: 'UTO', code2: 'UT', name: 'Utopia' },
  { code3: 'QRR', code2: 'QR', name: 'Ruritania' },
  { code3: 'QZZ', code2: 'QZ', name: 'Zembla' },
]

/** What the work of one authority needs; each act takes it as its first argument. */
export interface Office {
  readonly state: IssuingState
  readonly store: Store
  readonly signing: Signing
  readonly log: Pick<Log, 'enter' | 'sequence'>
  readonly crypto: Crypto
  readonly clock: () => Date
  readonly random: (octets: number) => Uint8Array
  /** Called after each named step; a test ends the process in it, to see what is left. */
  readonly step?: ((name: string) => void) | undefined
}
