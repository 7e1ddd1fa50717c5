import {
  authorityKeyIdentifier,
  type Certificate,
  type Crl,
  type MasterList,
  parseCertificate,
  parseCrl,
  parseMasterList,
  subjectKeyIdentifier,
} from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import type { SigningKey } from '@nansen/signing'
import type { Office } from '../office.ts'
import { addDays, NOTICE_DAYS } from './periods.ts'
import { CeremonyRefusal } from './refusal.ts'
import { type TrustKind, type TrustObject, trustObjects } from './trust-object.ts'

/** A key with its certificate. */
export interface Signer {
  /** From one, in the order in which they were made. */
  readonly ordinal: number
  readonly key: SigningKey
  readonly certificate: Certificate
}

/** All that the state has signed about itself, oldest first. */
export interface HeldTrust {
  readonly roots: readonly Signer[]
  /** By the number of the root that each leads to. */
  readonly links: ReadonlyMap<number, Certificate>
  readonly documentSigners: readonly Signer[]
  readonly listSigners: readonly Signer[]
  readonly crls: readonly Crl[]
  readonly masterLists: readonly MasterList[]
  readonly objects: readonly TrustObject[]
}

type Holder = Pick<Office, 'store' | 'state' | 'signing'>

/** Reads it from the store. A certificate whose key is not at hand any more signs nothing and is left out of the signers. */
export async function heldTrust(office: Holder): Promise<HeldTrust> {
  const objects = await trustObjects(office)
  const keys = await office.signing.keys()
  const of = (kind: TrustKind) => objects.filter((object) => object.kind === kind)
  const signers = (kind: TrustKind): Signer[] =>
    of(kind).flatMap(({ ordinal, bytes }) => {
      const key = keys.get(keyId(kind, ordinal))
      return key === undefined ? [] : [{ ordinal, key, certificate: parseCertificate(bytes) }]
    })
  return {
    roots: signers('csca'),
    links: new Map(of('csca-link').map(({ ordinal, bytes }) => [ordinal, parseCertificate(bytes)])),
    documentSigners: signers('document-signer'),
    listSigners: signers('master-list-signer'),
    crls: of('crl').map(({ bytes }) => parseCrl(bytes)),
    masterLists: of('master-list').map(({ bytes }) => parseMasterList(bytes)),
    objects,
  }
}

/** Such as `document-signer-1`. */
export const keyId = (purpose: string, ordinal: number): string => `${purpose}-${ordinal}`

/** Every certificate of the authority, root and link, as a master list has them. */
export const cscasOf = ({ objects }: HeldTrust): readonly Uint8Array[] =>
  objects.filter(({ kind }) => kind === 'csca' || kind === 'csca-link').map(({ bytes }) => bytes)

/** The number that the next of a kind gets. */
export const nextOrdinal = ({ objects }: HeldTrust, kind: TrustKind): number =>
  objects.filter((object) => object.kind === kind).length + 1

/** @throws CeremonyRefusal ordinal.not-next */
export function demandNext(held: HeldTrust, kind: TrustKind, ordinal: number): void {
  if (!Number.isInteger(ordinal) || ordinal < 1 || ordinal > nextOrdinal(held, kind))
    throw new CeremonyRefusal('ordinal.not-next')
}

export const maySign = ({ notBefore, notAfter }: SigningKey, at: Date): boolean =>
  notBefore <= at && at < notAfter

/**
 * The key of the authority that signs now. A new one waits until its notice has run out, so that everybody has its
 * certificate before they meet its signature; unless the former may not sign any more, or a signer was made under
 * the new one already, because somebody said so. [9303-12 §4.1]
 * @throws CeremonyRefusal trust.no-root, period.root
 */
export function rootInUse(held: HeldTrust, at: Date, atOnce = false): Signer {
  const { roots, links, documentSigners } = held
  if (roots.length === 0) throw new CeremonyRefusal('trust.no-root')
  const announced = ({ ordinal, key }: Signer) =>
    ordinal === 1 || (links.has(ordinal) && (atOnce || addDays(key.notBefore, NOTICE_DAYS) <= at))
  const used = (root: Signer) =>
    documentSigners.some(({ certificate }) => issuedUnder(certificate, root.certificate))
  const able = roots.filter((root) => maySign(root.key, at))
  const chosen = able.filter((root) => announced(root) || used(root)).at(-1) ?? able.at(-1)
  if (chosen === undefined) throw new CeremonyRefusal('period.root')
  return chosen
}

/** Whether a certificate names this root's key as its issuer's. */
export function issuedUnder(certificate: Certificate, root: Certificate): boolean {
  const named = authorityKeyIdentifier(certificate)
  const own = subjectKeyIdentifier(root)
  return named !== undefined && own !== undefined && sameBytes(named, own)
}
