import { describe, expect, test } from 'vitest'
import { ANNA } from '../../../../../test/application.ts'
import { type Draft, type DraftPerson, emptyDraft, emptyPerson } from './draft.ts'
import { draftProblems } from './draft-problems.ts'
import { tasksOf } from './tasks.ts'

const AT = new Date('2026-11-24T10:00:00Z')
const id = (digit: string) => digit.repeat(32)
const WHOLE: DraftPerson = {
  ...emptyPerson(id('a')),
  ...ANNA,
  photo: id('f'),
  evidence: [{ id: id('e'), kind: 'internal-passport', file: id('d') }],
}
const CHILD: DraftPerson = { ...WHOLE, id: id('b'), birthDate: '2019-05-06', evidence: [] }
const DRAFT: Draft = {
  ...emptyDraft(id('a')),
  people: [WHOLE],
  reasons: ['stateless'],
  stay: { country: 'UTO', basis: 'visa-free', until: '' },
  meeting: 'office-capital',
}
const states = (draft: Draft) =>
  tasksOf(draft, AT).map(({ name, person, state }) => `${person?.[0] ?? '-'} ${name} ${state}`)

describe('the tasks of a draft', () => {
  test('are all to be begun at first', () => {
    expect(states(emptyDraft(id('a')))).toEqual([
      'a name not-begun',
      'a birth not-begun',
      'a nationality not-begun',
      'a photo not-begun',
      'a evidence not-begun',
      '- reasons not-begun',
      '- stay not-begun',
      '- meeting not-begun',
      '- family not-begun',
      '- fee not-begun',
    ])
  })

  test('are done when nothing stands in the way of any', () => {
    expect(draftProblems(DRAFT, AT)).toEqual([])
    const done = states({ ...DRAFT, people: [WHOLE, CHILD], waiver: true })
    expect(done.filter((line) => !line.endsWith(' done'))).toEqual(['b evidence not-begun'])
  })

  test('of a child wait for its name', () => {
    const named = { ...emptyPerson(id('b')), familyName: 'Щербакова' }
    expect(states({ ...DRAFT, people: [WHOLE, emptyPerson(id('b'))] }).slice(-5)).toEqual([
      'b name not-begun',
      'b birth waiting',
      'b nationality waiting',
      'b photo waiting',
      'b evidence waiting',
    ])
    expect(states({ ...DRAFT, people: [WHOLE, named] }).slice(-6, -3)).toEqual([
      '- fee not-begun',
      'b name begun',
      'b birth not-begun',
    ])
  })
})

describe('what stands in the way', () => {
  const first = (change: Partial<DraftPerson>, isChild = false) => {
    const people = isChild ? [WHOLE, { ...CHILD, ...change }] : [{ ...WHOLE, ...change }]
    const [problem] = draftProblems({ ...DRAFT, people }, AT)
    return problem && `${problem.task} ${problem.field} ${problem.code}`
  }
  test.each([
    [{ familyName: '' }, 'name familyName draft.missing'],
    [{ givenNames: '' }, undefined],
    [{ familyName: 'X ÆA-12' }, 'name familyName order.name-character'],
    [{ nameLanguage: '' }, 'name nameLanguage draft.missing'],
    [{ nameLanguage: 'xx' }, 'name nameLanguage order.language-unknown'],
    [{ spellingConfirmed: false }, 'name spellingConfirmed draft.spelling-not-confirmed'],
    [{ birthDate: '' }, 'birth birthDate draft.missing'],
    [{ birthDate: '1987-02-30' }, 'birth birthDate order.birth-date'],
    [{ birthDate: '2026-11-25' }, 'birth birthDate order.birth-date-future'],
    [{ birthDate: 'XXXX-XX-XX' }, undefined],
    [{ sex: '' }, 'birth sex draft.missing'],
    [{ sex: 'X' }, undefined],
    [{ nationality: 'XXA' }, undefined],
    [{ nationality: 'XXB' }, undefined],
    [{ nationality: 'SUN' }, 'nationality nationality order.nationality-unknown'],
    [{ photo: undefined }, 'photo photo draft.missing'],
    [{ evidence: [] }, undefined],
    [{ evidence: [{ id: id('e'), kind: 'oath', file: id('d') }] }, 'evidence kind draft.unknown-code'],
  ] as readonly (readonly [Partial<DraftPerson>, string | undefined])[])(
    'of the applicant: %j',
    (change, told) => {
      expect(first(change)).toBe(told)
    },
  )

  test.each([
    [{ birthDate: '2008-11-24' }, 'birth birthDate draft.child-of-age'],
    [{ birthDate: '2008-11-25' }, undefined],
    // Who may be a child is treated as one.
    [{ birthDate: '2008-XX-XX' }, undefined],
    [{ birthDate: '2007-XX-XX' }, 'birth birthDate draft.child-of-age'],
    [{ birthDate: 'XXXX-XX-XX' }, undefined],
  ] as readonly (readonly [Partial<DraftPerson>, string | undefined])[])('of a child: %j', (change, told) => {
    expect(first(change, true)).toBe(told)
  })

  test.each([
    [{ reasons: [] }, 'reasons reasons draft.missing'],
    [{ reasons: ['evidence-false'] }, 'reasons reasons draft.unknown-code'],
    [{ stay: { country: '', basis: 'visa', until: '' } }, 'stay country draft.missing'],
    [{ stay: { country: 'QQQ', basis: 'visa', until: '' } }, 'stay country draft.unknown-code'],
    [{ stay: { country: 'UTO', basis: 'x', until: '' } }, 'stay basis draft.unknown-code'],
    [{ stay: { country: 'UTO', basis: 'visa', until: '2026-02-30' } }, 'stay until draft.date'],
    // What ran out is told as it is.
    [{ stay: { country: 'UTO', basis: 'visa', until: '2020-02-29' } }, undefined],
    [{ meeting: 'moscow' }, 'meeting meeting draft.unknown-code'],
  ] as readonly (readonly [Partial<Draft>, string | undefined])[])('of all: %j', (change, told) => {
    const [problem] = draftProblems({ ...DRAFT, ...change }, AT)
    expect(problem && `${problem.task} ${problem.field} ${problem.code}`).toBe(told)
  })
})
