import { hash } from 'node:crypto'
import type { Certificate } from '@nansen/formats/pki'
import { openTrust, type Trust } from '@nansen/inspection'
import { makeThrowaway, type Throwaway } from '@nansen/signing'
import { currentTrust, type DocumentSigner, heldTrust } from '../ceremony/index.ts'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import { bringLogUpToDate } from '../registry/bring-log-up-to-date.ts'

/** What issuing has before it while it works: today's signer, what a receiver trusts, and a signer that signs nothing real. */
export interface Desk {
  readonly signer: DocumentSigner
  /** SHA-256 of its certificate, in hexadecimal. */
  readonly signerCertificate: string
  /** Every document signer of this authority, by the SHA-256 of its certificate: to finish what was recorded under it. */
  readonly signers: ReadonlyMap<string, DocumentSigner>
  /** The authority's own certificates and revocation list, as a border post has them. */
  readonly trust: Trust
  readonly throwaway: Throwaway
  /** The throwaway's: a list of one. */
  readonly throwawayTrust: Trust
  /** For numbers and references. P7 */
  readonly indexKey: Uint8Array
}

/** How long a desk is used before it is laid anew: then a new signer or list is seen. In milliseconds. */
const LAID_FOR = 10 * 60_000
const desks = new WeakMap<Office, { readonly desk: Desk; readonly laid: Date }>()

/**
 * The desk of an office, laid anew every few minutes.
 * @throws Refusal clock.wrong, trust.crl-stale; CeremonyRefusal trust.*, period.*; SigningOutage; StoreError
 */
export async function openDesk(office: Office, at: Date): Promise<Desk> {
  if (Number.isNaN(at.getTime())) throw new Refusal('clock.wrong')
  const before = desks.get(office)
  if (before !== undefined) {
    const age = at.getTime() - before.laid.getTime()
    if (age >= 0 && age < LAID_FOR) return before.desk
  }
  const desk = await layDesk(office, at)
  desks.set(office, { desk, laid: at })
  return desk
}

/** The next paper finds no desk, and none is laid while keys, database or log do not answer. */
export const clearDesk = (office: Office): void => void desks.delete(office)

async function layDesk(office: Office, at: Date): Promise<Desk> {
  const { crls, documentSigners } = await heldTrust(office)
  // A clock behind what this authority itself has signed would date papers before their signer.
  if (crls.some(({ thisUpdate }) => at < thisUpdate)) throw new Refusal('clock.wrong')
  const { documentSigner, crl, cscas } = await currentTrust(office)
  if (crl.nextUpdate === undefined || at >= crl.nextUpdate) throw new Refusal('trust.crl-stale')
  // What could not be entered in the log is not begun: on a database that was put back, nothing is recorded. P19, P27
  await bringLogUpToDate(office)
  const throwaway = makeThrowaway({
    state2: office.state.code2,
    state3: office.state.code3,
    documentSigner: documentSigner.certificate,
    at,
    random: office.random,
  })
  const sources = cscas.map(({ encoded }) => ({ label: 'csca', bytes: encoded }))
  const { trust } = await openTrust([...sources, { label: 'crl', bytes: crl.encoded }], office.crypto)
  const { trust: throwawayTrust } = await openTrust(throwaway.trust, office.crypto)
  return {
    signer: documentSigner,
    signerCertificate: certificateDigest(documentSigner.certificate),
    signers: new Map(documentSigners.map((one) => [certificateDigest(one.certificate), one])),
    trust,
    throwaway,
    throwawayTrust,
    indexKey: await office.signing.indexKey(),
  }
}

export const certificateDigest = (certificate: Certificate): string => hash('sha256', certificate.encoded)
