import { hash } from 'node:crypto'
import type { Drafted, SignedDataDraft } from '@nansen/formats/cms'
import type { SodContent } from '@nansen/formats/lds'
import { type InputFile, inspect } from '@nansen/inspection'
import { type CaseKey, checkHolderKey, makeSpecimenChipKey } from '@nansen/signing'
import type { Office } from '../office.ts'
import { Refusal } from '../refusal.ts'
import { drawNumber } from '../registry/number.ts'
import { type Booklet, type ChipKeys, dayOf, lastDay } from './booklet.ts'
import { dataGroupsOf } from './data-groups.ts'
import type { Desk } from './desk.ts'
import { isoDay, type Order, orderDigest } from './order.ts'
import type { PaperContent } from './paper-content.ts'
import { profileNamed } from './profile.ts'
import { contentsFile, draftSecurityObject, securityObjectContent } from './security-object.ts'

/** What somebody wants a paper for. */
export interface IssueRequest {
  readonly order: Order
  /** JPEG of 413 × 531 pixels, of the digest that the order names. */
  readonly portrait: Uint8Array
  /** Read from the chip by personalisation. Without them a specimen gets a test key, whose private half lies beside the paper. */
  readonly chipKeys?: ChipKeys
}

/** A paper before it is recorded: everything but the signature. */
export interface Draft {
  readonly id: Uint8Array
  readonly caseKey: CaseKey
  readonly orderDigest: Uint8Array
  readonly content: PaperContent
  /** Fingerprints of the chip's keys, which were checked. P6 */
  readonly chipKeys: readonly Uint8Array[]
  readonly securityObject: SodContent
  /** The same, with the signed attributes that are to be signed. */
  readonly drafted: Drafted<SignedDataDraft>
}

/** A booklet, and what goes with it beside what its chip says. */
export interface ReservedBooklet extends Booklet {
  readonly chipKey?: string
}

/** Step 6: what nobody can guess and nothing else has. It becomes unique with the row that step 9 writes. P12 */
export function reserve(office: Office, request: IssueRequest, at: Date): ReservedBooklet {
  const profile = profileNamed(request.order.profile)
  if (profile === undefined) throw new Refusal('order.profile-unknown')
  if (hash('sha256', request.portrait) !== request.order.portrait) throw new Refusal('order.portrait-differs')
  const test = request.chipKeys === undefined ? makeSpecimenChipKey() : undefined
  const issued = dayOf(at)
  return {
    state: office.state,
    profile,
    order: request.order,
    portrait: request.portrait,
    number: drawNumber(office.random),
    issued,
    expires: lastDay(issued, profile.years),
    chipKeys: request.chipKeys ?? { chipAuthentication: test!.publicKey },
    ...(test && { chipKey: test.privateKeyPem }),
  }
}

/**
 * Step 7: every file of the chip but the security object, and the bytes that it will be signed over. P3
 * @throws SigningRefusal key.* for a key of the chip that is weak or known to others. P6
 */
export function draft(office: Office, desk: Desk, booklet: ReservedBooklet, at: Date): Draft {
  const chipKeys = Object.values(booklet.chipKeys).flatMap((key: Uint8Array | undefined) =>
    key === undefined ? [] : [checkHolderKey(key)],
  )
  const groups = dataGroupsOf(booklet)
  const signedAt = new Date(Math.floor(at.getTime() / 1000) * 1000)
  const securityObject = securityObjectContent(groups, booklet.profile, desk.signer, signedAt)
  return {
    id: office.random(16),
    caseKey: { caseId: office.random(16), key: office.random(32) },
    orderDigest: orderDigest(booklet.order),
    content: {
      order: booklet.order,
      number: booklet.number,
      issued: isoDay(booklet.issued),
      expires: isoDay(booklet.expires),
      signedAt,
      signerKey: desk.signer.key.id,
      signerCertificate: desk.signerCertificate,
      files: new Map([
        ['EF_COM.bin', contentsFile(groups, booklet.profile)],
        ...[...groups].map(([number, bytes]) => [`EF_DG${number}.bin`, bytes] as const),
      ]),
      ...(booklet.chipKey !== undefined && { chipKey: booklet.chipKey }),
    },
    chipKeys,
    securityObject,
    drafted: draftSecurityObject(securityObject),
  }
}

/**
 * Step 8: the draft under a throwaway key, through the eyes of a border guard who trusts that key alone. What is
 * refused here was never near the real key. P3
 * @throws Refusal lint.refused
 */
export async function lint(
  office: Office,
  desk: Desk,
  { content, securityObject, drafted }: Draft,
  at: Date,
): Promise<void> {
  const linted = desk.throwaway.sealSod(securityObject)
  if (!Buffer.from(linted.toBeSigned).equals(drafted.toBeSigned)) throw new Refusal('lint.bytes-differ')
  const files = chipFiles(content.files, linted.bytes)
  const { verdict } = await inspect(files, desk.throwawayTrust, at, office.crypto)
  if (verdict.verdict === 'accepted') return
  const [finding] = verdict.verdict === 'unproven' ? verdict.missing : verdict.because
  throw new Refusal('lint.refused', { cause: finding.code })
}

/** The files of a chip with their security object. */
export const chipFiles = (files: ReadonlyMap<string, Uint8Array>, sod: Uint8Array): readonly InputFile[] => [
  ...[...files].map(([name, bytes]) => ({ name, bytes })),
  { name: 'EF_SOD.bin', bytes: sod },
]

/** The data groups among the files, by number. */
export function groupsOf(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<number, Uint8Array> {
  const groups = new Map<number, Uint8Array>()
  for (const [name, bytes] of files) {
    const number = /^EF_DG(\d+)\.bin$/.exec(name)?.[1]
    if (number !== undefined) groups.set(Number(number), bytes)
  }
  return groups
}
