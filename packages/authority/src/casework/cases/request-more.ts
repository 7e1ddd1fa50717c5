import { hex } from '@nansen/formats/tlv'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { sealLetter } from './letters.ts'
import { demandDay, demandFact, demandText } from './shapes.ts'

/** What is asked of the applicant, one thing after another. */
export interface MoreRequest {
  readonly items: readonly { readonly code: string; readonly text: string }[]
  /** The last day for an answer: `2026-12-31`. */
  readonly due: string
  /** In which the items are written. */
  readonly language: 'en' | 'ru'
}

const MOST_ITEMS = 20
/** A year: whoever is in flight needs time, and a case is not asked to death. */
const LONGEST = 366 * 86_400_000

/**
 * Asks the applicant for more, by a letter that only they can open. Until the answer the clock stands.
 * @throws CaseRefusal request.open, fact.shape, text.length; officer.*, case.*
 */
export async function requestMore(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { items: asked, due, language }: MoreRequest,
): Promise<void> {
  const caseOctets = octetsOf(caseId)
  demandFact(asked.length > 0 && asked.length <= MOST_ITEMS, 'items')
  demandFact(language === 'en' || language === 'ru', 'language')
  const items = asked.map(({ code, text }) => {
    demandFact(/^[a-z0-9-]{1,60}$/.test(code), 'items')
    return { code, text: demandText(text, 'items') }
  })
  const today = startOfDay(office.clock()).getTime()
  const last = demandDay(due, 'due').getTime()
  demandFact(last > today && last - today <= LONGEST, 'due')
  const [request, id] = [office.random(16), office.random(16)]
  const letter = await sealLetter(office, caseId, 'request', {
    language,
    text: '',
    request: hex(request),
    items,
    due,
  })
  const part = sealJson(office, caseOctets, id, 'request', { requestId: hex(request), items, due, language })
  await act(
    office,
    desk,
    { name: 'request-more', caseId, content: { items, due, language } },
    async ({ known }) => {
      if (known.state.waiting) throw new CaseRefusal('request.open')
      return {
        kind: 'case.requested',
        body: { request: hex(request), due, part: hex(id) },
        parts: [part],
        letter,
      }
    },
  )
}

/**
 * Goes on without an answer: the request was answered otherwise, or its last day is over. The clock goes on.
 * @throws CaseRefusal request.unknown; officer.*, case.*
 */
export async function closeRequest(office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> {
  await act(office, desk, { name: 'close-request', caseId, content: {} }, async ({ known }) => {
    const { request } = known.state
    if (request === undefined) throw new CaseRefusal('request.unknown')
    return { kind: 'case.request-closed', body: { request: request.id } }
  })
}
