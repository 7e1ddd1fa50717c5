import { holdCeremony, planCeremony, recover } from '@nansen/authority'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testOffice } from '../ceremony-office.ts'
import {
  type IssuingOffice,
  issueApproved as issue,
  issuingOffice,
  openTestLog,
  requestFor,
} from '../issuing-office.ts'
import { codeOf } from './faulty-office.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The office's ceremony is at this time. */
const CEREMONY = new Date('2026-11-24T10:00:00Z').getTime()
/** By then it has been at work for a week. */
const NOW = CEREMONY + 7 * DAY

/** Where the clock goes, and what is said of an order. */
const CLOCKS: readonly (readonly [string, Date, readonly string[]])[] = [
  ['two hours ahead', new Date(NOW + 2 * HOUR), ['released']],
  ['two hours behind', new Date(NOW - 2 * HOUR), ['released']],
  ['two hours before its first ceremony', new Date(CEREMONY - 2 * HOUR), ['clock.wrong']],
  ['400 days ahead', new Date(NOW + 400 * DAY), ['trust.crl-stale', 'period.document-signer']],
  ['400 days behind', new Date(NOW - 400 * DAY), ['clock.wrong']],
  ['in 1970', new Date(0), ['clock.wrong']],
  [
    'at the end of what 32 bits count',
    new Date('2038-01-19T03:14:08Z'),
    ['trust.crl-stale', 'period.document-signer'],
  ],
  [
    'in 2050, where dates are written otherwise',
    new Date('2050-01-01T00:00:00Z'),
    ['trust.crl-stale', 'period.document-signer'],
  ],
  ['no clock at all', new Date(Number.NaN), ['clock.wrong']],
]

describe('A clock that is wrong', () => {
  let office: IssuingOffice
  beforeEach(async () => {
    office = await issuingOffice()
    office.at(new Date(NOW))
  })
  afterEach(() => office.close())

  const papers = () => office.store.transaction((tx) => tx.query('select stage from paper'))

  test.each(CLOCKS)('%s: nothing is signed that a border would not accept', async (_, moment, outcomes) => {
    const first = { ...office }
    expect(codeOf((await issue(first, [requestFor({ reference: 'before' })]))[0])).toBe('released')
    office.at(moment)
    // The clock jumps under an office at work, and under one that starts.
    for (const at of [first, { ...office }]) {
      const reference = at === first ? 'at-work' : 'started'
      const [result] = await issue(at, [requestFor({ reference })])
      expect(outcomes).toContain(codeOf(result))
    }
    expect(await papers()).toHaveLength(outcomes.includes('released') ? 3 : 1)
    office.at(new Date(NOW + 60_000))
    const again = { ...office }
    expect(await recover(again)).toMatchObject({ voided: [], left: [] })
    for (const reference of ['before', 'at-work', 'started'])
      expect(codeOf((await issue(again, [requestFor({ reference })]))[0])).toBe('released')
    expect(await papers()).toHaveLength(3)
  })
})

describe('An office that lives on', () => {
  test.each([
    ['the end of what 32 bits count', '2038-01-18T10:00:00Z', '2038-01-20T10:00:00Z'],
    ['the year from which dates are written otherwise', '2049-12-30T10:00:00Z', '2050-01-02T10:00:00Z'],
    ['a day that only leap years have', '2028-02-28T23:00:00Z', '2028-02-29T10:00:00Z'],
  ])('over %s issues papers that are accepted', async (_, ceremony, day) => {
    const bare = await testOffice()
    try {
      bare.at(ceremony)
      await holdCeremony(bare, await planCeremony(bare, 'first'), 'nansen test')
      const office = { ...bare, log: await openTestLog(bare, true) }
      for (const at of [ceremony, day]) {
        bare.at(new Date(new Date(at).getTime() + HOUR))
        // Released is inspected and accepted, step 11.
        const [result] = await issue(office, [requestFor({ reference: at })])
        expect(codeOf(result)).toBe('released')
      }
    } finally {
      await bare.close()
    }
  })
})
