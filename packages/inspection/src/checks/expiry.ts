import { type Mrz, resolveExpiry } from '@nansen/formats/mrz'
import type { Crl } from '@nansen/formats/pki'
import type { Evidence } from '../evidence/evidence.ts'
import type { Finding } from '../finding.ts'
import { cannotTell, finding, notValid, type Outcome, passed } from './check.ts'

const SECTION = '9303-12 §4.1'
const DAY = 86_400_000

/**
 * Whether document, signer and anchor are current at the moment of inspection. A signer's certificate lives as
 * long as the documents it signed, so one that has ended means that they all have. [9303-12 §4.1]
 */
export function checkExpiry(evidence: Evidence): Outcome {
  if (evidence.kind === 'master-list') return checkMasterList(evidence)
  if (evidence.crl !== undefined) return checkList(evidence.crl, evidence)
  const ended = documentEnded(evidence) ?? certificateEnded(evidence) ?? anchorEnded(evidence)
  if (ended !== undefined) return ended
  const known = evidence.chip?.zone ?? evidence.printed ?? evidence.signer
  return known === undefined ? cannotTell(finding('expiry.unknown', 'document', SECTION)) : passed()
}

function documentEnded({ chip, printed, at }: Evidence): Outcome | undefined {
  const zone = chip?.zone ?? printed
  if (zone === undefined) return undefined
  const where = chip?.zone === undefined ? 'MRZ' : 'DG1'
  const last = lastDay(zone, chip?.issuedOn, at)
  if (last === undefined) return cannotTell(finding('expiry.unknown', where, '9303-3 §4.8'))
  return at.getTime() >= last + DAY ? notValid(finding('expiry.document', where, '9303-3 §4.8')) : undefined
}

/** The start of the last day of validity, which counts whole, in UTC. */
function lastDay(zone: Mrz, issuedAt: Date | undefined, at: Date): number | undefined {
  const date = zone.expiry.value && resolveExpiry(zone.expiry.value, { issuedAt, at })
  if (date?.year === undefined || date.month === undefined || date.day === undefined) return undefined
  return Date.UTC(date.year, date.month - 1, date.day)
}

function certificateEnded({ signer, at }: Evidence): Outcome | undefined {
  if (signer === undefined) return undefined
  if (at < signer.notBefore) return notValid(finding('expiry.not-yet', 'signer certificate', SECTION))
  return at > signer.notAfter ? notValid(finding('expiry.signer', 'signer certificate', SECTION)) : undefined
}

function anchorEnded({ standing, at }: Evidence): Outcome | undefined {
  if (standing?.standing !== 'anchored') return undefined
  const { notBefore, notAfter } = standing.anchor.certificate
  return at < notBefore || at > notAfter ? notValid(finding('expiry.anchor', 'anchor', SECTION)) : undefined
}

/** A revocation list is current from its date to its next update; one without an end cannot be told from an old one. P15 */
function checkList(crl: Crl, evidence: Evidence): Outcome {
  const section = 'RFC5280 §5.1.2.5'
  if (evidence.at < crl.thisUpdate) return notValid(finding('expiry.not-yet', 'revocation list', section))
  if (crl.nextUpdate === undefined) return cannotTell(finding('expiry.unknown', 'revocation list', section))
  if (evidence.at > crl.nextUpdate) return notValid(finding('revocation.stale', 'revocation list', section))
  if (crl.unusable.length > 0)
    return cannotTell(finding('revocation.unusable', 'revocation list', 'RFC5280 §5.2'))
  return anchorEnded(evidence) ?? passed()
}

/**
 * A master list has no end of its own: its signer must have been current when it was signed. Since then the
 * list may have been replaced by another, which only its publisher can say. [9303-12 §9]
 */
function checkMasterList({ masterList, signer, at }: Evidence): Outcome {
  const signedAt = masterList?.signedAt
  if (signer === undefined || signedAt === undefined)
    return cannotTell(finding('expiry.unknown', 'master list', '9303-12 §9'))
  if (signedAt < signer.notBefore || signedAt > signer.notAfter)
    return notValid(finding('expiry.signer', 'master list', '9303-12 §9'))
  const notes: Finding[] =
    at > signer.notAfter ? [finding('expiry.list-signer-ended', 'master list', '9303-12 §9')] : []
  return passed(notes)
}
