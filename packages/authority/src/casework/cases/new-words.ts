import { hex } from '@nansen/formats/tlv'
import { append, type Tx } from '@nansen/store'
import { startOfDay } from '../../registry/day.ts'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import { streamOfAccount } from '../record/account-stream.ts'
import { appendToCase, type KnownCase, readCase } from '../record/append-to-case.ts'
import { parseCaseCode } from '../record/case-code.ts'
import { act } from './act.ts'
import type { AtDesk } from './at-desk.ts'
import { octetsOf, sealJson } from './case-parts.ts'
import { demandPerson, type SeenPerson } from './identity-check.ts'
import { sealLetter, sealLetterTo } from './letters.ts'
import { demandFact } from './shapes.ts'

/**
 * Somebody lost the words of their page. They opened a new, empty page, whose words nobody here ever sees; one officer
 * sees that they are the person of the case, a second one sees it too and compares the code of the new page, and every
 * case of the old page goes to the new one. What an officer proposes can be stopped on the old page as long as it opens.
 */

/** What the first officer saw. */
export type WordsProposal = SeenPerson

/**
 * Says that the person of a case stands there and lost the words of their page. It is told on that page, so that whoever
 * has its words can stop it.
 * @param proposal `page` is the code of the new page, as the person shows it; the portrait must match
 * @throws CaseRefusal words.*, fact.shape, text.length; officer.*, case.*
 */
export async function proposeWords(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { page, ...seen }: WordsProposal & { readonly page: string },
): Promise<void> {
  const caseOctets = octetsOf(caseId)
  const stated = demandPerson(office, seen)
  demandFact(stated.portraitMatches, 'portraitMatches')
  const to = demandPageCode(page)
  const letter = await sealLetter(office, caseId, 'words-proposed', WORDLESS)
  const id = office.random(16)
  const part = sealJson(office, caseOctets, id, 'new-words', stated)
  const content = { ...stated, to }
  await act(office, desk, { name: 'propose-words', caseId, content }, async ({ tx, known }) => {
    await demandEmptyPage(tx, known, to)
    return {
      kind: 'case.words-proposed',
      body: { to, part: hex(id) },
      parts: [part],
      letter,
      playsNoPart: true,
    }
  })
}

/**
 * Another officer saw the person too, and the same code on their page: every case of the account goes to the new one, in
 * one transaction. From then on the old words, and those of helpers, open a page without these cases; what was written to
 * it before stays closed to the new words, as letters are sealed to the account that they were for.
 * @throws CaseRefusal words.*, fact.shape; officer.*, case.*
 */
export async function confirmWords(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  { page, portraitMatches }: { readonly page: string; readonly portraitMatches: boolean },
): Promise<void> {
  octetsOf(caseId)
  demandFact(portraitMatches === true, 'portraitMatches')
  const to = demandPageCode(page)
  const letter = await sealLetterTo(office, octetsOf(to), 'words-given', WORDLESS)
  await act(office, desk, { name: 'confirm-words', caseId, content: { to } }, async (turn) => {
    const { tx, known, officer } = turn
    if (known.state.words?.to !== to) throw new CaseRefusal('words.other-page', { field: 'page' })
    await demandEmptyPage(tx, known, to)
    const body = { actor: `officer:${officer.id}`, from: hex(known.accountId), to }
    await moveOthers(office, tx, known, body)
    await tx.query('update case_file set account_id = $2 where account_id = $1', [
      known.accountId,
      octetsOf(to),
    ])
    // So that the old page can say where they went.
    const at = startOfDay(office.clock())
    const moved = { stream: streamOfAccount(known.accountId), kind: 'account.cases-moved', at }
    await append(tx, [{ ...moved, body: { actor: body.actor, case: caseId } }])
    return { kind: 'case.moved', body: { from: body.from, to }, letter, playsNoPart: true }
  })
}

/**
 * Ends what was proposed: it is not the person, or the code of another page was typed.
 * @throws CaseRefusal words.none; officer.*, case.*
 */
export async function endWords(office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> {
  await act(office, desk, { name: 'end-words', caseId, content: {} }, async () => ({
    kind: 'case.words-ended',
    playsNoPart: true,
  }))
}

/** Nobody writes these letters: their kind says it all, and pages say it in the reader's language. */
const WORDLESS = { language: 'en', text: '' } as const

/** The other cases of the account, each with an event of its own. */
async function moveOthers(
  office: CaseOffice,
  tx: Tx,
  { id, caseId, accountId }: KnownCase,
  body: Readonly<Record<string, string>>,
): Promise<void> {
  const others = await tx.query<{ id: Uint8Array }>(
    'select id from case_file where account_id = $1 and id <> $2 order by id',
    [accountId, id],
  )
  for (const other of others) {
    const known = await readCase(tx, hex(other.id))
    const event = { kind: 'case.moved', body: { ...body, with: caseId } }
    if (known === undefined || (await appendToCase(tx, office, known, [event])) === undefined)
      throw new CaseRefusal('case.status')
  }
}

/** @returns the id of an account, 32 hexadecimal digits @throws CaseRefusal words.code */
function demandPageCode(page: string): string {
  const id = parseCaseCode(page)
  if (id === undefined) throw new CaseRefusal('words.code', { field: 'page' })
  return id
}

/**
 * Somebody's page on which there is nothing yet: on one with cases of its own, those of two people could come together.
 * @throws CaseRefusal words.page, words.same-page, words.page-in-use
 */
async function demandEmptyPage(tx: Tx, { accountId }: KnownCase, to: string): Promise<void> {
  const [page] = await tx.query<{ open: boolean; used: boolean }>(
    `select
       exists (select 1 from door where account_id = account.id and kind = 'holder' and secrets is not null) as open,
       exists (select 1 from case_file where account_id = account.id) as used
     from account where id = $1`,
    [octetsOf(to)],
  )
  if (to === hex(accountId)) throw new CaseRefusal('words.same-page', { field: 'page' })
  if (page === undefined || !page.open) throw new CaseRefusal('words.page', { field: 'page' })
  if (page.used) throw new CaseRefusal('words.page-in-use', { field: 'page' })
}
