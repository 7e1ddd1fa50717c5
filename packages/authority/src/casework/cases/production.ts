import type { Tx } from '@nansen/store'
import type { CaseOffice } from '../case-office.ts'
import { CaseRefusal } from '../case-refusal.ts'
import type { ProductionStage } from '../record/case-state.ts'
import { act, type Turn } from './act.ts'
import type { ActName } from './acts.ts'
import type { AtDesk } from './at-desk.ts'

/**
 * Printed on a blank out of the stock.
 * @param blank its number, such as `A0000123`: of the paper it is made of, not of the passport
 * @throws CaseRefusal blank.unknown, production.stage; officer.*, case.*
 */
export async function printed(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  blank: string,
): Promise<void> {
  await step(office, desk, caseId, 'printed', { blank }, async (turn) => {
    demandStage(turn, 'generated')
    const taken = await turn.tx.query(
      `update blank set state = 'used' where number = $1 and state = 'stock' returning number`,
      [blank],
    )
    if (taken.length !== 1) throw new CaseRefusal('blank.unknown', { field: 'blank' })
    await move(turn, 'printed', blank)
    return { kind: 'case.printed' }
  })
}

/**
 * Looked at by an officer. What is not good is spoiled, and printed again on another blank.
 * @throws CaseRefusal production.stage; officer.*, case.*
 */
export async function qualityChecked(
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  ok: boolean,
): Promise<void> {
  await step(office, desk, caseId, 'quality-checked', { ok }, async (turn) => {
    demandStage(turn, 'printed')
    if (ok) await move(turn, 'checked')
    else {
      await turn.tx.query(
        `update blank set state = 'spoiled' where number = (select blank from production where case_id = $1)`,
        [turn.known.id],
      )
      await move(turn, 'generated', null)
    }
    return { kind: 'case.checked', body: { ok } }
  })
}

/** @throws CaseRefusal production.stage; officer.*, case.* */
export async function dispatched(office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> {
  await step(office, desk, caseId, 'dispatched', {}, async (turn) => {
    demandStage(turn, 'checked')
    await move(turn, 'dispatched')
    return { kind: 'case.dispatched' }
  })
}

/** In the hands of its holder. @throws CaseRefusal production.stage; officer.*, case.* */
export async function collected(office: CaseOffice, desk: AtDesk, caseId: string): Promise<void> {
  await step(office, desk, caseId, 'collected', {}, async (turn) => {
    demandStage(turn, 'dispatched')
    await move(turn, 'collected')
    return { kind: 'case.collected' }
  })
}

const step = (
  office: CaseOffice,
  desk: AtDesk,
  caseId: string,
  name: ActName,
  content: Readonly<Record<string, unknown>>,
  plan: Parameters<typeof act>[3],
): Promise<void> => act(office, desk, { name, caseId, content }, plan)

function demandStage({ known }: Turn, stage: ProductionStage): void {
  if (known.state.stage !== stage) throw new CaseRefusal('production.stage')
}

/** @param blank from now on; undefined leaves it */
async function move(
  { tx, known }: { readonly tx: Tx; readonly known: Turn['known'] },
  stage: ProductionStage,
  blank?: string | null,
): Promise<void> {
  if (blank === undefined)
    await tx.query('update production set stage = $2 where case_id = $1', [known.id, stage])
  else
    await tx.query('update production set stage = $2, blank = $3 where case_id = $1', [
      known.id,
      stage,
      blank,
    ])
}
