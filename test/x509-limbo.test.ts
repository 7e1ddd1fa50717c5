import * as node from 'node:crypto'
import {
  Anchors,
  inspect,
  type Purpose,
  RevocationLists,
  SIGNS_CERTIFICATES,
  Trust,
} from '@nansen/inspection'
import { describe, expect, test } from 'vitest'
import { nodeCrypto } from '../packages/inspection/src/crypto/node.ts'
import { type Answer, judge, tally } from './corpora/judge.ts'
import { type LimboCase, limboCases } from './corpora/x509-limbo.ts'
import { haveReferenceData, withReferenceData } from './reference-data.ts'

const cases = limboCases().filter(({ about }) => about !== 'hostname')
const purposeOf = ({ extendedKeyUsage }: LimboCase): Purpose => ({ role: 'signer', extendedKeyUsage })

/** Whether some way from the leaf to an anchor has nothing but steps that our validator accepts. */
async function isAcceptedByStep(one: LimboCase): Promise<boolean> {
  const { anchors, intermediates, at, lists } = one
  async function reaches(
    certificate: Uint8Array,
    purpose: Purpose,
    seen: readonly Uint8Array[],
  ): Promise<boolean> {
    const step = { certificate, purpose, at, lists }
    if ((await judge({ ...step, anchors })) === 'accepted') return true
    for (const issuer of intermediates) {
      if (seen.includes(issuer) || (await judge({ ...step, anchors: [issuer] })) !== 'accepted') continue
      if (await reaches(issuer, SIGNS_CERTIFICATES, [...seen, issuer])) return true
    }
    return false
  }
  return reaches(one.leaf, purposeOf(one), [])
}

describe.skipIf(!haveReferenceData)(
  `x509-limbo, one anchor and one signer ${withReferenceData}`,
  async () => {
    const answers = new Map<LimboCase, Answer>()
    const spent = new Map<string, number>()
    for (const one of cases) {
      const start = performance.now()
      answers.set(one, await judge({ ...one, certificate: one.leaf, purpose: purposeOf(one) }))
      spent.set(one.id, performance.now() - start)
    }
    const given = (valid: boolean): Answer[] =>
      cases.flatMap((one) => (one.valid === valid ? [answers.get(one)!] : []))

    test('of 64 paths that are not valid none is accepted', () => {
      const accepted = cases.filter((one) => !one.valid && answers.get(one) === 'accepted')
      expect(accepted.map(({ id }) => id)).toEqual([])
      expect(given(false)).toHaveLength(64)
    })

    test('of 26 valid ones those are accepted that the profile knows; the others need what it does not have', () => {
      expect(tally(given(true))).toEqual({
        accepted: 7,
        // They need certificates between anchor and signer.
        'chain.no-anchor': 13,
        // Their anchor is limited to some names, which nobody carries out here.
        'chain.critical-extension': 5,
        // The signer does not say what it is for.
        'chain.purpose': 1,
      })
    })

    test('the refusals have the reasons that they should have', () => {
      expect(tally(given(false))).toEqual({
        'chain.no-anchor': 32,
        'chain.critical-extension': 14,
        'chain.profile': 7,
        'chain.purpose': 3,
        'chain.not-an-authority': 2,
        'revocation.no-list': 1,
        'revocation.unusable': 1,
        'pki.algorithm-mismatch': 1,
        'pki.certificate-too-large': 1,
        'pki.extension-twice': 1,
        'tlv.too-many': 1,
      })
    })

    test('walked step by step through their intermediates, none of the paths that are not valid is accepted', async () => {
      const long = cases.filter(
        ({ intermediates, limitsDepth }) =>
          intermediates.length > 0 && intermediates.length < 10 && !limitsDepth,
      )
      const accepted = { valid: 0, 'not valid': [] as string[] }
      for (const one of long) {
        if (!(await isAcceptedByStep(one))) continue
        if (one.valid) accepted.valid++
        else accepted['not valid'].push(one.id)
      }
      expect(accepted).toEqual({ valid: 9, 'not valid': [] })
      expect(long).toHaveLength(39)
    })

    test('crafted cases end within a second, also with every intermediate among the anchors', async () => {
      for (const one of cases) {
        const start = performance.now()
        const anchors = [...one.anchors, ...one.intermediates]
        await judge({ ...one, anchors, certificate: one.leaf, purpose: purposeOf(one) })
        expect(performance.now() - start, one.id).toBeLessThan(1000)
        expect(spent.get(one.id), one.id).toBeLessThan(1000)
      }
      expect(cases.filter(({ about }) => about === 'dos')).toHaveLength(8)
    })

    test('inspection takes none of the certificates for one of a travel document', async () => {
      const crypto = nodeCrypto(node)
      for (const one of cases) {
        const anchors = new Anchors()
        for (const anchor of one.anchors) anchors.add(anchor, 'limbo')
        // One case presents the anchor itself, about which there is nothing to prove.
        if (anchors.find(one.leaf) !== undefined) continue
        const { verdict } = await inspect(one.leaf, new Trust(anchors, new RevocationLists()), one.at, crypto)
        expect(['unproven', 'rejected'], one.id).toContain(verdict.verdict)
      }
    })
  },
)
