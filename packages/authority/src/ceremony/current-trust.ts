import { type Certificate, type Crl, isRevoked, type MasterList, parseCertificate } from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import type { Office } from '../office.ts'
import { cscasOf, heldTrust, issuedUnder, maySign, rootInUse, type Signer } from './held-trust.ts'
import { CeremonyRefusal } from './refusal.ts'

/** The key that signs papers, with its certificate. */
export type DocumentSigner = Signer

/** What papers are issued with and checked against at this moment. */
export interface CurrentTrust {
  /** That of the authority, which issued the document signer. */
  readonly csca: Certificate
  readonly documentSigner: DocumentSigner
  /** The newest revocation list. */
  readonly crl: Crl
  /** The newest master list. */
  readonly masterList: MasterList
  /** Every certificate of the authority, root and link, oldest first. */
  readonly cscas: readonly Certificate[]
}

/**
 * The newest document signer whose key may sign now and is not revoked, and the newest lists.
 * @throws CeremonyRefusal trust.*, period.document-signer: hold the ceremony for what is missing
 */
export async function currentTrust(
  office: Pick<Office, 'store' | 'state' | 'signing' | 'clock'>,
): Promise<CurrentTrust> {
  const held = await heldTrust(office)
  if (held.roots.length === 0) throw new CeremonyRefusal('trust.no-root')
  const crl = held.crls.at(-1)
  const masterList = held.masterLists.at(-1)
  if (held.documentSigners.length === 0) throw new CeremonyRefusal('trust.no-document-signer')
  if (crl === undefined) throw new CeremonyRefusal('trust.no-revocation-list')
  if (masterList === undefined) throw new CeremonyRefusal('trust.no-master-list')
  const at = office.clock()
  const documentSigner = held.documentSigners
    .filter(({ key, certificate }) => maySign(key, at) && !isRevoked(crl, certificate.serial))
    .at(-1)
  if (documentSigner === undefined) throw new CeremonyRefusal('period.document-signer')
  const root = held.roots.find(({ certificate }) => issuedUnder(documentSigner.certificate, certificate))
  if (root === undefined) throw new CeremonyRefusal('trust.no-root')
  return {
    csca: root.certificate,
    documentSigner,
    crl,
    masterList,
    cscas: cscasOf(held).map((bytes) => parseCertificate(bytes)),
  }
}

/** A file that is published. */
export interface TrustFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * What a receiver is given to check this state's papers: the authority's certificate in use, that of a key whose notice
 * runs, a link if its key was ever changed, the document signer, the newest lists. What is not there yet is left out.
 * @throws CeremonyRefusal trust.no-root, period.root
 */
export async function trustFiles(
  office: Pick<Office, 'store' | 'state' | 'signing' | 'clock'>,
): Promise<readonly TrustFile[]> {
  const held = await heldTrust(office)
  const newest = (kind: string) => held.objects.filter((object) => object.kind === kind).at(-1)?.bytes
  const inUse = rootInUse(held, office.clock()).certificate.encoded
  const next = newest('csca')
  const files: readonly (readonly [string, Uint8Array | undefined])[] = [
    ['csca.cer', inUse],
    ['csca-next.cer', next !== undefined && sameBytes(next, inUse) ? undefined : next],
    ['csca-link.cer', newest('csca-link')],
    ['dsc.cer', newest('document-signer')],
    ['crl.crl', newest('crl')],
    ['masterlist.ml', newest('master-list')],
  ]
  return files.flatMap(([name, bytes]) => (bytes === undefined ? [] : [{ name, bytes }]))
}
