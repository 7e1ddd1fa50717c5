import { type Mrz, passportTypeOf } from '@nansen/formats/mrz'
import { type Certificate, countryOf, describeName } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import type { Evidence } from './evidence/evidence.ts'

/**
 * What was read, as plain values for a screen or another program. Nothing in it is established unless the
 * verdict says so. Texts come from the document and are to be shown as text, never as markup.
 */
export interface DocumentFacts {
  readonly zone?: {
    readonly format: string
    readonly documentCode: string
    readonly kind?: string
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
  /** In national characters, from DG11. */
  readonly fullName?: string
  readonly dateOfIssue?: string
  readonly returnRight?: string
  readonly dataGroups?: readonly number[]
  readonly signer?: {
    readonly country?: string
    readonly subject: string
    readonly serial: string
    readonly notAfter: string
  }
  /** Where the anchor that the verdict rests on came from. */
  readonly anchor?: { readonly subject: string; readonly provenance: readonly string[] }
  readonly certificates?: number
  readonly signedAt?: string
}

export function documentFacts(evidence: Evidence): DocumentFacts {
  const { chip, printed, signer, standing, presentedAnchor, masterList } = evidence
  const zone = chip?.zone ?? printed
  const anchor = presentedAnchor ?? (standing?.standing === 'anchored' ? standing.anchor : undefined)
  const right = chip?.dg13?.kind === 'return-right' ? chip.dg13.returnRight : undefined
  return {
    ...(zone && { zone: zoneFacts(zone, chip?.zone === undefined ? 'print' : 'chip', chip?.issuedOn) }),
    ...(chip?.dg11?.nameOfHolder !== undefined && { fullName: chip.dg11.nameOfHolder }),
    ...(chip?.issuedOn && { dateOfIssue: day(chip.issuedOn) }),
    ...(right && {
      returnRight:
        right.kind === 'until-date'
          ? `until ${day(new Date(Date.UTC(right.until.year, right.until.month - 1, right.until.day)))}`
          : right.kind,
    }),
    ...(chip && { dataGroups: [...chip.hashes.keys()].sort((a, b) => a - b) }),
    ...(signer && { signer: certificateFacts(signer) }),
    ...(anchor && {
      anchor: { subject: certificateFacts(anchor.certificate).subject, provenance: anchor.provenance },
    }),
    ...(masterList && { certificates: masterList.certificates }),
    ...(masterList?.signedAt && { signedAt: masterList.signedAt.toISOString() }),
  }
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
    ...(kind && { kind }),
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
      ...(country !== undefined && { country }),
      subject: describeName(signer.subject),
      serial: hex(signer.serial),
      notAfter: signer.notAfter.toISOString(),
    }
    known.set(signer, facts)
  }
  return facts
}

const day = (date: Date): string => date.toISOString().slice(0, 10)
