import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Certificate, nameKey, parseCertificate, parseMasterList } from '@nansen/formats/pki'
import { hex } from '@nansen/formats/tlv'
import { type Inspection, inspect, openTrust, signedBy } from '@nansen/inspection'
import { describe, expect, test } from 'vitest'
import { adapters } from '../crypto-adapters.ts'
import { haveReferenceData, referenceData, referenceFolder, withReferenceData } from '../reference-data.ts'

// Real documents and lists get one answer, whichever adapter works it out.

const MASTER_LISTS = ['DE_ML_2026-05-28-08-28-45.ml', 'NL_ML_2026-07-22.ml']
const TRUST = ['DE_ROOT_CA_CSCA07.cer', 'NL_ROOT_CA.cer', ...MASTER_LISTS]
const at = new Date('2026-09-01T12:00:00Z')

const sods = haveReferenceData
  ? readdirSync(join(referenceFolder, 'emrtd', 'sod')).filter((name) => name.endsWith('.bin'))
  : []

/** Every certificate of the lists once, with each that bears its issuer's name. */
function possibleIssuers(): readonly (readonly [Certificate, Certificate])[] {
  const certificates = new Map<string, Certificate>()
  for (const list of MASTER_LISTS)
    for (const bytes of parseMasterList(referenceData('emrtd', 'masterlists', list)).certificates)
      certificates.set(hex(bytes), parseCertificate(bytes))
  const bySubject = new Map<string, Certificate[]>()
  for (const certificate of certificates.values()) {
    const key = nameKey(certificate.subject)
    bySubject.set(key, [...(bySubject.get(key) ?? []), certificate])
  }
  return [...certificates.values()].flatMap((certificate) =>
    (bySubject.get(nameKey(certificate.issuer)) ?? []).map((issuer) => [certificate, issuer] as const),
  )
}

describe.skipIf(!haveReferenceData)(`the adapters agree ${withReferenceData}`, () => {
  const pairs = haveReferenceData ? possibleIssuers() : []

  test(`on ${pairs.length} pairs in two real lists of a certificate and one with its issuer's name`, async () => {
    const count = { valid: 0, invalid: 0, unsupported: 0 }
    for (const [certificate, issuer] of pairs) {
      const answers = await Promise.all(adapters.map(({ crypto }) => signedBy(certificate, issuer, crypto)))
      expect(new Set(answers).size, `${certificate.serialHex}: ${answers.join(', ')}`).toBe(1)
      count[answers[0]!]++
    }
    expect(count).toEqual({ valid: 940, invalid: 1569, unsupported: 0 })
  })

  test(`on ${sods.length} real and altered security objects, check by check`, async () => {
    const sources = TRUST.map((label) => ({ label, bytes: referenceData('emrtd', 'masterlists', label) }))
    const results = await Promise.all(
      adapters.map(async ({ crypto }) => {
        const { trust, reports } = await openTrust(sources, crypto)
        const inspections: [string, Inspection][] = []
        for (const name of sods)
          inspections.push([name, await inspect(referenceData('emrtd', 'sod', name), trust, at, crypto)])
        return { reports, inspections }
      }),
    )
    expect(results[0]!.reports.filter(({ used }) => used === 'master-list')).toHaveLength(2)
    for (const result of results.slice(1)) expect(result).toEqual(results[0])
    const passed = (name: string): number =>
      results[0]!.inspections.filter(([, { checks }]) =>
        checks.some((check) => check.name === name && check.result === 'passed'),
      ).length
    // Eleven real ones and a specimen; and the eleven with two of the altered ones, whose signers are genuine.
    expect(passed('sod.signature')).toBe(12)
    expect(passed('sod.chain')).toBe(13)
  })
})
