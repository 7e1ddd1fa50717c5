import { describe, expect, test } from 'vitest'
import { aside, cannotTell, finding, notGenuine, notValid, type Outcome, passed } from './checks/check.ts'
import type { CheckResult } from './checks/index.ts'
import { decide } from './verdict.ts'

const forged = notGenuine(finding('lds.hash-differs', 'DG1', '9303-11 §5.1'))
const open = cannotTell(finding('chain.no-anchor', 'signer certificate', '9303-11 §5.1'))
const ended = notValid(finding('expiry.document', 'DG1', '9303-3 §4.8'))
const unasked = aside(finding('chip.not-done', 'chip', '9303-11 §6'))

const results = (...outcomes: readonly Outcome[]): CheckResult[] =>
  outcomes.map((outcome) => ({ name: 'format', cites: '9303-10 §4.6', ...outcome }))

describe('the verdict', () => {
  test.each([
    ['accepted', [passed(), passed()]],
    ['accepted', [passed(), unasked]],
    ['not-valid', [passed(), ended, unasked]],
    ['unproven', [ended, open, passed()]],
    ['unproven', [open, ended]],
    ['rejected', [ended, open, forged]],
    ['rejected', [forged, passed()]],
  ] as const)('is %s for each mixture in its place of the order', (verdict, outcomes) => {
    expect(decide(results(...outcomes)).verdict).toBe(verdict)
  })

  test('names everything that speaks against it, and keeps the rest as notes', () => {
    const verdict = decide(
      results(
        forged,
        open,
        unasked,
        passed([unasked.result === 'not-done' ? unasked.finding : finding('ok', '', '')]),
      ),
    )
    expect(verdict).toMatchObject({
      verdict: 'rejected',
      because: [{ code: 'lds.hash-differs' }],
      notes: [{ code: 'chip.not-done' }, { code: 'chip.not-done' }],
    })
  })

  test('of something expired that cannot be shown to be genuine does not call it genuine', () => {
    expect(decide(results(ended, open))).toMatchObject({
      verdict: 'unproven',
      notes: [{ code: 'expiry.document' }],
    })
  })
})
