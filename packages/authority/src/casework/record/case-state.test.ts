import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseEvent } from './case-event.ts'
import { type CaseState, factsWanted, lacksFor, stateAfter, stateOf } from './case-state.ts'

const day = (days: number): Date => new Date(Date.UTC(2026, 10, 1) + days * 86_400_000)
const id = (digit: string): string => digit.repeat(32)
const [IRIS, DARIO, DANA, DELIA, PETRA] = ['1', '2', '3', '4', '5'].map(id) as [
  string,
  string,
  string,
  string,
  string,
]
const OTHER = id('f')

const event = (
  kind: string,
  at: number,
  body: Record<string, string | boolean> = {},
  officer?: string,
): CaseEvent => ({
  kind: `case.${kind}`,
  at: day(at),
  body: { ...body, actor: officer === undefined ? 'applicant' : `officer:${officer}` },
})

const SUBMITTED = event('submitted', 0, { minor: false, waiver: false, place: 'office-capital' })
const FACTS = [
  SUBMITTED,
  event('assigned', 1, { officer: IRIS }, IRIS),
  event('identity-checked', 1, { matches: true, as: 'intake' }, IRIS),
  event('stay-recorded', 1, { lawful: true, as: 'intake' }, IRIS),
  event('screened', 1, { result: 'clear', as: 'intake' }, IRIS),
]
const first = (by: string, decision: string) => event('decided-first', 2, { decision, as: 'decision' }, by)
const second = (by: string, outcome: string) => event('decided-second', 3, { outcome, as: 'decision' }, by)

const after = (...events: readonly CaseEvent[]): CaseState => stateOf(events)!

describe('a case from its events', () => {
  test('nothing is a case before it is handed in', () => {
    expect(stateOf([])).toBeUndefined()
    expect(stateOf([event('assigned', 0, { officer: IRIS }, IRIS)])).toBeUndefined()
  })

  test('a decision is due thirty days after, of a child twenty', () => {
    expect(after(SUBMITTED).due).toEqual(day(30))
    expect(after(event('submitted', 0, { minor: true })).due).toEqual(day(20))
  })

  test('with its three facts it is ready to be decided by itself, and whoever held it lets go', () => {
    const state = after(...FACTS)
    expect(state.status).toBe('decision')
    expect(state.officer).toBeUndefined()
    for (let left = 2; left < 5; left++)
      expect(after(...FACTS.filter((_, i) => i !== left)).status).toBe('intake')
  })

  test.each([
    ['a request', event('requested', 1, { request: OTHER, due: '2026-12-01', as: 'intake' }, IRIS)],
    ['a notice', event('notice-opened', 1, { as: 'intake' }, IRIS)],
    ['another case', event('duplicate-found', 1, { other: OTHER })],
  ])('%s that is open keeps it from being decided', (_, held) => {
    const state = after(FACTS[0]!, FACTS[1]!, held, ...FACTS.slice(2))
    expect(state.status).toBe('intake')
    expect(lacksFor(state)).toHaveLength(1)
  })

  test('a request stops the clock, and the answer moves the day by as long as it stood', () => {
    const asked = after(SUBMITTED, event('requested', 4, { request: OTHER, due: '2026-12-01' }, IRIS))
    expect(asked).toMatchObject({ waiting: true, pausedSince: day(4), due: day(30) })
    const wrong = stateAfter(asked, event('answered', 11, { request: id('e') }))
    expect(wrong).toBe(asked)
    expect(stateAfter(asked, event('answered', 11, { request: OTHER }))).toMatchObject({
      waiting: false,
      pausedSince: undefined,
      due: day(37),
    })
  })

  test('whoever opened a notice does not settle it', () => {
    const opened = after(SUBMITTED, event('notice-opened', 1, { as: 'decision' }, DARIO))
    const settle = (by: string) => event('notice-settled', 2, { outcome: 'no-obstacle', as: 'decision' }, by)
    expect(stateAfter(opened, settle(DARIO))).toBe(opened)
    expect(stateAfter(opened, settle(DANA))?.notice).toBe(false)
  })

  test('two officers approve, and one alone never', () => {
    const decided = after(...FACTS, first(DARIO, 'approve'))
    expect(decided.status).toBe('second')
    expect(stateAfter(decided, second(DARIO, 'approved'))).toBe(decided)
    expect(stateAfter(decided, second(DANA, 'approved'))?.status).toBe('production')
    expect(stateAfter(decided, second(DANA, 'refused'))).toBe(decided)
  })

  test('whoever took the case in decides nothing of it', () => {
    const ready = after(...FACTS)
    expect(stateAfter(ready, first(IRIS, 'approve'))).toBe(ready)
    const decided = after(...FACTS, first(DARIO, 'approve'))
    expect(stateAfter(decided, second(IRIS, 'approved'))).toBe(decided)
  })

  test('nothing is approved where the face was another, or the stay is not lawful', () => {
    for (const [place, body] of [
      [2, { matches: false, as: 'intake' }],
      [3, { lawful: false, as: 'intake' }],
    ] as const) {
      const facts = FACTS.map((fact, i) => (i === place ? event(fact.kind.slice(5), 1, body, IRIS) : fact))
      const ready = after(...facts)
      expect(ready.status).toBe('decision')
      expect(stateAfter(ready, first(DARIO, 'approve'))).toBe(ready)
      expect(stateAfter(ready, first(DARIO, 'refuse'))?.status).toBe('second')
    }
  })

  test('a decision that goes back is taken anew', () => {
    const back = after(...FACTS, first(DARIO, 'approve'), second(DANA, 'returned'))
    expect(back).toMatchObject({ status: 'decision', first: undefined, officer: undefined })
    expect(stateAfter(back, first(DARIO, 'approve'))?.status).toBe('second')
  })

  describe('refused', () => {
    const refused = [...FACTS, first(DARIO, 'refuse'), second(DANA, 'refused')]
    const appealed = [...refused, event('appealed', 10)]
    const decided = (by: string, outcome: string) =>
      event('appeal-decided', 12, { outcome, as: 'decision' }, by)

    test('it can be appealed against once', () => {
      expect(after(...refused)).toMatchObject({ status: 'refused', mayAppeal: true })
      expect(after(...appealed)).toMatchObject({ status: 'appeal', mayAppeal: false, due: day(40) })
      const upheld = after(...appealed, decided(DELIA, 'upheld'))
      expect(upheld).toMatchObject({ status: 'refused', mayAppeal: false })
      expect(stateAfter(upheld, event('appealed', 13))).toBe(upheld)
    })

    test('nobody who had a part decides the appeal', () => {
      const state = after(...appealed)
      for (const by of [IRIS, DARIO, DANA]) expect(stateAfter(state, decided(by, 'reversed'))).toBe(state)
      expect(stateAfter(state, decided(DELIA, 'reversed'))?.status).toBe('decision')
    })

    test('reversed, it is decided by others than those who refused', () => {
      const state = after(...appealed, decided(DELIA, 'reversed'))
      for (const by of [DARIO, DANA]) expect(stateAfter(state, first(by, 'approve'))).toBe(state)
      const again = after(...appealed, decided(DELIA, 'reversed'), first(DELIA, 'approve'))
      expect(again.status).toBe('second')
      for (const by of [DARIO, DANA, DELIA]) expect(stateAfter(again, second(by, 'approved'))).toBe(again)
      expect(stateAfter(again, second(PETRA, 'approved'))?.status).toBe('production')
    })
  })

  test('what is missing can be handed over, and only be refused then or sent back', () => {
    const over = after(SUBMITTED, event('handed-over', 1, { as: 'intake' }, IRIS))
    expect(over.status).toBe('decision')
    expect(stateAfter(over, first(DARIO, 'approve'))).toBe(over)
    expect(stateAfter(over, first(DARIO, 'refuse'))?.status).toBe('second')
    const back = (again: string) => event('sent-back', 2, { again, as: 'decision' }, DARIO)
    expect(stateAfter(over, back(''))?.status).toBe('intake')
    const ready = after(...FACTS)
    expect(stateAfter(ready, back(''))).toBe(ready)
    expect(stateAfter(ready, back('lawful-stay'))).toMatchObject({
      status: 'intake',
      lawfulStay: undefined,
      identity: true,
    })
  })

  test('reversed, what spoke against it is recorded anew', () => {
    const facts = FACTS.map((fact, i) =>
      i === 2 ? event('identity-checked', 1, { matches: false, as: 'intake' }, IRIS) : fact,
    )
    const appealed = [...facts, first(DARIO, 'refuse'), second(DANA, 'refused'), event('appealed', 9)]
    const state = after(
      ...appealed,
      event('appeal-decided', 10, { outcome: 'reversed', as: 'decision' }, DELIA),
    )
    expect(state).toMatchObject({ status: 'intake', identity: undefined, lawfulStay: true })
  })

  test.each([['identity-check'], ['lawful-stay'], ['screening']] as const)(
    '%s is wanted until it is recorded, and again when it is sent back',
    (fact) => {
      expect(factsWanted(after(SUBMITTED))).toContain(fact)
      const ready = after(...FACTS)
      expect(factsWanted(ready)).toEqual([])
      const back = event('sent-back', 2, { again: fact, as: 'decision' }, DARIO)
      expect(factsWanted(stateAfter(ready, back)!)).toEqual([fact])
    },
  )

  test('before there is a paper it can be decided anew, and after that no more', () => {
    const approved = [...FACTS, first(DARIO, 'approve'), second(DANA, 'approved')]
    const back = event('sent-back', 4, { again: '', as: 'production' }, PETRA)
    expect(after(...approved, back)).toMatchObject({ status: 'decision', first: undefined })
    const made = after(...approved, event('generated', 4, { as: 'production' }, PETRA))
    expect(stateAfter(made, back)).toBe(made)
  })

  describe('new words', () => {
    const proposed = event('words-proposed', 4, { to: OTHER }, IRIS)
    const moved = (by: string | undefined, body = {}) => event('moved', 5, { to: OTHER, ...body }, by)
    const waiting = [SUBMITTED, event('assigned', 3, { officer: IRIS }, IRIS), proposed]

    test('are given by another officer than the one who proposed them, and to the same account', () => {
      const state = after(...waiting)
      expect(state).toMatchObject({ words: { by: IRIS, to: OTHER, day: day(4) }, officer: undefined })
      for (const wrong of [moved(IRIS), moved(undefined), moved(DARIO, { to: id('e') })])
        expect(stateAfter(state, wrong)).toBe(state)
      expect(stateAfter(state, moved(DARIO))).toMatchObject({ words: undefined, movedOn: day(5) })
      const nothing = after(SUBMITTED)
      expect(stateAfter(nothing, moved(DARIO))).toBe(nothing)
    })

    test('are not proposed twice, by nobody, or for what was taken back', () => {
      const state = after(...waiting)
      expect(stateAfter(state, event('words-proposed', 5, { to: id('e') }, DARIO))).toBe(state)
      const plain = after(SUBMITTED)
      expect(stateAfter(plain, event('words-proposed', 5, { to: OTHER }))).toBe(plain)
      const gone = after(SUBMITTED, event('withdrawn', 1))
      expect(stateAfter(gone, proposed)).toBe(gone)
      expect(after(...waiting, event('withdrawn', 6)).words).toBeUndefined()
    })

    test('are stopped by the holder or ended by an officer, once', () => {
      for (const over of [event('words-stopped', 5), event('words-ended', 5, {}, DARIO)]) {
        const state = after(...waiting, over)
        expect(state.words).toBeUndefined()
        for (const late of [over, moved(DARIO)]) expect(stateAfter(state, late)).toBe(state)
      }
    })

    test('of another case of the account take this one along, and leave it on the desk where it is', () => {
      const held = [SUBMITTED, event('assigned', 3, { officer: DELIA }, DELIA)]
      const state = after(...held, moved(DARIO, { with: id('e') }))
      expect(state).toMatchObject({ movedOn: day(5), officer: DELIA, status: 'intake' })
    })
  })

  test('a paper goes its way one step at a time, and what is spoiled is printed again', () => {
    const step = (kind: string, body = {}) => event(kind, 4, { ...body, as: 'production' }, PETRA)
    const approved = [...FACTS, first(DARIO, 'approve'), second(DANA, 'approved')]
    const way = [
      step('generated'),
      step('printed'),
      step('checked', { ok: false }),
      step('printed'),
      step('checked', { ok: true }),
      step('dispatched'),
      step('collected'),
    ]
    const stages = way.map((_, i) => after(...approved, ...way.slice(0, i + 1)).stage)
    expect(stages).toEqual([
      'generated',
      'printed',
      'generated',
      'printed',
      'checked',
      'dispatched',
      'collected',
    ])
    expect(after(...approved, ...way)).toMatchObject({ status: 'collected', officer: undefined })
    const early = after(...approved)
    for (const wrong of ['printed', 'checked', 'dispatched', 'collected'])
      expect(stateAfter(early, step(wrong, { ok: true }))).toBe(early)
  })
})

describe('whatever is written in a journal', () => {
  const officers = fc.constantFrom(IRIS, DARIO, DANA, DELIA, PETRA)
  const eventOf = (kinds: string, parts: readonly string[]): fc.Arbitrary<CaseEvent> =>
    fc
      .record({
        kind: fc.constantFrom(...kinds.split(' ')),
        officer: officers,
        as: fc.constantFrom(...parts),
        yes: fc.boolean(),
        decision: fc.constantFrom('approve', 'refuse'),
        outcome: fc.constantFrom(...'approved refused returned same different upheld reversed'.split(' ')),
        at: fc.nat(60),
      })
      .map(({ kind, officer, as, yes, decision, outcome, at }) =>
        event(
          kind,
          at,
          {
            officer,
            as,
            decision,
            outcome,
            matches: yes,
            lawful: yes,
            ok: yes,
            result: 'clear',
            request: OTHER,
            due: '',
            other: OTHER,
            to: OTHER,
          },
          officer,
        ),
      )
  const anyEvent = fc.oneof(
    eventOf(
      'assigned released opened requested answered request-closed identity-checked stay-recorded screened duplicate-found duplicate-settled notice-opened notice-settled noted generated printed checked dispatched collected withdrawn fee handed-over sent-back words-proposed words-stopped words-ended moved',
      ['intake', 'decision', 'production'],
    ),
    { arbitrary: eventOf('decided-first decided-second appealed appeal-decided', ['decision']), weight: 4 },
  )
  // Half of the journals begin with all facts: by chance alone a case hardly gets as far as a decision.
  const journals = fc
    .tuple(fc.boolean(), fc.array(anyEvent, { maxLength: 60 }))
    .map(([ready, events]) => [...(ready ? FACTS : [SUBMITTED]), ...events])

  test('P1: no case is in production without two officers, neither of whom was anything else on it', () => {
    fc.assert(
      fc.property(journals, (events) => {
        let state: CaseState | undefined
        let firstBy: string | undefined
        for (const one of events) {
          const before = state
          state = stateAfter(state, one)
          if (before === undefined || state === undefined) continue
          if (before.status === 'decision' && state.status === 'second') firstBy = state.first?.by
          if (before.status === 'second' && state.status === 'production') {
            const by = /[0-9a-f]{32}$/.exec(String(one.body.actor))?.[0]
            expect(firstBy).toBeDefined()
            expect(by).not.toBe(firstBy)
            for (const decider of [by!, firstBy!])
              expect([...state.parts.get(decider)!]).toEqual(['decision'])
            expect(lacksFor(before)).toEqual([])
          } else if (state.status === 'production') expect(before.status).toBe('production')
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('what a row says fits together', () => {
    fc.assert(
      fc.property(journals, (events) => {
        let state: CaseState | undefined
        for (const one of events) {
          const before = state
          state = stateAfter(state, one)
          if (state === undefined) continue
          expect(state.waiting).toBe(state.pausedSince !== undefined)
          expect(state.waiting).toBe(state.request !== undefined)
          expect(state.notice).toBe(state.noticeBy !== undefined)
          if (before !== undefined && before.status !== state.status) expect(state.officer).toBeUndefined()
          if (before !== undefined) expect(state.due.getTime()).toBeGreaterThanOrEqual(before.due.getTime())
          if (['collected', 'withdrawn'].includes(before?.status ?? ''))
            expect(state.status).toBe(before?.status)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('it gets as far as a paper by chance, so that the above says something', () => {
    const reached = new Set<string>()
    for (const events of fc.sample(journals, { numRuns: 3000, seed: 7 }))
      for (let i = 1; i <= events.length; i++) reached.add(after(...events.slice(0, i)).status)
    for (const status of ['decision', 'second', 'production', 'refused', 'appeal', 'withdrawn'])
      expect(reached).toContain(status)
  })
})
