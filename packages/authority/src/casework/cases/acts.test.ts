import type { Officer, OfficerRole } from '@nansen/signing'
import { describe, expect, test } from 'vitest'
import { type CaseState, stateOf } from '../record/case-state.ts'
import type { CaseStatus } from '../record/case-status.ts'
import type { Part } from '../record/part.ts'
import { ACT_NAMES, ACTS, type ActName, leaveFor, leaveToTake, leaveToTakeForWords } from './acts.ts'

const ME = 'a'.repeat(32)
const OTHER = 'b'.repeat(32)
const ROLES: readonly OfficerRole[] = ['intake', 'decision', 'production', 'security', 'audit']
const STATUSES: readonly CaseStatus[] = [
  'intake',
  'decision',
  'second',
  'production',
  'collected',
  'refused',
  'appeal',
  'withdrawn',
]

const officer = (...roles: readonly OfficerRole[]): Officer => ({
  id: ME,
  label: 'Me',
  roles,
  credential: { kind: 'specimen-file', id: '', publicKey: '' },
})

const submitted = stateOf([{ kind: 'case.submitted', at: new Date(0), body: {} }])!
const held = (more: Partial<CaseState> = {}): CaseState => ({
  ...submitted,
  officer: ME,
  notice: true,
  noticeBy: OTHER,
  ...more,
})

const WORDS: readonly ActName[] = ['propose-words', 'confirm-words', 'end-words']
/** What has to be open, or must not be, for an act. */
const wordsFor = (act: ActName): Partial<CaseState> =>
  act === 'confirm-words' || act === 'end-words' ? { words: { by: OTHER, to: OTHER, day: new Date(0) } } : {}

describe('P1: every act × every role × every status', () => {
  /** Written down once more, by hand: a table that is only compared with itself says nothing. */
  const EXPECTED: Readonly<Record<ActName, string>> = {
    'request-more': 'intake@intake decision@decision',
    'close-request': 'intake@intake decision@decision',
    note: 'intake@intake decision@decision decision@second decision@appeal production@production',
    'identity-check': 'intake@intake',
    stay: 'intake@intake',
    screening: 'intake@intake',
    'settle-duplicate': 'intake@intake decision@decision decision@second',
    'open-notice': 'intake@intake decision@decision decision@second',
    'settle-notice': 'decision@intake decision@decision decision@second',
    'hand-over': 'intake@intake',
    'send-back': 'decision@decision production@production',
    'decide-first': 'decision@decision',
    'decide-second': 'decision@second',
    'decide-appeal': 'decision@appeal',
    issue: 'production@production',
    'paper-files': 'production@production',
    printed: 'production@production',
    'quality-checked': 'production@production',
    dispatched: 'production@production',
    collected: 'production@production',
    'pay-fee': 'intake@intake production@production',
    'waive-fee': 'intake@intake decision@decision',
    'propose-words': 'intake@*',
    'confirm-words': 'intake@* decision@*',
    'end-words': 'intake@* decision@*',
  }
  const NOT_WITHDRAWN = STATUSES.filter((status) => status !== 'withdrawn')
  const expected = (act: ActName) =>
    EXPECTED[act]
      .split(' ')
      .flatMap((way) =>
        way.endsWith('@*') ? NOT_WITHDRAWN.map((status) => way.replace('*', status)) : [way],
      )

  test.each(ACT_NAMES)('%s', (act) => {
    const allowed: string[] = []
    for (const role of ROLES)
      for (const status of STATUSES) {
        const leave = leaveFor(officer(role), held({ status, ...wordsFor(act) }), act)
        if ('as' in leave) {
          expect(leave.as).toBe(role)
          allowed.push(`${role}@${status}`)
        } else expect(leave.refused).toBe(role in ACTS[act] ? 'case.status' : 'officer.role')
      }
    expect(allowed.sort()).toEqual(expected(act).sort())
  })

  test('nobody acts on a case that is not theirs, whatever their role', () => {
    for (const act of ACT_NAMES)
      for (const status of STATUSES)
        for (const holder of [undefined, OTHER])
          expect(leaveFor(officer(...ROLES), held({ status, officer: holder }), act)).toEqual({
            refused: 'case.not-assigned',
          })
  })

  test('nobody acts in two parts on one case', () => {
    for (const act of ACT_NAMES.filter((name) => !WORDS.includes(name)))
      for (const part of ['intake', 'decision', 'production'] as const)
        for (const status of STATUSES) {
          const parts = new Map<string, ReadonlySet<Part>>([[ME, new Set([part])]])
          const leave = leaveFor(officer(...ROLES), held({ status, parts }), act)
          if ('as' in leave) expect(leave.as).toBe(part)
        }
  })

  test('new words are given by whoever is there, whatever part they had', () => {
    for (const act of WORDS)
      for (const part of ['intake', 'decision', 'production'] as const)
        for (const status of STATUSES.filter((other) => other !== 'withdrawn')) {
          const parts = new Map<string, ReadonlySet<Part>>([[ME, new Set([part])]])
          expect(leaveFor(officer('intake'), held({ status, parts, ...wordsFor(act) }), act)).toEqual({
            as: 'intake',
          })
        }
  })
})

describe('some officers are kept from some acts', () => {
  const parts = new Map<string, ReadonlySet<Part>>([[ME, new Set<Part>(['decision'])]])
  test.each([
    [
      'decide-second',
      { status: 'second', first: { by: ME, decision: 'approve' } },
      'decision.second-officer-required',
    ],
    ['decide-first', { status: 'decision', refusers: new Set([ME]) }, 'decision.refused-before'],
    ['decide-second', { status: 'second', refusers: new Set([ME]) }, 'decision.refused-before'],
    ['decide-appeal', { status: 'appeal', parts }, 'appeal.took-part'],
    ['settle-notice', { status: 'decision', noticeBy: ME }, 'notice.same-officer'],
    ['settle-notice', { status: 'decision', notice: false, noticeBy: undefined }, 'notice.none'],
    ['confirm-words', { words: { by: ME, to: OTHER, day: new Date(0) } }, 'words.same-officer'],
    ['confirm-words', {}, 'words.none'],
    ['end-words', {}, 'words.none'],
  ] as const)('%s: %j', (act, state, refused) => {
    expect(leaveFor(officer('decision'), held(state), act)).toEqual({ refused })
  })

  test('the first officer is told so even without holding the case', () => {
    const state = held({ status: 'second', first: { by: ME, decision: 'approve' }, officer: undefined })
    expect(leaveFor(officer('decision'), state, 'decide-second')).toEqual({
      refused: 'decision.second-officer-required',
    })
    expect(leaveToTake(officer('decision'), state)).toEqual({ refused: 'decision.second-officer-required' })
  })
})

test('new words are not proposed twice at once', () => {
  const state = held({ words: { by: OTHER, to: OTHER, day: new Date(0) } })
  expect(leaveFor(officer('intake'), state, 'propose-words')).toEqual({ refused: 'words.open' })
})

test('to give new words, a case is taken wherever it is, by those who prepare or decide', () => {
  for (const status of STATUSES)
    for (const role of ROLES) {
      const may = status !== 'withdrawn' && (role === 'intake' || role === 'decision')
      expect(leaveToTakeForWords(officer(role), { ...submitted, status })).toEqual(
        may ? { as: role } : { refused: 'case.unknown' },
      )
    }
})

test('a case is taken by whoever has it in a queue, and is not there for others', () => {
  const plain = { ...submitted }
  for (const status of STATUSES)
    for (const role of ROLES) {
      const expected =
        (role === 'intake' && status === 'intake') ||
        (role === 'decision' && ['decision', 'second', 'appeal'].includes(status)) ||
        (role === 'production' && status === 'production')
      const leave = leaveToTake(officer(role), { ...plain, status })
      expect(leave).toEqual(expected ? { as: role } : { refused: 'case.unknown' })
    }
  expect(leaveToTake(officer('decision'), { ...plain, notice: true })).toEqual({ as: 'decision' })
})
