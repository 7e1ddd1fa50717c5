import { openTrust, SIGNS_DOCUMENTS } from '@nansen/inspection'
import type { Office } from '../office.ts'
import { cscasOf, heldTrust } from './held-trust.ts'
import { CeremonyRefusal } from './refusal.ts'

/**
 * Reads all that the state has signed about itself as a receiver does who pinned its first certificate: the newest lists are
 * taken, every certificate of the authority is trusted through them, and the newest document signer stands under one. Whether it is revoked
 * or a list has run out is no matter of what a ceremony made.
 * @throws CeremonyRefusal ceremony.not-accepted
 */
export async function demandAccepted(
  office: Pick<Office, 'store' | 'state' | 'signing' | 'crypto'>,
): Promise<void> {
  const held = await heldTrust(office)
  const { crypto } = office
  const refused = new CeremonyRefusal('ceremony.not-accepted')
  const crl = held.crls.at(-1)
  const masterList = held.masterLists.at(-1)
  const documentSigner = held.documentSigners.at(-1)
  const [root] = held.roots
  if (root === undefined || crl === undefined || masterList === undefined || documentSigner === undefined)
    throw refused
  const sources = [
    { label: 'csca.cer', bytes: root.certificate.encoded },
    { label: 'masterlist.ml', bytes: masterList.encoded },
    { label: 'crl.crl', bytes: crl.encoded },
  ]
  const { trust, reports } = await openTrust(sources, crypto)
  if (reports.some(({ used }) => used === 'not')) throw refused
  if (cscasOf(held).some((bytes) => trust.anchors.find(bytes) === undefined)) throw refused
  const { standing } = await trust.certify(documentSigner.certificate, SIGNS_DOCUMENTS, crypto)
  if (standing !== 'anchored') throw refused
}
