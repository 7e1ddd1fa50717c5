import { type Crypto, type Inspection, inspect, type Trust } from '@nansen/inspection'
import { evidenceKindOf } from './evidence-kinds.ts'

/** What the chip of an old passport says, and whether its state's signature stands. */
export type ChipReading = Pick<Inspection, 'verdict' | 'checks' | 'document'>

/** Whether evidence of this kind is an archive of chip files. */
export const isChipEvidence = (kind: string): boolean => evidenceKindOf(kind)?.upload === 'chip'

/**
 * Reads the files of an old passport's chip and checks them against the master lists of the world: offline, nobody
 * learns of it, the state that issued it least of all. A passport that has run out is evidence as good as one that
 * has not. P14
 * @param archive the files as an archive, or whatever was sent instead: every input has a verdict
 */
export async function readChip(
  archive: Uint8Array,
  trust: Trust,
  at: Date,
  crypto: Crypto,
): Promise<ChipReading> {
  const { verdict, checks, document } = await inspect(archive, trust, at, crypto)
  return { verdict, checks, document }
}
