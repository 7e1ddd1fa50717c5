import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CeremonyKind,
  currentTrust,
  heldTrust,
  holdCeremony,
  planCeremony,
  trustFiles,
} from '@nansen/authority'
import type { OpenOffice } from '../office/index.ts'
import { replaceFile } from './paper-folder.ts'

const DAY = 86_400_000
/** A new signer or list is made so long before the old one runs out. In days. */
const SIGNER_DAYS = 7
const CRL_DAYS = 30

/**
 * Makes a specimen office ready to issue: holds its first ceremony, and later those for a new signer or a new list
 * when the old ones are about to run out. A real office does this with people in the room.
 * @returns the ceremonies that were held
 */
export async function renewTrust(
  { office }: OpenOffice,
  making: { readonly ecParameters: 'explicit' | 'named' },
  version: string,
): Promise<readonly CeremonyKind[]> {
  const held: CeremonyKind[] = []
  const hold = async (kind: CeremonyKind) => {
    await holdCeremony(office, await planCeremony(office, kind, making), version)
    held.push(kind)
  }
  const { roots, crls, documentSigners, masterLists } = await heldTrust(office)
  const keys = await office.signing.keys()
  if (
    roots.length === 0 ||
    documentSigners.length === 0 ||
    crls.length === 0 ||
    masterLists.length === 0 ||
    !keys.has('log-1') ||
    !keys.has('witness-1')
  ) {
    await hold('first')
    return held
  }
  const now = office.clock().getTime()
  const newest = documentSigners.at(-1)!
  if (newest.key.notAfter.getTime() - now < SIGNER_DAYS * DAY) await hold('signer')
  const { crl } = await currentTrust(office)
  if ((crl.nextUpdate?.getTime() ?? 0) - now < CRL_DAYS * DAY) await hold('crl')
  return held
}

/** Writes what a receiver is to trust. */
export async function writeTrust({ office }: OpenOffice, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of await trustFiles(office)) await replaceFile(join(folder, name), bytes)
}
