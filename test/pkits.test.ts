import { SIGNS_CERTIFICATES, SIGNS_DOCUMENTS } from '@nansen/inspection'
import { describe, expect, test } from 'vitest'
import { type Answer, judge, tally } from './corpora/judge.ts'
import { PKITS_TIME, type PkitsCase, pkitsCases } from './corpora/pkits.ts'
import { haveReferenceData, withReferenceData } from './reference-data.ts'

const at = PKITS_TIME

/** The end entity straight under the trust anchor, as the profile has it. */
const inOneStep = ({ path, lists }: PkitsCase): Promise<Answer> =>
  judge({ anchors: [path[0]!], certificate: path.at(-1)!, purpose: SIGNS_DOCUMENTS, lists, at })

/**
 * Each certificate of the path under the one before it, as if that one were trusted; each needs a current
 * revocation list. The answer is that of the first step which is not accepted.
 */
async function stepByStep({ path, lists }: PkitsCase): Promise<Answer> {
  for (let i = 1; i < path.length; i++) {
    const purpose = i < path.length - 1 ? SIGNS_CERTIFICATES : SIGNS_DOCUMENTS
    const answer = await judge({ anchors: [path[i - 1]!], certificate: path[i]!, purpose, lists, at })
    if (answer !== 'accepted') return answer
  }
  return 'accepted'
}

describe.skipIf(!haveReferenceData)(`PKITS ${withReferenceData}`, async () => {
  const cases = pkitsCases().filter(({ asksForPolicy }) => !asksForPolicy)
  const answers = new Map<PkitsCase, { one: Answer; steps: Answer }>()
  for (const each of cases) answers.set(each, { one: await inOneStep(each), steps: await stepByStep(each) })
  const given = (how: 'one' | 'steps', valid: boolean, ...sections: string[]): Answer[] =>
    cases
      .filter((each) => each.valid === valid && (sections.length === 0 || sections.includes(each.section)))
      .map((each) => answers.get(each)![how])

  const falselyAccepted = (how: 'one' | 'steps'): string[] =>
    cases.filter((each) => !each.valid && answers.get(each)![how] === 'accepted').map(({ name }) => name)

  test('with one anchor and one signer no path that is not valid is accepted', () => {
    expect(falselyAccepted('one')).toEqual([])
    expect(given('one', false)).toHaveLength(96)
  })

  test('with one anchor and one signer the three valid paths of that length are accepted', () => {
    expect(tally(given('one', true))).toEqual({
      accepted: 3,
      // All of them are of one country, whose authorities have nothing to do with each other.
      'chain.no-anchor revocation.other-authority': 73,
    })
    expect(tally(given('one', false, '4.16'))).toEqual({ 'chain.critical-extension': 1 })
  })

  test('step by step no path that is not valid is accepted', () => {
    expect(falselyAccepted('steps')).toEqual([])
  })

  test('step by step through signatures, dates, names, revocation, authority and key usage', () => {
    const sections = ['4.1', '4.2', '4.3', '4.4', '4.5', '4.6', '4.7', '4.16']
    expect(tally(given('steps', true, ...sections))).toEqual({
      accepted: 14,
      // Signers begin within the time of their authority.
      'chain.issued-outside-validity': 2,
      // An authority has one key for certificates and lists.
      'chain.no-anchor revocation.no-list': 1,
      'chain.purpose revocation.unusable': 1,
      'revocation.no-list': 2,
      'revocation.unusable': 2,
      // Basic constraints are critical.
      'chain.profile': 1,
      // A signer is no authority, and no authority stands under another with room for more.
      'chain.purpose': 3,
      // A key has its own parameters.
      'chain.signature-wrong': 1,
    })
    expect(tally(given('steps', false, ...sections))).toEqual({
      'chain.purpose': 9,
      'revocation.no-list': 7,
      'revocation.revoked': 5,
      'chain.issued-outside-validity': 2,
      'chain.no-anchor': 1,
      'chain.no-anchor revocation.no-list': 2,
      'chain.no-anchor revocation.other-authority': 1,
      'chain.purpose revocation.unusable': 2,
      'revocation.stale': 2,
      'revocation.unusable': 2,
      'chain.critical-extension': 1,
      'chain.signature-wrong': 1,
      'der.bit-string': 1,
      'expiry.signer': 1,
    })
  })

  test('step by step through policies, name constraints and lists in parts, which the profile does not have', () => {
    const sections = ['4.8', '4.9', '4.10', '4.11', '4.12', '4.13', '4.14', '4.15']
    expect(tally(given('steps', true, ...sections))).toEqual({
      accepted: 8,
      'chain.critical-extension': 25,
      'chain.no-anchor revocation.unusable': 1,
      'chain.profile': 6,
      'chain.purpose revocation.no-list': 1,
      'chain.purpose revocation.unusable': 2,
      'revocation.revoked': 2,
      'revocation.unusable': 4,
    })
    expect(tally(given('steps', false, ...sections))).toEqual({
      'chain.critical-extension': 34,
      'revocation.revoked': 9,
      'revocation.unusable': 6,
      'chain.profile': 5,
      'chain.no-anchor revocation.unusable': 2,
      'chain.no-anchor revocation.no-list': 1,
      'chain.purpose': 1,
      'revocation.stale': 1,
    })
  })

  test('the five cases left out are those that ask for a policy', () => {
    expect(pkitsCases().length - cases.length).toBe(5)
  })
})
