import * as node from 'node:crypto'
import { type CrlContent, draftCrl, draftCsca, parseCertificate, sealCrl } from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import { cscaContent, date, ecKey, signed, specimenPki } from '../../../../test/specimen-pki.ts'
import { nodeCrypto } from '../crypto/node.ts'
import { openTrust } from './open-trust.ts'

const crypto = nodeCrypto(node)
const pki = specimenPki()
const AT = date('2026-03-10')

function list(more: Partial<CrlContent> = {}): Uint8Array {
  const drafted = draftCrl({
    issuer: pki.csca,
    signatureAlgorithm: pki.cscaKey.algorithm,
    thisUpdate: date('2026-03-01'),
    nextUpdate: date('2026-05-01'),
    number: Uint8Array.of(1),
    revoked: [],
    ...more,
  })
  return signed(pki.cscaKey, drafted, sealCrl)
}

const revoked = [{ serial: pki.documentSigner.serial, date: date('2026-03-01') }]

async function ask(lists: readonly Uint8Array[], at = AT): Promise<string> {
  const sources = [pki.csca.encoded, ...lists].map((bytes, i) => ({ label: String(i), bytes }))
  const { trust } = await openTrust(sources, crypto)
  const answer = trust.revocationLists.ask(pki.documentSigner, at)
  return answer.revocation === 'good' ? 'good' : `${answer.revocation} ${answer.finding.code}`
}

describe('whether a signer was revoked', () => {
  test.each([
    ['is undetermined without a list', [], AT, 'undetermined revocation.no-list'],
    ['is said by a current list without it', [list()], AT, 'good'],
    ['is said by a current list with it', [list({ revoked })], AT, 'revoked revocation.revoked'],
    [
      'is undetermined once the list is past its next update',
      [list()],
      date('2026-05-02'),
      'undetermined revocation.stale',
    ],
    [
      'is undetermined before the list begins',
      [list()],
      date('2026-02-20'),
      'undetermined revocation.no-list',
    ],
    [
      'stays said by a list past its next update',
      [list({ revoked })],
      date('2027-01-01'),
      'revoked revocation.revoked',
    ],
    [
      'is said by the newer of two lists',
      [list(), list({ revoked, number: Uint8Array.of(2) })],
      AT,
      'revoked revocation.revoked',
    ],
  ] as const)('%s', async (_, lists, at, answer) => {
    expect(await ask(lists, at)).toBe(answer)
  })
})

describe('a revocation list', () => {
  test('under another key is not used, and what it is missing is said', async () => {
    const bytes = list({ revoked })
    bytes[bytes.length - 1]! ^= 1
    const { trust, reports } = await openTrust(
      [
        { label: 'csca', bytes: pki.csca.encoded },
        { label: 'crl', bytes },
      ],
      crypto,
    )
    expect(trust.revocationLists.size).toBe(0)
    expect(reports[1]).toMatchObject({
      label: 'crl',
      used: 'not',
      finding: { code: 'chain.signature-wrong' },
    })
  })

  test('of an authority that is not trusted is not used', async () => {
    const { reports } = await openTrust([{ label: 'crl', bytes: list() }], crypto)
    expect(reports).toMatchObject([{ used: 'not', finding: { code: 'chain.no-anchor' } }])
  })

  test('under a later name of the same country’s authority counts, with a note', async () => {
    const renamedKey = ecKey()
    const csca = parseCertificate(
      signed(
        renamedKey,
        draftCsca({ ...cscaContent(renamedKey), subject: { country: 'UT', commonName: 'New CSCA' } }),
      ),
    )
    const drafted = draftCrl({
      issuer: csca,
      signatureAlgorithm: renamedKey.algorithm,
      thisUpdate: date('2026-03-01'),
      nextUpdate: date('2026-05-01'),
      number: Uint8Array.of(1),
      revoked: [],
    })
    const { trust } = await openTrust(
      [pki.csca.encoded, csca.encoded, signed(renamedKey, drafted, sealCrl)].map((bytes, i) => ({
        label: String(i),
        bytes,
      })),
      crypto,
    )
    expect(trust.revocationLists.ask(pki.documentSigner, AT)).toMatchObject({
      revocation: 'good',
      notes: [{ code: 'revocation.renamed-issuer' }],
    })
  })
})
