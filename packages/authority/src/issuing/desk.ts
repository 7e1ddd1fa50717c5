import { createHash } from 'node:crypto'
import { type Certificate, parseCrl } from '@nansen/formats/pki'
import { openTrust, type Trust } from '@nansen/inspection'
import { makeThrowaway, type Throwaway } from '@nansen/signing'
import { currentTrust, type DocumentSigner, documentSigners } from '../ceremony/index.ts'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'

/** What issuing has before it while it works: today's signer, what a receiver trusts, and a signer that signs nothing real. */
export interface Desk {
  readonly signer: DocumentSigner
  /** Every document signer this authority ever had, by the SHA-256 of its certificate: to finish what was recorded under it. */
  readonly signers: ReadonlyMap<string, DocumentSigner>
  /** The authority's own certificates and revocation list, as a border post has them. */
  readonly trust: Trust
  readonly throwaway: Throwaway
  /** The throwaway's: a list of one. */
  readonly throwawayTrust: Trust
  readonly indexKey: Uint8Array
  /** Asked for anew after this moment. */
  readonly until: Date
}

const MINUTES = 60_000
const desks = new WeakMap<Office, Desk>()

/**
 * Opens the desk, or gives back the one of a few minutes ago.
 * @throws Refusal clock.wrong, trust.none, trust.crl-stale, trust.signer-period; SigningOutage; StoreError
 */
export async function openDesk(office: Office, at: Date): Promise<Desk> {
  const open = desks.get(office)
  if (open !== undefined && at < open.until && at.getTime() > open.until.getTime() - 11 * MINUTES) return open
  const current = await currentTrust(office)
  if (current === undefined) throw new Refusal('trust.none')
  const { documentSigner: signer, crl, cscas } = current
  const { thisUpdate, nextUpdate } = parseCrl(crl)
  // A clock behind what this authority itself has signed would date papers before their signer.
  if (at < thisUpdate) throw new Refusal('clock.wrong')
  if (nextUpdate === undefined || at >= nextUpdate) throw new Refusal('trust.crl-stale')
  if (at < signer.key.notBefore || at >= signer.key.notAfter) throw new Refusal('trust.signer-period')
  const throwaway = makeThrowaway({
    state2: office.state.code2,
    state3: office.state.code3,
    documentSigner: signer.certificate,
    at,
    random: office.random,
  })
  const { trust } = await openTrust(
    [...cscas.map((bytes) => ({ label: 'csca', bytes })), { label: 'crl', bytes: crl }],
    office.crypto,
  )
  const { trust: throwawayTrust } = await openTrust(throwaway.trust, office.crypto)
  const signers = new Map(
    (await documentSigners(office)).map((one) => [certificateDigest(one.certificate), one] as const),
  )
  const desk: Desk = {
    signer,
    signers,
    trust,
    throwaway,
    throwawayTrust,
    indexKey: await office.signing.indexKey(),
    until: new Date(at.getTime() + 10 * MINUTES),
  }
  desks.set(office, desk)
  return desk
}

export const certificateDigest = (certificate: Certificate): string =>
  createHash('sha256').update(certificate.encoded).digest('hex')
