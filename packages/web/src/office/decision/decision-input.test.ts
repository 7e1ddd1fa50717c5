import { expect, test } from 'vitest'
import { CATALOGUES } from '../../text/catalogue.ts'
import { decisionFrom, decisionProblems, type TypedDecision } from './decision-input.ts'

const TYPED: TypedDecision = {
  decision: 'refuse',
  approveGrounds: ['refugee'],
  refuseGrounds: ['no-ground-shown'],
  documentCode: 'PR',
  letter: 'Мы не нашли основания.',
}
const fields = (typed: Partial<TypedDecision>) =>
  decisionProblems(CATALOGUES.en, { ...TYPED, ...typed }).map(({ field }) => field)

test('only the grounds of the decision itself are part of it', () => {
  expect(decisionFrom(TYPED, 'ru').grounds).toEqual(['no-ground-shown'])
  expect(decisionFrom({ ...TYPED, decision: 'approve' }, 'ru').grounds).toEqual(['refugee'])
})

test('a refusal tells the applicant the grounds, the law and how to appeal, in their language', () => {
  const { letter } = decisionFrom(TYPED, 'ru')
  expect(letter).toMatch(/^Мы не нашли основания\.\n\nОснования:\n– /)
  expect(letter).toContain('Utopian Aliens Act § 20(1)')
  expect(letter).toContain(CATALOGUES.ru.office.decide.letterParts.appeal)
})

test('an approval says what the officer wrote and no more', () => {
  expect(decisionFrom({ ...TYPED, decision: 'approve', letter: '' }, 'ru').letter).toBe('')
})

test('what is missing is told at its field', () => {
  expect(fields({})).toEqual([])
  expect(fields({ decision: '' })).toEqual(['decision'])
  expect(fields({ refuseGrounds: [], letter: '' })).toEqual(['refuse-ground', 'letter'])
  expect(fields({ decision: 'approve', approveGrounds: [], documentCode: '' })).toEqual([
    'approve-ground',
    'document',
  ])
})

test('a ground of the other kind, or of none, decides nothing', () => {
  expect(fields({ refuseGrounds: ['refugee'] })).toEqual(['refuse-ground'])
  expect(fields({ refuseGrounds: ['interpol'] })).toEqual(['refuse-ground'])
})
