import * as node from 'node:crypto'
import { type InputFile, inspect, openTrust, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeSpecimens, type Specimen, type SpecimenSet } from './specimens/specimens.ts'

const crypto = nodeCrypto(node)
const AT = new Date('2026-11-23T12:00:00Z')
const DAY = 86_400_000

let set: SpecimenSet
let trust: Trust

beforeAll(async () => {
  set = makeSpecimens(AT, (octets) => new Uint8Array(node.randomBytes(octets)))
  const opened = await openTrust(
    sources(() => true),
    crypto,
  )
  expect(opened.reports.filter(({ used }) => used === 'not')).toEqual([])
  trust = opened.trust
})

const sources = (which: (name: string) => boolean) =>
  set.trust.filter(({ name }) => which(name)).map(({ name, bytes }) => ({ label: name, bytes }))
const specimen = (name: string): Specimen => set.specimens.find((one) => one.name === name)!
const failures = (inspection: Awaited<ReturnType<typeof inspect>>) =>
  inspection.checks.filter(({ result }) => result === 'failed').map(({ name }) => name)

describe('every specimen gets the answer it must get', () => {
  test('and where that is not yes, by the check that is meant to find it', async () => {
    for (const { name, files, verdict, decides } of set.specimens) {
      const inspection = await inspect(files, trust, AT, crypto)
      expect([name, inspection.verdict.verdict]).toEqual([name, verdict])
      if (decides === undefined) continue
      const check = inspection.checks.find((one) => one.name === decides)
      expect([name, check?.result]).not.toEqual([name, 'passed'])
    }
  })

  test('with no check but the deciding one failed', async () => {
    for (const { name, files, verdict, decides } of set.specimens) {
      if (verdict === 'accepted' || verdict === 'unproven') continue
      expect([name, failures(await inspect(files, trust, AT, crypto))]).toEqual([name, [decides]])
    }
  })

  test('the master list is accepted under the authority’s certificate, and not without it', async () => {
    const list = set.trust.find(({ name }) => name === 'utopia.ml')!.bytes
    const pinned = await openTrust(
      sources((name) => name === 'utopia-csca.cer'),
      crypto,
    )
    const without = await openTrust([], crypto)
    expect((await inspect(list, pinned.trust, AT, crypto)).verdict.verdict).toBe('accepted')
    expect((await inspect(list, without.trust, AT, crypto)).verdict.verdict).toBe('unproven')
  })
})

describe('what a paper is worth changes with what the receiver has and when', () => {
  const verdictWith = async (which: (name: string) => boolean, at = AT) => {
    const opened = await openTrust(sources(which), crypto)
    return (await inspect(specimen('alien').files, opened.trust, at, crypto)).verdict
  }

  test('without a revocation list nobody can tell', async () => {
    expect(await verdictWith((name) => !name.endsWith('.crl'))).toMatchObject({
      verdict: 'unproven',
      missing: [{ code: 'revocation.no-list' }],
    })
  })

  test('with a revocation list past its next update nobody can tell', async () => {
    expect(await verdictWith(() => true, new Date(AT.getTime() + 61 * DAY))).toMatchObject({
      verdict: 'unproven',
      missing: [{ code: 'revocation.stale' }],
    })
  })

  test('with only the other state’s authority there is no trust anchor, which is no bad signature', async () => {
    const verdict = await verdictWith((name) => name.startsWith('ruritania'))
    expect(verdict).toMatchObject({ verdict: 'unproven' })
    expect(verdict.verdict === 'unproven' && verdict.missing.map(({ code }) => code)).toContain(
      'chain.no-anchor',
    )
  })

  test('the authority may come from a list as well as from a pin, and both are named', async () => {
    const inspection = await inspect(specimen('alien').files, trust, AT, crypto)
    expect(inspection.document.anchor?.provenance).toEqual(['utopia-csca.cer', 'utopia.ml'])
  })

  test.each([
    ['the day before the signer’s certificate begins', -31, 'not-valid'],
    ['four years on, when document and signer have ended and the list is old', 4 * 365, 'unproven'],
  ])('%s', async (_, days, verdict) => {
    expect((await verdictWith(() => true, new Date(AT.getTime() + days * DAY))).verdict).not.toBe('accepted')
    if (verdict === 'unproven')
      expect((await verdictWith(() => true, new Date(AT.getTime() + days * DAY))).verdict).toBe(verdict)
  })
})

describe('whoever changes a paper', () => {
  const flip = (files: readonly InputFile[], name: string, bit: number): InputFile[] =>
    files.map((file) => {
      if (file.name !== name) return file
      const bytes = file.bytes.slice()
      const at = bit >> 3
      bytes[at < 0 ? bytes.length + at : at % bytes.length]! ^= 1 << (bit & 7)
      return { name, bytes }
    })

  test('in one bit of a signed data group gets it rejected', async () => {
    const { files } = specimen('alien')
    const groups = files.filter(({ name }) => name.startsWith('EF_DG'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...groups.map(({ name }) => name)), fc.nat(), async (name, bit) => {
        const { verdict } = await inspect(flip(files, name, bit), trust, AT, crypto)
        expect(verdict.verdict).toBe('rejected')
      }),
      { numRuns: 300 },
    )
  })

  test('in one bit of the security object never changes what is believed', async () => {
    const { files } = specimen('alien')
    const genuine = await inspect(files, trust, AT, crypto)
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (bit) => {
        const inspection = await inspect(flip(files, 'EF_SOD.bin', bit), trust, AT, crypto)
        if (inspection.verdict.verdict === 'accepted') expect(inspection.document).toEqual(genuine.document)
      }),
      { numRuns: 1000 },
    )
  })

  test('and the signature too gets no hash called right: hashes nobody signed are anybody’s', async () => {
    const { files } = specimen('alien')
    const inspection = await inspect(flip(files, 'EF_SOD.bin', -9), trust, AT, crypto)
    expect(failures(inspection)).toEqual(['sod.signature'])
    for (const name of ['lds.hashes', 'lds.complete'])
      expect(inspection.checks.find((check) => check.name === name)).toMatchObject({ result: 'not-done' })
  })

  test('in one letter of the printed zone gets it rejected', async () => {
    const { files } = specimen('alien')
    for (const position of [0, 2, 5, 45, 50, 58, 66, 87]) {
      const changed = files.map((file) => {
        if (file.name !== 'mrz.txt') return file
        const bytes = file.bytes.slice()
        bytes[position] = bytes[position] === 0x41 ? 0x42 : 0x41
        return { ...file, bytes }
      })
      expect((await inspect(changed, trust, AT, crypto)).verdict.verdict).toBe('rejected')
    }
  })

  test('by leaving out the portrait gets no answer, and by leaving out the zone none either', async () => {
    for (const missing of ['EF_DG1.bin', 'EF_DG2.bin']) {
      const files = specimen('alien').files.filter(({ name }) => name !== missing)
      expect((await inspect(files, trust, AT, crypto)).verdict.verdict).toBe('unproven')
    }
  })

  test('by naming other groups in EF.COM, which nothing signs, is noticed and changes nothing', async () => {
    const files = specimen('alien').files.map((file) =>
      file.name === 'EF_COM.bin'
        ? specimen('group-added').files.find(({ name }) => name === 'EF_COM.bin')!
        : file,
    )
    const { verdict } = await inspect(files, trust, AT, crypto)
    expect(verdict.verdict).toBe('accepted')
    expect(verdict.notes.map(({ code }) => code)).toContain('lds.com-differs')
  })

  test('never gets the chip called genuine: passive authentication cannot tell a copy', async () => {
    const inspection = await inspect(specimen('alien').files, trust, AT, crypto)
    expect(inspection.checks.find(({ name }) => name === 'chip')).toMatchObject({ result: 'not-done' })
  })
})

test('inspection leaves no name, number or date of a holder in a finding', async () => {
  for (const { files } of set.specimens) {
    const { verdict, checks, document } = await inspect(files, trust, AT, crypto)
    const said = JSON.stringify([verdict, checks])
    const { zone } = document
    if (zone === undefined) continue
    for (const secret of [zone.number, zone.primaryIdentifier, zone.birthDate])
      expect(said).not.toContain(secret)
  }
})
