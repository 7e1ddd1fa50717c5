import { describe, expect, test } from 'vitest'
import { adapters } from '../../../../test/crypto-adapters.ts'
import { haveReferenceData, withReferenceData } from '../../../../test/reference-data.ts'
import { wycheproofFiles } from '../../../../test/wycheproof.ts'
import type { SignatureAnswer } from './crypto.ts'

describe.skipIf(!haveReferenceData)(`Wycheproof signatures ${withReferenceData}`, () => {
  test('there are 4,903 of them in 18 files', () => {
    expect(wycheproofFiles.length).toBe(18)
    expect(wycheproofFiles.reduce((sum, { cases }) => sum + cases.length, 0)).toBe(4903)
  })

  for (const { name, cases } of wycheproofFiles) {
    test(`${name}: no wrong verdict on ${cases.length} signatures in any adapter`, async () => {
      const wrong: string[] = []
      for (const { id, algorithm, key, message, signature, expected } of cases) {
        const answers: SignatureAnswer[] = []
        for (const { crypto } of adapters)
          answers.push(await crypto.verify(algorithm, key, message, signature))
        const right = expected === 'acceptable' ? answers[0] : expected
        if (answers.some((answer) => answer !== right))
          wrong.push(`${id} is ${expected}: ${answers.join(', ')}`)
      }
      expect(wrong).toEqual([])
    })
  }
})
