import type { ReturnRight } from '@nansen/formats/lds'
import { type Mrz, passportTypeOf } from '@nansen/formats/mrz'
import { type Certificate, countryOf, describeName } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import type { Evidence } from './evidence/evidence.ts'

/**
 * What was read, as plain values for a screen or another program. Nothing in it is established unless the
 * verdict says so. Texts come from the document and are to be shown as text, never as markup.
 */
export interface DocumentFacts {
  readonly zone?:
    | {
        readonly format: string
        readonly documentCode: string
        readonly kind?: string | undefined
        readonly issuer: string
        readonly number: string
        readonly primaryIdentifier: string
        readonly secondaryIdentifier: string
        readonly nameMayBeTruncated: boolean
        readonly nationality: string
        /** As in the zone, YYMMDD; unknown parts are `<`. */
        readonly birthDate: string
        readonly sex: string
        readonly expiryDate: string
        /** Which of two zones these are from. */
        readonly from: 'chip' | 'print'
      }
    | undefined
  /** In national characters, from DG11. */
  readonly fullName?: string | undefined
  readonly dateOfIssue?: string | undefined
  readonly returnRight?: string | undefined
  readonly dataGroups?: readonly number[] | undefined
  readonly signer?:
    | {
        readonly country?: string | undefined
        readonly subject: string
        readonly serial: string
        readonly notAfter: string
      }
    | undefined
  /** Where the anchor that the verdict rests on came from. */
  readonly anchor?: { readonly subject: string; readonly provenance: readonly string[] } | undefined
  readonly certificates?: number | undefined
  readonly signedAt?: string | undefined
}

export function documentFacts(evidence: Evidence): DocumentFacts {
  const { chip, printed, signer, standing, presentedAnchor, masterList } = evidence
  const zone = chip?.zone ?? printed
  const anchor = presentedAnchor ?? (standing?.standing === 'anchored' ? standing.anchor : undefined)
  const right = chip?.dg13?.kind === 'return-right' ? chip.dg13.returnRight : undefined
  return {
    zone: zone && zoneFacts(zone, chip?.zone === undefined ? 'print' : 'chip', chip?.issuedOn),
    fullName: chip?.dg11?.nameOfHolder,
    dateOfIssue: chip?.issuedOn && day(chip.issuedOn),
    returnRight: right && describeReturnRight(right),
    dataGroups: chip && [...chip.hashes.keys()].sort((a, b) => a - b),
    signer: signer && certificateFacts(signer),
    anchor: anchor && {
      subject: certificateFacts(anchor.certificate).subject,
      provenance: anchor.provenance,
    },
    certificates: masterList?.certificates,
    signedAt: masterList?.signedAt?.toISOString(),
  }
}

function describeReturnRight(right: ReturnRight): string {
  if (right.kind !== 'until-date') return right.kind
  const { year, month, day: last } = right.until
  return `until ${day(new Date(Date.UTC(year, month - 1, last)))}`
}

function zoneFacts(
  zone: Mrz,
  from: 'chip' | 'print',
  issuedOn: Date | undefined,
): NonNullable<DocumentFacts['zone']> {
  // Before 2026 issuers gave second letters meanings of their own, so without a date of issue nothing is said.
  const kind = issuedOn && passportTypeOf(zone.documentCode.value, issuedOn)
  return {
    format: zone.format,
    documentCode: zone.documentCode.value,
    kind,
    issuer: zone.issuer.value,
    number: zone.number.value,
    primaryIdentifier: zone.name.value.primary,
    secondaryIdentifier: zone.name.value.secondary,
    nameMayBeTruncated: zone.name.value.possiblyTruncated,
    nationality: zone.nationality.value,
    birthDate: zone.birth.raw,
    sex: zone.sex.value ?? zone.sex.raw,
    expiryDate: zone.expiry.raw,
    from,
  }
}

/** Thousands of documents share a signer and an anchor, whose names take longer to write than all else here. */
const known = new WeakMap<Certificate, NonNullable<DocumentFacts['signer']>>()

function certificateFacts(signer: Certificate): NonNullable<DocumentFacts['signer']> {
  let facts = known.get(signer)
  if (facts === undefined) {
    const country = countryOf(signer.subject)
    facts = {
      country,
      subject: describeName(signer.subject),
      serial: hex(signer.serial),
      notAfter: signer.notAfter.toISOString(),
    }
    known.set(signer, facts)
  }
  return facts
}

const day = (date: Date): string => date.toISOString().slice(0, 10)
