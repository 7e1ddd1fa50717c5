import { describe, expect, test } from 'vitest'
import type { TestCaseOffice } from '../../../../../test/case-office.ts'
import { type AllSeated, atDesks, caseEvents, fresh, gather, type Seated } from '../../../../../test/desk.ts'
import { assignCase } from './assign.ts'
import { findCase, queue } from './queue.ts'
import { statistics } from './statistics.ts'

let office: TestCaseOffice
let at: AllSeated
atDesks((...opened) => {
  ;[office, at] = opened
})

const refusal = (code: string) => expect.objectContaining({ name: 'CaseRefusal', code })

describe('queues', () => {
  test('only those of the officer’s roles', async () => {
    const names = [
      'intake',
      'waiting',
      'duplicate',
      'notice',
      'decision',
      'second',
      'appeal',
      'production',
      'mine',
    ] as const
    const open = async (who: Seated) => {
      const seen = await Promise.all(
        names.map((name) =>
          queue(office, who, name).then(
            () => name,
            () => undefined,
          ),
        ),
      )
      return seen.filter(Boolean).join(' ')
    }
    expect(await open(at.iris)).toBe('intake waiting duplicate mine')
    expect(await open(at.dario)).toBe('waiting duplicate notice decision second appeal mine')
    expect(await open(at.petra)).toBe('production mine')
    for (const who of [at.ada, at.sofia]) {
      expect(await open(who)).toBe('')
      await expect(findCase(office, who, 'x')).rejects.toEqual(refusal('officer.role'))
    }
  })

  test('pages join without a gap, what is due first in front, and each is one statement', async () => {
    for (let i = 0; i < 5; i++) await fresh(office)
    const statements: string[] = []
    const counted: TestCaseOffice = {
      ...office,
      store: {
        ...office.store,
        close: () => office.store.close(),
        transaction: (work) =>
          office.store.transaction((tx) =>
            work({
              query: (text, values) => {
                statements.push(text)
                return tx.query(text, values)
              },
              insert: (...args) => tx.insert(...args),
              insertNew: (...args) => tx.insertNew(...args),
            }),
          ),
      },
    }
    const whole = await queue(counted, at.iris, 'intake', { most: 100 })
    expect(statements).toHaveLength(1)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await queue(counted, at.iris, 'intake', { most: 2, ...(after && { after }) })
      expect(page.total).toBe(whole.total)
      seen.push(...page.rows.map(({ caseId }) => caseId))
      after = page.next
    } while (after !== undefined)
    expect(seen).toEqual(whole.rows.map(({ caseId }) => caseId))
    const due = whole.rows.map((row) => row.due.getTime())
    expect(due).toEqual([...due].sort((a, b) => a - b))
    statements.length = 0
    await findCase(counted, at.iris, whole.rows[0]!.code)
    expect(statements).toHaveLength(1)
    expect((await queue(office, at.iris, 'intake', { after: 'nonsense' })).rows.length).toBeGreaterThan(0)
  })

  test('a case that is in none of the officer’s queues is not found', async () => {
    const { caseId, code } = await fresh(office)
    expect(await findCase(office, at.dario, code)).toBeUndefined()
    expect(await findCase(office, at.petra, code)).toBeUndefined()
    expect(await findCase(office, at.iris, 'no code')).toBeUndefined()
    await expect(assignCase(office, at.dario, caseId)).rejects.toEqual(refusal('case.unknown'))
    await gather(office, at.iris, caseId)
    expect((await findCase(office, at.dario, code))?.status).toBe('decision')
    expect(await findCase(office, at.iris, code)).toBeUndefined()
  })

  test('a case is one officer’s at a time', async () => {
    const { caseId } = await fresh(office)
    const taken = await Promise.allSettled(
      [at.iris, at.ivo, at.iris, at.ivo, at.iris].map((who) => assignCase(office, who, caseId)),
    )
    expect((await caseEvents(office, caseId)).filter(({ kind }) => kind === 'case.assigned')).toHaveLength(1)
    expect(taken.some(({ status }) => status === 'rejected')).toBe(true)
  })

  test('statistics are counts by month and status, for any officer', async () => {
    const cells = await statistics(office, at.ada)
    expect(
      cells.find(({ month, status }) => month === '2026-11' && status === 'intake')?.count,
    ).toBeGreaterThan(4)
    expect(cells.every(({ count }) => count === null || count >= 5)).toBe(true)
  })
})
