import { deliver, recover, refusalOf } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PowerCut } from '../ceremony-office.ts'
import { COMMIT_FAULTS } from '../faults/commit-fault.ts'
import { failStatement, type StatementFault } from '../faults/trigger-faults.ts'
import { type ApprovingOffice, issueApproved as issue, requestFor } from '../issuing-office.ts'
import { onPostgresql, serverUrl } from './database.ts'
import { codeOf, expectOnePaper, type FaultyOffice, faultyOffice, papersIn } from './faulty-office.ts'

/** What each transaction of issuing does that no other does. */
const TRANSACTIONS: Readonly<Record<string, { readonly sql: RegExp; readonly nth?: number }>> = {
  'the record of the paper': { sql: /insert into "?case_key/ },
  'the signature of the paper': { sql: /insert into "?signature/ },
  'the release of the paper': { sql: /update paper set sod/ },
  'the places in the log': { sql: /insert into "?log_head/ },
  'the record of the checkpoint': { sql: /insert into "?intent/, nth: 2 },
  'the signature of the checkpoint': { sql: /insert into "?signature/, nth: 2 },
  'the delivery of the paper': { sql: /update paper set stage/ },
}

/** Rows that fail one by one, in the order in which they are written. */
const ROWS: readonly (readonly [what: string, table: string, fault: StatementFault])[] = [
  ['the key of the case', 'case_key', {}],
  ['the intent of the paper', 'intent', { where: "new.purpose = 'document-signer'" }],
  ['the paper', 'paper', {}],
  ['the key of the chip', 'key_register', {}],
  ['that the paper is recorded', 'event', { where: "new.kind = 'paper.recorded'" }],
  ['the signature of the paper', 'signature', { nth: 1 }],
  ['the released paper', 'paper', { on: 'update', where: "new.stage = 'released'" }],
  ['that the paper is released', 'event', { where: "new.kind = 'paper.released'" }],
  ['the entry of the log', 'log_entry', {}],
  ['its place in the log', 'log_entry', { on: 'update' }],
  ['the head of the log', 'log_head', { on: 'update' }],
  ['the intent of the checkpoint', 'intent', { where: "new.purpose = 'log'" }],
  ['the signature of the checkpoint', 'signature', { nth: 2 }],
  ['the delivered paper', 'paper', { on: 'update', where: "new.stage = 'delivered'" }],
  ['that the paper is delivered', 'event', { where: "new.kind = 'paper.delivered'" }],
]

describe.skipIf(serverUrl === undefined)(`A transaction of issuing that fails ${onPostgresql}`, () => {
  let faulty: FaultyOffice
  let count = 0
  beforeAll(async () => {
    faulty = await faultyOffice()
    // The log begins with what the ceremony made; the rounds are about papers.
    await faulty.office.log.sequence()
  })
  afterAll(() => faulty?.close())

  /** Issues and hands over, as the command does. @returns the reason of a refusal; undefined where all went well */
  async function issueOne(reference: string): Promise<string | undefined> {
    const { office } = faulty
    const [result] = await issue(office, [requestFor({ reference })])
    if (result?.outcome !== 'released') return codeOf(result)
    try {
      await deliver(office, [result.paper])
      return undefined
    } catch (error) {
      return refusalOf(error).code
    }
  }

  /** The office, whose power is cut at a step. */
  const cutAt = (step: string): ApprovingOffice => ({
    ...faulty.office,
    step(name) {
      if (name === step) throw new PowerCut(name)
    },
  })

  describe.each(Object.entries(COMMIT_FAULTS))('whose COMMIT %s', (_, fault) => {
    test.each(Object.entries(TRANSACTIONS))(
      '%s: nobody knows, and then one paper',
      async (_, { sql, nth }) => {
        const reference = `commit-${++count}`
        const before = await papersIn(faulty)
        const planned = faulty.proxy.plan({ ...fault, touched: sql, ...(nth !== undefined && { nth }) })
        expect(await issueOne(reference)).toBe('store.commit-unknown')
        expect(planned.hasHappened).toBe(true)
        await expectOnePaper(faulty, reference, before)
      },
    )

    test('whichever it is, of those that read too: a reason, and then one paper', async () => {
      let happened = true
      let nth = 0
      while (happened) {
        const reference = `nth-${++count}`
        const before = await papersIn(faulty)
        const planned = faulty.proxy.plan({ ...fault, nth: ++nth })
        const reason = await issueOne(reference)
        happened = planned.hasHappened
        planned.cancel()
        if (happened) expect([nth, reason]).toEqual([nth, 'store.commit-unknown'])
        await expectOnePaper(faulty, reference, before)
      }
      expect(nth).toBeGreaterThan(Object.keys(TRANSACTIONS).length)
    })

    test('whichever it is of a recovery: a reason, and the next recovery finishes', async () => {
      let happened = true
      let nth = 0
      while (happened) {
        const reference = `recovered-${++count}`
        const before = await papersIn(faulty)
        await expect(issue(cutAt('issue.recorded'), [requestFor({ reference })])).rejects.toThrow(PowerCut)
        const planned = faulty.proxy.plan({ ...fault, nth: ++nth })
        const reason = await recover(faulty.office).then(
          () => undefined,
          (error) => refusalOf(error).code,
        )
        happened = planned.hasHappened
        planned.cancel()
        if (happened) expect([nth, reason]).toEqual([nth, 'store.commit-unknown'])
        await expectOnePaper(faulty, reference, before)
      }
      expect(nth).toBeGreaterThan(5)
    })
  })

  describe.each(['statement', 'commit'] as const)('by a %s that the database refuses', (at) => {
    test.each(ROWS)('%s: a reason, and then one paper', async (_, table, fault) => {
      const reference = `row-${++count}`
      const before = await papersIn(faulty)
      const planted = await failStatement(serverUrl!, faulty.schema, table, { ...fault, at })
      expect(await issueOne(reference)).toBe('store.statement-failed')
      expect(await planted.matched()).toBeGreaterThan(0)
      await planted.remove()
      await expectOnePaper(faulty, reference, before)
    })
  })

  test('a disk that is full is such a refusal too', async () => {
    const before = await papersIn(faulty)
    const planted = await failStatement(serverUrl!, faulty.schema, 'paper', { sqlstate: '53100' })
    expect(await issueOne('disk-full')).toBe('store.statement-failed')
    await planted.remove()
    expect(await papersIn(faulty)).toBe(before)
    await expectOnePaper(faulty, 'disk-full', before)
  })
})
