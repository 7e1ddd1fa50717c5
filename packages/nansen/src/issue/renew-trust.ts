import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type CeremonyKind, heldTrust, holdCeremony, planCeremony, trustFiles } from '@nansen/authority'
import { UsageError } from '../exit.ts'
import { LOG_KEY, type OpenOffice, WITNESS_KEY } from '../office/index.ts'
import { replaceFile } from './paper-folder.ts'

const DAY = 86_400_000
/** A new signer or list is made so long before the old one runs out. In days. */
const SIGNER_DAYS = 7
const CRL_DAYS = 30
/** Nobody comes back to a list of specimens this long after its last list ran out; a clock that jumped does. In days. */
const LONGEST_PAUSE = 366

/**
 * The ceremonies that a specimen office has to hold before it can issue: the first, or what was left of it, and later
 * those for a new signer or a new list when the old ones are about to run out.
 * @throws UsageError where the clock is more than a year past everything signed: what was signed under a clock that was
 *   wrong would lock the office until that day has come
 */
export async function ceremoniesDue({ office }: OpenOffice): Promise<readonly CeremonyKind[]> {
  const { roots, crls, documentSigners, masterLists } = await heldTrust(office)
  const keys = await office.signing.keys()
  const made = [roots, crls, documentSigners, masterLists].every(({ length }) => length > 0)
  if (!made || !keys.has(LOG_KEY) || !keys.has(WITNESS_KEY)) return ['first']
  const now = office.clock().getTime()
  const signerEnds = documentSigners.at(-1)!.key.notAfter.getTime()
  const listEnds = crls.at(-1)!.nextUpdate?.getTime() ?? 0
  if (now - listEnds > LONGEST_PAUSE * DAY)
    throw new UsageError(
      'the clock is more than a year past the last revocation list. Set it right, or, if it is right, hold the ' +
        'ceremonies that are due: nansen ceremony signer, nansen ceremony crl',
    )
  const due: CeremonyKind[] = []
  if (signerEnds - now < SIGNER_DAYS * DAY) due.push('signer')
  if (listEnds - now < CRL_DAYS * DAY) due.push('crl')
  return due
}

/** Holds them without anybody in the room, as is done for specimens; a real office has people there. */
export async function holdCeremonies(
  { office }: OpenOffice,
  kinds: readonly CeremonyKind[],
  making: { readonly ecParameters: 'explicit' | 'named' },
  version: string,
): Promise<void> {
  for (const kind of kinds) await holdCeremony(office, await planCeremony(office, kind, making), version)
}

/** Writes what a receiver is to trust. */
export async function writeTrust({ office }: OpenOffice, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of await trustFiles(office)) await replaceFile(join(folder, name), bytes)
}
