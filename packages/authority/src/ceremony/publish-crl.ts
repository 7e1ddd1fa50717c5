import { readable } from '@nansen/formats'
import {
  type Crl,
  crlNumber,
  draftCrl,
  lintCrl,
  parseCertificate,
  parseCrl,
  revocationsOf,
  sealCertificate,
  sealCrl,
} from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { Anchors, issuerOfCrl } from '@nansen/inspection'
import type { CeremonyOffice } from './ceremony-office.ts'
import { demandNext, type HeldTrust, heldTrust, nextOrdinal, rootInUse } from './held-trust.ts'
import { addDays, CRL_DAYS, wholeSeconds } from './periods.ts'
import { CeremonyRefusal, demandSpecimen } from './refusal.ts'
import { sealOnce } from './seal-once.ts'
import { signatureAlgorithmOf } from './subject.ts'

export interface CrlOrder {
  /** Its number; the next where none is given. */
  readonly ordinal?: number
  /** Serial numbers, hexadecimal, of certificates of ours that are to be revoked besides those that are. */
  readonly revoke?: readonly string[]
  readonly atOnce?: boolean
}

/**
 * A complete revocation list, numbered one higher than that before: everything that it had, what is revoked now, and
 * the certificates of intents that were given up, whether or not they were ever signed. P4 [9303-12 §7.1.4]
 * @throws CeremonyRefusal trust.no-root, period.root, ordinal.not-next, revoke.unknown, draft.lint, sealed.*
 */
export async function publishCrl(office: CeremonyOffice, order: CrlOrder = {}): Promise<Crl> {
  demandSpecimen(office.state)
  const held = await heldTrust(office)
  const revoke = order.revoke ?? []
  demandOurs(held, revoke)
  const ordinal = order.ordinal ?? nextOrdinal(held, 'crl')
  demandNext(held, 'crl', ordinal)
  const crl = await publishNumber(office, held, ordinal, revoke, order.atOnce ?? false)
  // One that was recorded earlier and is finished only now says what was known then.
  const listed = new Set(revocationsOf(crl).map(({ serialHex }) => serialHex))
  if (revoke.every((serial) => listed.has(serial))) return crl
  return publishNumber(office, await heldTrust(office), ordinal + 1, revoke, order.atOnce ?? false)
}

/** Nobody revokes by a slip of the pen what another authority issued. */
function demandOurs({ objects }: HeldTrust, serials: readonly string[]): void {
  const ours = new Set(
    objects
      .filter(({ kind }) => kind === 'document-signer' || kind === 'master-list-signer')
      .map(({ bytes }) => parseCertificate(bytes).serialHex),
  )
  if (!serials.every((serial) => ours.has(serial))) throw new CeremonyRefusal('revoke.unknown')
}

async function publishNumber(
  office: CeremonyOffice,
  held: HeldTrust,
  ordinal: number,
  revoke: readonly string[],
  atOnce: boolean,
): Promise<Crl> {
  const { clock, crypto } = office
  const root = rootInUse(held, clock(), atOnce)
  const { bytes } = await sealOnce(office, {
    kind: 'crl',
    ordinal,
    signer: root.key,
    async draft() {
      const thisUpdate = wholeSeconds(clock())
      const dates = new Map<string, Date>()
      const before = held.crls.at(-1)
      for (const { serialHex, date } of before === undefined ? [] : revocationsOf(before))
        dates.set(serialHex, date)
      for (const serial of [...(await voidedSerials(office)), ...revoke])
        if (!dates.has(serial)) dates.set(serial, thisUpdate)
      return draftCrl({
        issuer: root.certificate,
        signatureAlgorithm: signatureAlgorithmOf(root.key.algorithm),
        thisUpdate,
        nextUpdate: addDays(thisUpdate, CRL_DAYS),
        number: numberOctets(ordinal),
        revoked: [...dates].map(([serial, date]) => ({ serial: unhex(serial), date })),
      }).toBeSigned
    },
    seal: (toBeSigned, signature) => sealCrl({ toBeSigned }, signature),
    signedPart: (sealed) => parseCrl(sealed).toBeSigned,
    lint(sealed) {
      const crl = parseCrl(sealed)
      const broken = lintCrl(crl)
        .filter(({ severity }) => severity === 'error')
        .map(({ code }): string => code)
      return hex(crlNumber(crl) ?? new Uint8Array()) === hex(numberOctets(ordinal))
        ? broken
        : [...broken, 'number']
    },
    async verify(sealed) {
      const anchors = new Anchors()
      for (const { certificate } of held.roots) anchors.add(certificate.encoded, 'csca')
      return (await issuerOfCrl(parseCrl(sealed), anchors, crypto)).standing === 'anchored'
    },
  })
  return parseCrl(bytes)
}

/** Serial numbers of certificates that were recorded and given up: a signature may be about, so they are revoked. */
async function voidedSerials({ store }: CeremonyOffice): Promise<readonly string[]> {
  const rows = await store.transaction((tx) =>
    tx.query<{ bytes: Uint8Array }>(
      `select intent.bytes from voided join intent on intent.id = voided.intent_id where intent.purpose = 'csca'`,
    ),
  )
  // The authority's key signs certificates and revocation lists; those have no serial number.
  return rows.flatMap(({ bytes }) => {
    const certificate = readable(() =>
      parseCertificate(sealCertificate({ toBeSigned: bytes }, Uint8Array.of(0))),
    )
    return certificate === undefined ? [] : [certificate.serialHex]
  })
}

/** Big-endian, without leading zeros: numbers must rise whatever their length. [RFC5280 §5.2.3] */
export function numberOctets(ordinal: number): Uint8Array {
  const digits = ordinal.toString(16)
  return unhex(digits.length % 2 === 0 ? digits : `0${digits}`)
}

const unhex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'))
