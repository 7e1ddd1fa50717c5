import * as node from 'node:crypto'
import {
  type Certificate,
  type CrlContent,
  draftCrl,
  draftCsca,
  parseCertificate,
  sealCrl,
} from '@nansen/formats/pki'
import { describe, expect, test } from 'vitest'
import {
  cscaContent,
  date,
  ecKey,
  makeCsca,
  makeDocumentSigner,
  signed,
  specimenPki,
  type TestKey,
} from '../../../../test/specimen-pki.ts'
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
})

describe('the list of another name of the same country', () => {
  const [oldKey, newKey, signerKey] = [ecKey(), ecKey(), ecKey()]
  const named = (commonName: string, key = oldKey) =>
    makeCsca(key, { subject: { country: 'UT', commonName } })
  const old = named('CSCA passports')
  const renamed = named('New CSCA passports', newKey)
  const cards = named('CSCA identity cards', newKey)
  const signer = makeDocumentSigner(signerKey, old, oldKey)
  const link = parseCertificate(
    signed(
      oldKey,
      draftCsca({
        ...cscaContent(newKey),
        subject: { country: 'UT', commonName: 'New CSCA passports' },
        linkedFrom: old,
      }),
    ),
  )
  const listOf = (issuer: Certificate, key: TestKey, more: Partial<CrlContent> = {}) =>
    signed(
      key,
      draftCrl({
        issuer,
        signatureAlgorithm: key.algorithm,
        thisUpdate: date('2026-03-01'),
        nextUpdate: date('2026-05-01'),
        number: Uint8Array.of(1),
        revoked: [],
        ...more,
      }),
      sealCrl,
    )
  const revoking = { revoked: [{ serial: signer.serial, date: date('2026-03-01') }] }
  const stale = { thisUpdate: date('2026-02-02'), nextUpdate: date('2026-03-05') }

  async function ask(...sources: readonly Uint8Array[]) {
    const { trust } = await openTrust(
      sources.map((bytes, i) => ({ label: String(i), bytes })),
      crypto,
    )
    const answer = trust.revocationLists.ask(signer, AT)
    const codes = answer.revocation === 'good' ? answer.notes.map(({ code }) => code) : [answer.finding.code]
    return [answer.revocation, ...codes].join(' ')
  }

  test('does not stand in for the one that is missing: a state may have two authorities', async () => {
    expect(await ask(old.encoded, cards.encoded, listOf(cards, newKey))).toBe(
      'undetermined revocation.other-authority',
    )
  })

  test('revokes nothing of this one, although it counts the same numbers', async () => {
    const lists = [listOf(old, oldKey), listOf(cards, newKey, revoking)]
    expect(await ask(old.encoded, cards.encoded, ...lists)).toBe('good')
  })

  test('counts with a note where a link shows that the name was changed', async () => {
    expect(await ask(old.encoded, link.encoded, listOf(renamed, newKey))).toBe(
      'good revocation.renamed-issuer',
    )
  })

  test('counts where one key stands under both names', async () => {
    const sameKey = named('New CSCA passports', oldKey)
    expect(await ask(old.encoded, sameKey.encoded, listOf(sameKey, oldKey))).toBe(
      'good revocation.renamed-issuer',
    )
  })

  test('counts where only the number of the key in the name is another', async () => {
    const first = { country: 'UT', commonName: 'CSCA passports', serialNumber: '001' }
    const second = makeCsca(newKey, { subject: first })
    expect(await ask(old.encoded, second.encoded, listOf(second, newKey))).toBe(
      'good revocation.renamed-issuer',
    )
  })

  test('revokes what the list of the old name, still current, does not know of', async () => {
    const lists = [listOf(old, oldKey), listOf(renamed, newKey, revoking)]
    expect(await ask(old.encoded, link.encoded, ...lists)).toBe('revoked revocation.revoked')
  })

  test('counts where the list of the old name has ended', async () => {
    const lists = [listOf(old, oldKey, stale), listOf(renamed, newKey)]
    expect(await ask(old.encoded, link.encoded, ...lists)).toBe('good revocation.renamed-issuer')
  })
})

test('an older list that still runs does not stand in for a newer one that has ended', async () => {
  const older = list({ thisUpdate: date('2026-02-02'), nextUpdate: date('2026-12-01') })
  const newer = list({ nextUpdate: date('2026-03-05'), number: Uint8Array.of(2) })
  expect(await ask([older, newer])).toBe('undetermined revocation.stale')
  expect(await ask([newer, older])).toBe('undetermined revocation.stale')
})
