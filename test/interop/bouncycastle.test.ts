import * as node from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { parseSodMessage } from '@nansen/formats/lds'
import { parseCertificate } from '@nansen/formats/pki'
import { inspect, openTrust, SIGNS_DOCUMENTS, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { describe, expect, test } from 'vitest'
import { PAPER } from '../paper.ts'
import { haveReferenceData, referenceData, referenceJson } from '../reference-data.ts'
import type { KeyKind } from '../specimens/keys.ts'
import { dataGroupsOf, sealChip } from '../specimens/passport.ts'
import { makeSpecimenTrust, UTOPIA } from '../specimens/state.ts'
import { bouncyCastle, haveBouncyCastle, withBouncyCastle } from './bouncycastle.ts'

const AT = new Date('2026-11-23T12:00:00Z')
const crypto = nodeCrypto(node)
const judge = bouncyCastle()

describe.skipIf(!haveBouncyCastle)(`BouncyCastle agrees on what is made here${withBouncyCastle}`, () => {
  const KINDS: readonly KeyKind[] = ['P-256', 'brainpoolP384r1', 'RSA', 'RSA-PSS']
  test.each(KINDS)(
    'with keys of kind %s: security object, certificates, revocation list, master list',
    (kind) => {
      let serial = 0
      const state = makeSpecimenTrust(UTOPIA, AT, () => Uint8Array.of(1, ++serial), kind)
      const groups = dataGroupsOf(PAPER)
      const sod = sealChip(groups, state.documentSigner, AT).find(({ name }) => name === 'EF_SOD.bin')!.bytes
      const csca = state.csca.certificate.encoded
      const altered = sod.slice()
      altered[altered.length - 5]! ^= 1
      expect(
        judge([
          ['sod', sod, csca],
          ['master-list', state.masterList, csca],
          ['certificate', csca, csca],
          ['certificate', state.documentSigner.certificate.encoded, csca],
          ['crl', state.crl, csca],
        ]),
      ).toEqual([
        'signature=true chain=true type=2.23.136.1.1.1 groups=5 der=true',
        'signature=true chain=true type=2.23.136.1.1.2 certificates=1 der=true',
        'signature=true der=true',
        'signature=true der=true',
        'signature=true der=true entries=1',
      ])
      expect(judge([['sod', altered, csca]])[0]).not.toContain('signature=true')
    },
  )
})

describe.skipIf(!haveBouncyCastle || !haveReferenceData)(
  `BouncyCastle and inspection on real security objects${withBouncyCastle}`,
  () => {
    test('call the same signatures and chains right', async () => {
      const names = Object.keys(referenceJson<object>('emrtd', 'sod', 'expected.json')).sort()
      const lists = ['DE_ML_2026-05-28-08-28-45.ml', 'NL_ML_2026-07-22.ml'].map((label) => ({
        label,
        bytes: referenceData('emrtd', 'masterlists', label),
      }))
      const { trust } = await openTrust(lists, crypto)
      const items = await Promise.all(
        names.map(async (name) => ['sod', sod(name), await anchorOf(name, trust)] as const),
      )
      const theirs = judge(items)
      const differ: string[] = []
      for (const [i, name] of names.entries()) {
        const { checks } = await inspect(sod(name), trust, AT, crypto)
        const passed = (wanted: string) => checks.find((check) => check.name === wanted)?.result === 'passed'
        const line = theirs[i]!
        const same =
          passed('sod.signature') === line.startsWith('signature=true') &&
          (!passed('sod.signature') || passed('sod.chain') === line.includes('chain=true'))
        if (!same) differ.push(`${name}: ${line}`)
      }
      // The Malaysian one spells its signer in another order than the certificate inside, and the last two are
      // refused here for what stands around a signature that is right.
      expect(differ).toEqual([
        expect.stringMatching(/^sod-neg-hjp-contenttype\.bin: signature=true/),
        expect.stringMatching(/^sod-neg-hjp-signeddata-v2\.bin: signature=true/),
      ])
    })
  },
)

const sod = (name: string) => referenceData('emrtd', 'sod', name)

/** The trusted certificate above a security object's signer; any other where there is none. */
async function anchorOf(name: string, trust: Trust): Promise<Uint8Array> {
  try {
    const [signer] = parseSodMessage(sod(name)).certificates
    const standing = await trust.certify(parseCertificate(signer!), SIGNS_DOCUMENTS, crypto)
    if (standing.standing === 'anchored') return standing.anchor.certificate.encoded
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
  }
  return referenceData('emrtd', 'masterlists', 'NL_ROOT_CA.cer')
}
