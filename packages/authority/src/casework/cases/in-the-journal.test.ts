import { hex } from '@nansen/formats/tlv'
import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import {
  type AllSeated,
  atDesks,
  CHECK,
  caseEvents,
  caseOctets,
  fresh,
  sqlOf,
  toPaper,
} from '../../../../../test/desk.ts'
import { assignCase } from './assign.ts'
import { recordIdentityCheck } from './identity-check.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const sql = sqlOf(() => office)

describe('P20', () => {
  test('every act of staff stands in the public log, by a commitment', async () => {
    const { caseId } = await fresh(office)
    await toPaper(office, at, caseId)
    const events = await caseEvents(office, caseId)
    const logged = await sql<{ seq: number }>(`select seq from log_entry where stream = 'case/${caseId}'`)
    expect(logged.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(events.map(({ seq }) => seq))
  })

  test('no event, no act: where the journal or the log does not take it, nothing was done', async () => {
    const { caseId } = await fresh(office)
    await assignCase(office, at.iris, caseId)
    const parts = () => sql('select id from case_part where case_id = $1', [caseOctets(caseId)])
    const before = [await caseEvents(office, caseId), await parts()]
    const deaf: TestCaseOffice = {
      ...office,
      log: {
        ...office.log,
        enter: async () => {
          throw new Error('the log is full')
        },
      },
    }
    await expect(recordIdentityCheck(deaf, at.iris, caseId, CHECK)).rejects.toThrow('the log is full')
    expect([await caseEvents(office, caseId), await parts()]).toEqual(before)
    await sql(
      `create function no_more() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
    )
    await sql('create trigger no_more before insert on event for each row execute function no_more()')
    try {
      await expect(recordIdentityCheck(office, at.iris, caseId, CHECK)).rejects.toThrow()
    } finally {
      await sql('drop trigger no_more on event')
    }
    expect([await caseEvents(office, caseId), await parts()]).toEqual(before)
    expect(hex(before[0]!.at(-1)!.hash as Uint8Array)).toBe(
      hex((await caseEvents(office, caseId)).at(-1)!.hash),
    )
  })
})
