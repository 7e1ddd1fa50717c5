import { hash } from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { dayOf, lastDay, zoneOf } from '../../issuing/booklet.ts'
import { checkOrder, encodeOrder, type SpecimenOrder } from '../../issuing/order.ts'
import { CURRENT_PROFILE, profileNamed } from '../../issuing/profile.ts'
import type { Office } from '../../office.ts'
import { Refusal } from '../../refusal.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { type DocumentCode, groundOf } from '../rules/grounds.ts'
import type { ApplicationContent } from './application.ts'

/** Of what an order is made. */
export interface OrderSources {
  readonly caseId: string
  readonly application: ApplicationContent
  /** JPEG of 413 × 531 pixels. */
  readonly photo: Uint8Array | undefined
}

/**
 * The order for a paper, from what the applicant handed in and nothing else: no officer types a word of it. The same
 * case and kind of paper give the same octets each time.
 */
export const draftOrderOf = (
  office: Pick<Office, 'state'>,
  { caseId, application, photo }: OrderSources,
  documentCode: DocumentCode,
): SpecimenOrder => ({
  kind: 'specimen',
  state: office.state.code3,
  profile: CURRENT_PROFILE,
  reference: caseId,
  familyName: application.person.familyName,
  givenNames: application.person.givenNames,
  language: application.person.nameLanguage,
  nationality: application.person.nationality,
  birthDate: application.person.birthDate,
  sex: application.person.sex as SpecimenOrder['sex'],
  documentCode,
  portrait: photo === undefined ? '' : hash('sha256', photo),
})

/** The octets that officers sign. @throws CaseRefusal decision.order: no paper can be made from it, `field` says why */
export function orderBytes(order: SpecimenOrder, at: Date): Uint8Array {
  try {
    checkOrder(order, at)
    return encodeOrder(order)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new CaseRefusal('decision.order', { cause: error, ...(error.field && { field: error.field }) })
  }
}

const REFUGEES: readonly string[] = ['XXB', 'XXC']

/** Which paper the reasons ask for: what nationality allows goes first. [9303-4 §4.4] */
export function likelyDocument({ person, reasons }: ApplicationContent): DocumentCode {
  if (person.nationality === 'XXA') return 'PS'
  if (REFUGEES.includes(person.nationality)) return 'PR'
  const [document] = reasons.flatMap((code) => groundOf(code)?.documents ?? [])
  return document === undefined || document === 'PS' ? 'PT' : document
}

/** How it would stand in the zone, with a number that is none; empty where it cannot. */
export function zonePreview(
  office: Pick<Office, 'state'>,
  sources: OrderSources,
  at: Date,
): readonly string[] {
  const order = draftOrderOf(office, sources, likelyDocument(sources.application))
  const profile = profileNamed(order.profile)!
  const issued = dayOf(at)
  try {
    return zoneOf({
      state: office.state,
      profile,
      order,
      portrait: new Uint8Array(0),
      number: 'XXXXXXXXX',
      issued,
      expires: lastDay(issued, profile.years),
      chipKeys: {},
    })
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError) return []
    throw error
  }
}
