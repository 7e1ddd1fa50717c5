import * as node from 'node:crypto'
import { write as der } from '@nansen/formats/der'
import { encodeDg2, encodeDg12, encodeDg13, returnRightText } from '@nansen/formats/lds'
import { encodeElement } from '@nansen/formats/tlv'
import { type Input, inspect, openTrust, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { describe, expect, test } from 'vitest'
import {
  SILHOUETTE_HEIGHT,
  SILHOUETTE_WIDTH,
  silhouette,
} from '../packages/nansen/src/specimen/silhouette.ts'
import {
  authority,
  certify,
  craftSod,
  craftState,
  extension,
  filesOf,
  issuersKey,
  named,
  ownKey,
  usage,
  zoneOf,
} from './crafted-papers.ts'
import { ecKey, rsaKey } from './specimen-pki.ts'

// What a dishonest state, holder or file could once make inspection say, and what genuine papers of an unusual
// kind were once called.

const crypto = nodeCrypto(node)
const AT = new Date('2026-11-23T12:00:00Z')

const dg2 = encodeDg2({ width: SILHOUETTE_WIDTH, height: SILHOUETTE_HEIGHT, image: silhouette() })
const groups = (...more: readonly (readonly [number, Uint8Array])[]) =>
  new Map<number, Uint8Array>([[1, zoneOf()], [2, dg2], ...more])

const trustIn = async (...sources: readonly Uint8Array[]): Promise<Trust> =>
  (
    await openTrust(
      sources.map((bytes, i) => ({ label: String(i), bytes })),
      crypto,
    )
  ).trust

/** The verdict, and each check that did not pass with its code, but for what is the same for all of these. */
async function judge(input: Input, trust: Trust, at = AT): Promise<string> {
  const { verdict, checks } = await inspect(input, trust, at, crypto)
  const usual = ['chip', 'mrz.chip-agrees', 'sod.document-type', 'sod.signing-period']
  const told = checks.flatMap((check) =>
    check.result === 'passed' || usual.includes(check.name) ? [] : [`${check.name}: ${check.finding.code}`],
  )
  return [verdict.verdict, ...told].join('; ')
}

const utopia = craftState('UT')
const trust = trustIn(utopia.authority, utopia.crl)
const NO_RIGHT = 'return-right: return-right.none'

test('the paper that all these vary is accepted', async () => {
  expect(await judge(filesOf(groups(), craftSod(groups(), utopia)), await trust)).toBe(
    `accepted; ${NO_RIGHT}`,
  )
})

describe('a state that signs what is not its own', () => {
  test('is not an organisation because its authority writes the organisation’s code beside its own', async () => {
    const of = groups([1, zoneOf({ issuer: 'XOM' })])
    const ruritania = craftState('QR', [named('QRR', 'XOM')])
    const files = filesOf(of, craftSod(of, ruritania))
    expect(await judge(files, await trustIn(ruritania.authority, ruritania.crl))).toBe(
      `unproven; sod.country: country.issuer-unknown; ${NO_RIGHT}`,
    )
  })

  test.each([
    ['an organisation signs under a country that is no state’s', 'XO', ['XOM'], 'accepted'],
    ['which must name it', 'XO', ['XPO'], 'rejected; sod.country: country.issuer-differs'],
  ])('%s', async (_, country, codes, told) => {
    const of = groups([1, zoneOf({ issuer: 'XOM' })])
    const order = craftState(country, [named(...codes)])
    const files = filesOf(of, craftSod(of, order))
    expect(await judge(files, await trustIn(order.authority, order.crl))).toBe(`${told}; ${NO_RIGHT}`)
  })

  test('gives certificates to no other state: neither to signers nor to authorities', async () => {
    const foreign = { country: 'QR', commonName: 'Ruritania' }
    const given = { subject: foreign, issuer: utopia.name, by: utopia.authorityKey, key: ecKey() }
    const signer = certify({ ...given, extensions: [usage(0), issuersKey(1)] })
    const nameChange = extension('2.23.136.1.1.6.1', der.nullValue())
    const link = certify({
      ...given,
      extensions: [usage(5, 6), authority, ownKey(2), issuersKey(1), nameChange],
    })
    for (const certificate of [signer, link])
      expect(await judge(certificate, await trust)).toBe('rejected; sod.country: country.signer-differs')
    expect(await judge(utopia.signer, await trust)).toBe('accepted')
    expect(await judge(utopia.authority, await trust)).toBe('accepted; revocation: revocation.anchor')
  })
})

test('a moment that is none is refused: under it nothing would ever have expired', async () => {
  const never = new Date(Number.NaN)
  await expect(inspect(utopia.authority, await trust, never, crypto)).rejects.toThrow(RangeError)
})

describe('a return right', () => {
  const record = (version: number) =>
    encodeElement(
      0x6d,
      der.sequence(der.utf8String('nansen.return-right'), der.integer(version), der.integer(0)),
    )

  test.each([
    ['of a later version', record(2)],
    ['that is broken', record(1)],
  ])('%s is not one that is not there', async (_, dg13) => {
    const of = groups([13, dg13])
    expect(await judge(filesOf(of, craftSod(of, utopia)), await trust)).toBe(
      'unproven; return-right: return-right.incomplete',
    )
  })

  test('that was signed and is withheld is not one that is not there', async () => {
    const right = { kind: 'none' } as const
    const all = groups(
      [12, encodeDg12({ endorsements: returnRightText(right) })],
      [13, encodeDg13({ returnRight: right })],
    )
    expect(await judge(filesOf(groups(), craftSod(all, utopia)), await trust)).toBe(
      'accepted; return-right: lds.group-not-presented',
    )
  })
})

describe('a state’s own cryptography, which nothing here can check, is no forgery', () => {
  const sha3 = der.sequence(der.oid('2.16.840.1.101.3.4.2.8'))

  test('a digest of the message', async () => {
    const files = filesOf(groups(), craftSod(groups(), utopia, { digestAlgorithm: sha3 }))
    expect(await judge(files, await trust)).toContain('unproven; sod.signature: signature.unsupported')
  })

  test('hashes of the data groups', async () => {
    const hashes = [1, 2].map((number) =>
      der.sequence(der.integer(number), der.octetString(new Uint8Array(32))),
    )
    const content = der.sequence(der.integer(0), sha3, der.sequence(...hashes))
    const files = filesOf(groups(), craftSod(groups(), utopia, { content }))
    expect(await judge(files, await trust)).toBe(
      `unproven; lds.hashes: sod.hash-algorithm; lds.complete: sod.hash-algorithm; ${NO_RIGHT}`,
    )
  })

  test('a curve of the signer', async () => {
    const key = der.sequence(
      der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.3.132.0.10')),
      der.bitString(new Uint8Array(65).fill(4)),
    )
    const signer = certify({
      subject: { country: 'UT', commonName: 'DS' },
      issuer: utopia.name,
      by: utopia.authorityKey,
      key,
      extensions: [usage(0), issuersKey(1)],
    })
    const files = filesOf(groups(), craftSod(groups(), utopia, { certificates: [signer] }))
    expect(await judge(files, await trust)).toContain('unproven; sod.signature: signature.unsupported')
  })

  test('but a certificate that is none, or another’s, is', async () => {
    const [broken, other] = [utopia.signer.slice(0, 100), utopia.authority]
    broken[1] = 98
    for (const [certificate, code] of [
      [broken, 'chain.certificate'],
      [other, 'signature.wrong'],
    ] as const) {
      const files = filesOf(groups(), craftSod(groups(), utopia, { certificates: [certificate] }))
      expect(await judge(files, await trust)).toContain(`rejected; sod.signature: ${code}`)
    }
  })
})

test('hashes with SHA-1 are said, wherever they stand', async () => {
  const files = filesOf(groups(), craftSod(groups(), utopia, { hash: 'sha1' }))
  const { verdict } = await inspect(files, await trust, AT, crypto)
  expect(verdict.verdict).toBe('accepted')
  expect(verdict.notes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['signature.sha1', 'lds.hash-sha1']),
  )
})

test('a revocation list is judged by its own dates', async () => {
  expect(await judge(utopia.crl, await trust)).toBe('accepted')
  expect(await judge(utopia.crl, await trust, new Date('2026-10-31T00:00:00Z'))).toBe(
    'not-valid; expiry: expiry.not-yet',
  )
  expect(await judge(utopia.crl, await trust, new Date('2027-01-01T00:00:00Z'))).toBe(
    'not-valid; expiry: revocation.stale',
  )
})

test('a signer or an authority whose key can be worked out proves nothing', async () => {
  const of = groups()
  const weak = rsaKey('rsa-pkcs1', 1024)
  const signer = certify({
    subject: { country: 'UT', commonName: 'DS' },
    issuer: utopia.name,
    by: utopia.authorityKey,
    key: weak,
    extensions: [usage(0), issuersKey(1)],
  })
  expect(await judge(signer, await trust)).toContain('unproven; sod.chain: chain.profile')
  const under = craftState('UT', [], weak)
  expect(await judge(filesOf(of, craftSod(of, under)), await trustIn(under.authority, under.crl))).toContain(
    'unproven; sod.chain: chain.profile',
  )
})
