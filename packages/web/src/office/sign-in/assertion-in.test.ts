import { expect, test } from 'vitest'
import { formValues } from '../../server/body.ts'
import { assertionIn } from './assertion-in.ts'

const ASSERTION = { credentialId: 'a', authenticatorData: 'b', clientDataJSON: 'c', signature: 'd' }
const inForm = (value: unknown) =>
  formValues([['assertion', Buffer.from(JSON.stringify(value)).toString('base64url')]])

test('an authenticator’s answer comes through, and nothing that came along with it', () => {
  expect(assertionIn(inForm({ ...ASSERTION, officer: 'another' }))).toEqual(ASSERTION)
})

test('anything else is no answer', () => {
  const { signature: _, ...unsigned } = ASSERTION
  for (const value of [unsigned, { ...ASSERTION, signature: 1 }, [], null, 'text'])
    expect(assertionIn(inForm(value))).toBeUndefined()
  expect(assertionIn(formValues([['assertion', '%%%']]))).toBeUndefined()
  expect(assertionIn(formValues([]))).toBeUndefined()
  expect(assertionIn(inForm({ ...ASSERTION, signature: 'x'.repeat(9_000) }))).toBeUndefined()
})
