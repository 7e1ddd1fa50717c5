import * as node from 'node:crypto'
import { inspect, openTrust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { makeBenchPapers } from './fixtures.mjs'
import { perSecond, rounded } from './measure.mjs'
import { opensslVerifications } from './openssl.mjs'

/** The least that each kind must reach, as a share of bare OpenSSL for the one signature left to verify. */
const BARS = { RSA: 0.15, 'RSA-PSS': 0.15, 'P-256': 0.4, brainpoolP384r1: 0.6 }

/**
 * Whole inspections of a chip with a 15 kB portrait: all checks, data group hashes and the security object's
 * signature; the signer's certificate and the CSCA are known already, as for all but the first paper of a signer.
 * Beside them `openssl speed` for that one signature, in the same run.
 * @param {number} seconds
 */
export async function benchPassiveAuthentication(seconds) {
  const crypto = nodeCrypto(node)
  const results = []
  for (const kind of /** @type {const} */ (['RSA', 'RSA-PSS', 'P-256', 'brainpoolP384r1'])) {
    const { at, trust: sources, files } = makeBenchPapers(kind)
    const { trust } = await openTrust(sources, crypto)
    const first = await inspect(files, trust, at, crypto)
    if (first.verdict.verdict !== 'accepted')
      throw new Error(`bench: the ${kind} paper is ${first.verdict.verdict}`)
    const cached = await perSecond(() => inspect(files, trust, at, crypto), seconds)
    const openssl = opensslVerifications(kind, Math.max(1, Math.round(seconds / 2)))
    const cold = await perSecond(async () => {
      const opened = await openTrust(sources, crypto)
      await inspect(files, opened.trust, at, crypto)
    }, seconds / 2)
    results.push({
      kind,
      perSecond: rounded(cached),
      opensslVerifiesPerSecond: rounded(openssl),
      ratio: openssl && rounded(cached / openssl),
      bar: BARS[kind],
      perSecondWithNothingCached: rounded(cold),
    })
  }
  return results
}
