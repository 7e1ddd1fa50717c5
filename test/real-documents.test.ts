import * as node from 'node:crypto'
import { parseSod } from '@nansen/formats/lds'
import { describeName, parseCertificate, parseMasterList, sameName } from '@nansen/formats/pki'
import { sameBytes } from '@nansen/formats/tlv'
import {
  Anchors,
  type EntryStanding,
  examineEntries,
  type Inspection,
  inspect,
  openTrust,
  type Trust,
} from '@nansen/inspection'
import { describe, expect, test } from 'vitest'
import { nodeCrypto } from '../packages/inspection/src/crypto/node.ts'
import { departureOfAnchor } from '../packages/inspection/src/trust/profile.ts'
import { seeded } from './corpora/seeded.ts'
import { haveReferenceData, referenceData, withReferenceData } from './reference-data.ts'

// Security objects of real documents under the German and the Dutch master list, each list under one pin.

const crypto = nodeCrypto(node)
const at = new Date('2026-09-01T12:00:00Z')

const list = (name: string): Uint8Array => referenceData('emrtd', 'masterlists', name)
const sod = (name: string): Uint8Array => referenceData('emrtd', 'sod', `sod-${name}.bin`)

const GERMAN = { pin: 'DE_ROOT_CA_CSCA07.cer', list: 'DE_ML_2026-05-28-08-28-45.ml' }
const DUTCH = { pin: 'NL_ROOT_CA.cer', list: 'NL_ML_2026-07-22.ml' }

async function trustIn(...names: string[]): Promise<Trust> {
  const sources = names.map((label) => ({ label, bytes: list(label) }))
  const { trust, reports } = await openTrust(sources, crypto)
  expect(reports.map(({ used }) => used)).not.toContain('not')
  return trust
}

const failed = ({ checks }: Inspection): string[] =>
  checks.flatMap(({ name, result }) => (result === 'failed' ? [name] : []))

const resultsOf = ({ checks }: Inspection): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, result }) => [name, result]))

describe.skipIf(!haveReferenceData)(`master lists ${withReferenceData}`, () => {
  test.each([
    ['the German list', GERMAN, 588, { root: 375, link: 199, open: 14 }],
    ['the Dutch list', DUTCH, 411, { root: 411, link: 0, open: 0 }],
  ] as const)(
    '%s is signed under its pin alone, and each certificate in it has a standing',
    async (_, files, size, standings) => {
      const { pin, list: name } = files
      const { reports } = await openTrust(
        [
          { label: 'list', bytes: list(name) },
          { label: 'pin', bytes: list(pin) },
        ],
        crypto,
      )
      expect(reports).toEqual([
        { label: 'pin', used: 'pin', certificates: 1 },
        { label: 'list', used: 'master-list', certificates: size, anchoredBy: 'pin' },
      ])
      const { certificates } = parseMasterList(list(name))
      expect(certificates).toHaveLength(size)
      const count = { root: 0, link: 0, open: 0, wrong: 0, unsupported: 0, unreadable: 0 } satisfies Record<
        EntryStanding,
        number
      >
      for (const { standing } of await examineEntries(certificates, new Anchors(), crypto)) count[standing]++
      expect(count).toEqual({ ...standings, wrong: 0, unsupported: 0, unreadable: 0 })
    },
  )

  test.each([
    ['the German list', GERMAN],
    ['the Dutch list', DUTCH],
  ])('%s is accepted when it is inspected under its pin', async (_, files) => {
    const inspection = await inspect(list(files.list), await trustIn(files.pin), at, crypto)
    expect(inspection.kind).toBe('master-list')
    expect(inspection.verdict.verdict).toBe('accepted')
  })

  test('neither list is accepted under the pin of the other', async () => {
    for (const [pin, { list: name }] of [
      [GERMAN.pin, DUTCH],
      [DUTCH.pin, GERMAN],
    ] as const) {
      const { verdict } = await inspect(list(name), await trustIn(pin), at, crypto)
      expect(verdict).toMatchObject({ verdict: 'unproven', missing: [{ code: 'chain.no-anchor' }] })
    }
  })

  test('each certificate that is passed over as an anchor for its form has a twin with the same key that is not', () => {
    const { certificates } = parseMasterList(list(GERMAN.list))
    const anchors = certificates.map((bytes) => parseCertificate(bytes))
    const passedOver = anchors.filter((anchor) => departureOfAnchor(anchor) !== undefined)
    expect(passedOver).toHaveLength(5)
    for (const { subject, publicKey } of passedOver)
      expect(
        anchors.some(
          (twin) =>
            departureOfAnchor(twin) === undefined &&
            sameName(twin.subject, subject) &&
            sameBytes(twin.publicKey.encoded, publicKey.encoded),
        ),
        describeName(subject),
      ).toBe(true)
    for (const bytes of parseMasterList(list(DUTCH.list)).certificates)
      expect(departureOfAnchor(parseCertificate(bytes))).toBeUndefined()
  })

  test('a list with one octet changed is not taken as a source of trust', async () => {
    const { pin, list: name } = DUTCH
    const bytes = list(name).slice()
    bytes[300_000]! ^= 1
    const { trust, reports } = await openTrust(
      [
        { label: 'pin', bytes: list(pin) },
        { label: 'list', bytes },
      ],
      crypto,
    )
    expect(reports[1]).toMatchObject({ used: 'not', finding: { code: 'signature.content-changed' } })
    expect(trust.anchors.size).toBe(1)
  })
})

const GENUINE = ['at', 'au', 'de', 'fi', 'fr', 'gb-2021', 'my', 'nz-ber', 'ru-sha1', 'sg-2022-06', 'us']

describe.skipIf(!haveReferenceData)(`security objects ${withReferenceData}`, () => {
  const both = haveReferenceData ? trustIn(GERMAN.pin, GERMAN.list, DUTCH.pin, DUTCH.list) : undefined

  test.each(GENUINE)(
    'the genuine one of %s: signature and chain passed, unproven for want of its groups',
    async (name) => {
      const inspection = await inspect(sod(name), (await both)!, at, crypto)
      expect(inspection.kind).toBe('sod')
      expect(resultsOf(inspection)).toMatchObject({
        format: 'passed',
        'sod.signature': 'passed',
        'sod.chain': 'passed',
        'lds.hashes': 'not-done',
        'lds.complete': 'not-done',
      })
      expect(failed(inspection)).toEqual([])
      expect(inspection.verdict.verdict).toBe('unproven')
    },
  )

  test.each([
    ['German', GERMAN],
    ['Dutch', DUTCH],
  ])('all of them find their anchor in the %s list alone', async (_, files) => {
    const trust = await trustIn(files.pin, files.list)
    for (const name of GENUINE)
      expect(resultsOf(await inspect(sod(name), trust, at, crypto)), name).toMatchObject({
        'sod.chain': 'passed',
      })
  })

  test('the specimen of a test authority: its signature is right, and nobody vouches for its signer', async () => {
    const inspection = await inspect(sod('de-spec-hjp'), (await both)!, at, crypto)
    expect(resultsOf(inspection)).toMatchObject({ 'sod.signature': 'passed', 'sod.chain': 'not-done' })
    expect(inspection.verdict.verdict).toBe('unproven')
  })

  test.each([
    ['neg-de-bad-signature', ['sod.signature']],
    ['neg-gb-econtent-cut', ['format', 'sod.signature']],
    ['neg-hjp-contenttype', ['format']],
    ['neg-hjp-signeddata-v2', ['format']],
  ])('the altered one %s is rejected, and what failed is said', async (name, checks) => {
    const inspection = await inspect(sod(name), (await both)!, at, crypto)
    expect(inspection.verdict.verdict).toBe('rejected')
    expect(failed(inspection)).toEqual(checks)
  })

  test('where a changed bit goes unnoticed, neither what was signed nor its signer has changed', async () => {
    const trust = (await both)!
    const random = seeded(0x0303)
    let unnoticed = 0
    for (const name of GENUINE) {
      const genuine = sod(name)
      const original = parseSod(genuine)
      for (let i = 0; i < 120; i++) {
        const altered = genuine.slice()
        altered[random() % genuine.length]! ^= 1 << (random() % 8)
        const results = resultsOf(await inspect(altered, trust, at, crypto))
        if (results['sod.signature'] !== 'passed' || results['sod.chain'] !== 'passed') continue
        const read = parseSod(altered)
        expect(read.signedData.content).toEqual(original.signedData.content)
        expect(read.signedData.certificates).toEqual(original.signedData.certificates)
        unnoticed++
      }
    }
    // Bits of the message around what is signed: the spelling of the signer's name, lists of algorithms.
    expect(unnoticed).toBeLessThan(GENUINE.length * 12)
  })
})
