import * as node from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Inspection, SignatureAnswer, TrustReport } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { haveReferenceData, referenceData, referenceFolder, withReferenceData } from '../reference-data.ts'
import { makeSpecimens } from '../specimens/specimens.ts'
import { wycheproofFiles } from '../wycheproof.ts'
import { type Bundle, bundlePage } from './bundle.ts'
import { chromiumPath, inChromium, type OpenPage, openPage } from './chromium.ts'
import { type InspectionJob, inspectAll, type NamedOctets, type Question, verifyAll } from './job.ts'
import { oddQuestions } from './odd-questions.ts'

// What a page must load before it can inspect anything. The limits leave about a tenth above what it is today, so
// that whatever makes it grow is noticed; a face in a chip alone is 15 to 20 kB.
const MOST_OCTETS = 176 * 1024
const MOST_COMPRESSED = 64 * 1024

const here = nodeCrypto(node)
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const named = (name: string, bytes: Uint8Array): NamedOctets => ({ name, base64: base64(bytes) })

let bundle: Bundle
let browser: OpenPage

beforeAll(async () => {
  bundle = await bundlePage()
  if (chromiumPath !== undefined) browser = await openPage(bundle.code)
})
afterAll(() => browser?.close())

test('the bundle for a page has a size that is printed, and a limit', () => {
  const { size, compressed } = bundle
  console.log(`bundle: ${size} octets, ${compressed} compressed (gzip)`)
  expect(size).toBeLessThan(MOST_OCTETS)
  expect(compressed).toBeLessThan(MOST_COMPRESSED)
})

test('the bundle has nothing of Node, no code from text, and no adapter but the browser one', () => {
  expect(bundle.code).not.toMatch(/\bnode:|\brequire\(|\bBuffer\b|\bprocess\.|\beval\(|new Function/)
  expect(bundle.modules.filter((path) => /crypto\/node\.ts$/.test(path))).toEqual([])
  expect(bundle.modules.filter((path) => /crypto\/browser\.ts$/.test(path))).toHaveLength(1)
})

interface Answers {
  readonly reports: readonly TrustReport[]
  readonly inspections: readonly Inspection[]
}

/** The same job in the page and here; they must say the same, to the last finding. */
async function inspectInBoth(job: InspectionJob): Promise<Answers> {
  const inPage = JSON.parse(await browser.page.evaluate((sent) => nansenPage.inspectAll(sent), job))
  expect(inPage).toEqual(JSON.parse(await inspectAll(job, here)))
  return inPage
}

async function verifyInBoth(questions: readonly Question[]): Promise<readonly SignatureAnswer[]> {
  const inPage = await browser.page.evaluate((sent) => nansenPage.verifyAll(sent), questions)
  expect(inPage).toEqual(await verifyAll(questions, here))
  return inPage
}

describe.skipIf(chromiumPath === undefined)(`in a page ${inChromium}`, () => {
  test('every specimen gets the verdict that it must, and the one that Node gives', async () => {
    const at = new Date('2026-09-01T12:00:00Z')
    const { trust, specimens } = makeSpecimens(at, (octets) => new Uint8Array(node.randomBytes(octets)))
    const { inspections } = await inspectInBoth({
      trust: trust.map(({ name, bytes }) => named(name, bytes)),
      at: at.toISOString(),
      presented: specimens.map(({ files }) => files.map(({ name, bytes }) => named(name, bytes))),
    })
    const verdicts = specimens.map(({ name }, i) => [name, inspections[i]!.verdict.verdict])
    expect(verdicts).toEqual(specimens.map(({ name, verdict }) => [name, verdict]))
    expect(verdicts).toContainEqual(['alien', 'accepted'])
    expect(verdicts).toContainEqual(['altered', 'rejected'])
  })

  test('it asks the network for itself and nothing else, and complains of nothing', () => {
    expect(browser.requests).toEqual(['/', '/page.js'])
    expect(browser.complaints).toEqual([])
  })

  test('signatures of every curve, hash and odd key are answered as in Node, although its WebCrypto refuses some', async () => {
    const questions = oddQuestions()
    const answers = await verifyInBoth(questions.map(({ question }) => question))
    const wrong = questions.filter(({ expected }, i) => answers[i] !== expected)
    expect(wrong.map(({ question }) => question.algorithm)).toEqual([])
  })
})

describe.skipIf(chromiumPath === undefined || !haveReferenceData)(
  `real data in a page ${inChromium} ${withReferenceData}`,
  () => {
    const folder = (...path: readonly string[]) => readdirSync(join(referenceFolder, 'emrtd', ...path)).sort()
    const files = (...path: readonly string[]) =>
      folder(...path)
        .filter((name) => name.endsWith('.bin'))
        .map((name) => named(name, referenceData('emrtd', ...path, name)))

    test('real and altered security objects, and specimen sets, under two real master lists', async () => {
      const trust = folder('masterlists')
        .filter((name) => /^(DE|NL)_/.test(name))
        .map((name) => named(name, referenceData('emrtd', 'masterlists', name)))
      const sods = files('sod')
      const { reports, inspections } = await inspectInBoth({
        trust,
        at: '2026-09-01T12:00:00Z',
        presented: [...sods.map((sod) => [sod]), files('lds-bsi2008'), files('lds-bsi-hjp2013')],
      })
      expect(reports.filter(({ used }) => used === 'master-list')).toHaveLength(2)
      const passed = (name: string) =>
        inspections.filter(({ checks }) =>
          checks.some((check) => check.name === name && check.result === 'passed'),
        ).length
      expect(passed('sod.chain')).toBe(13)
      const verdicts = new Map(sods.map(({ name }, i) => [name, inspections[i]!.verdict.verdict]))
      expect(verdicts.get('sod-de.bin')).toBe('unproven')
      expect(verdicts.get('sod-neg-de-bad-signature.bin')).toBe('rejected')
    })

    const count = wycheproofFiles.reduce((sum, { cases }) => sum + cases.length, 0)
    test(`no wrong verdict on ${count} signatures of Wycheproof`, async () => {
      const wrong: string[] = []
      for (const { name, cases } of wycheproofFiles) {
        const answers = await verifyInBoth(
          cases.map(({ algorithm, key, message, signature }) => ({
            algorithm,
            key: base64(key.encoded),
            message: base64(message),
            signature: base64(signature),
          })),
        )
        cases.forEach(({ id, expected }, i) => {
          if (expected !== 'acceptable' && answers[i] !== expected) wrong.push(`${name} ${id}: ${answers[i]}`)
        })
      }
      expect(wrong).toEqual([])
    })
  },
)
