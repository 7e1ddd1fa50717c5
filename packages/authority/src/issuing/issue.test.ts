import { inspect, openTrust } from '@nansen/inspection'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PowerCut } from '../../../../test/ceremony-office.ts'
import {
  type IssuingOffice,
  issueApproved as issue,
  issuingOffice,
  requestFor,
} from '../../../../test/issuing-office.ts'
import { trustFiles } from '../ceremony/index.ts'
import type { ReleasedPaper } from './complete.ts'
import { deliver } from './deliver.ts'
import type { IssueResult } from './issue-result.ts'
import { recover } from './recover.ts'

let office: IssuingOffice
beforeEach(async () => {
  office = await issuingOffice()
})
afterEach(() => office.close())

const released = (result: IssueResult | undefined): ReleasedPaper => {
  if (result?.outcome !== 'released') throw new Error(JSON.stringify(result))
  return result.paper
}
const codeOf = (result: IssueResult | undefined) =>
  result?.outcome === 'refused' ? result.refusal.code : result?.outcome

const rows = async (sql: string) => office.store.transaction((tx) => tx.query(sql))

async function verdictOn(paper: ReleasedPaper): Promise<string> {
  const sources = (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes }))
  const { trust } = await openTrust(sources, office.crypto)
  return (await inspect(paper.files, trust, office.clock(), office.crypto)).verdict.verdict
}

describe('an order for a specimen', () => {
  test('becomes a booklet that a receiver with the published trust accepts', async () => {
    await office.log.sequence()
    const { size } = office.log.checkpoint
    const [result] = await issue(office, [requestFor()])
    const paper = released(result)
    expect(await verdictOn(paper)).toBe('accepted')
    expect(paper.files.map(({ name }) => name)).toEqual([
      'EF_COM.bin',
      'EF_DG1.bin',
      'EF_DG2.bin',
      'EF_DG11.bin',
      'EF_DG12.bin',
      'EF_DG13.bin',
      'EF_DG14.bin',
      'EF_SOD.bin',
    ])
    expect(office.log.checkpoint.size).toBe(size + 1)
  })

  test('asked for again gives the same paper until it is handed over, and then none', async () => {
    const first = released((await issue(office, [requestFor()]))[0])
    const again = released((await issue(office, [requestFor()]))[0])
    expect(again.id).toBe(first.id)
    expect(again.files).toEqual(first.files)
    await deliver(office, [first])
    await deliver(office, [first])
    expect(await issue(office, [requestFor()])).toEqual([{ outcome: 'delivered-before', id: first.id }])
    expect(await rows("select kind from event where stream like 'paper/%' order by seq")).toEqual([
      { kind: 'paper.recorded' },
      { kind: 'paper.released' },
      { kind: 'paper.delivered' },
    ])
  })

  test('five times at once gives one paper', async () => {
    const results = (await Promise.all(Array.from({ length: 5 }, () => issue(office, [requestFor()])))).flat()
    expect(new Set(results.map((result) => released(result).id)).size).toBe(1)
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 1 }])
    expect(
      await rows(
        "select count(*) as count from signature join intent on id = intent_id and purpose = 'document-signer'",
      ),
    ).toEqual([{ count: 1 }])
  })

  test('five times in one call after a crash gives one paper, released once', async () => {
    const crash = new Error('a power cut')
    const step = (name: string) => {
      if (name === 'issue.recorded') throw crash
    }
    await expect(issue({ ...office, step }, [requestFor()])).rejects.toBe(crash)
    const results = await issue(
      office,
      Array.from({ length: 5 }, () => requestFor()),
    )
    expect(new Set(results.map((result) => released(result).id)).size).toBe(1)
    expect(await rows("select kind from event where stream like 'paper/%' order by seq")).toEqual([
      { kind: 'paper.recorded' },
      { kind: 'paper.released' },
    ])
  })

  test('five times in one call gives one paper', async () => {
    const results = await issue(
      office,
      [1, 2, 3, 4, 5].map(() => requestFor()),
    )
    expect(new Set(results.map((result) => released(result).id)).size).toBe(1)
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 1 }])
  })

  test('under a reference that has a paper from another order is refused', async () => {
    await issue(office, [requestFor()])
    expect(codeOf((await issue(office, [requestFor({ givenNames: 'Анна' })]))[0])).toBe(
      'order.reference-used',
    )
  })
})

test('one order that is refused holds up no other', async () => {
  const results = await issue(office, [
    requestFor({ reference: 'a' }),
    requestFor({ reference: 'b', nationality: 'QQQ' }),
    requestFor({ reference: 'c' }),
  ])
  expect(results.map(codeOf)).toEqual(['released', 'order.nationality-unknown', 'released'])
})

test('a portrait that is not the one of the order is refused', async () => {
  const request = { ...requestFor(), portrait: Uint8Array.of(1, 2, 3) }
  expect(codeOf((await issue(office, [request]))[0])).toBe('order.portrait-differs')
})

test('a key that the chip of another paper has is refused, and nothing is recorded', async () => {
  const { publicKey } = (await import('@nansen/signing')).makeSpecimenChipKey()
  const chipKeys = { chipAuthentication: publicKey }
  const [first] = await issue(office, [{ ...requestFor({ reference: 'a' }), chipKeys }])
  expect(codeOf(first)).toBe('released')
  const [second] = await issue(office, [{ ...requestFor({ reference: 'b' }), chipKeys }])
  expect(codeOf(second)).toBe('key.of-another')
  expect(await rows('select count(*) as count from paper')).toEqual([{ count: 1 }])
})

test('among several, the paper with the key of another is refused, and the others are issued', async () => {
  const { publicKey } = (await import('@nansen/signing')).makeSpecimenChipKey()
  const chipKeys = { chipAuthentication: publicKey }
  const results = await issue(office, [
    { ...requestFor({ reference: 'a' }), chipKeys },
    requestFor({ reference: 'b' }),
    { ...requestFor({ reference: 'c' }), chipKeys },
    requestFor({ reference: 'd' }),
  ])
  expect(results.map(codeOf)).toEqual(['released', 'released', 'key.of-another', 'released'])
  expect(await rows('select count(*) as count from paper')).toEqual([{ count: 3 }])
})

describe('a power cut', () => {
  test.each([
    ['issue.reserved', 0],
    ['issue.drafted', 0],
    ['issue.linted', 0],
    ['issue.recorded', 1],
    ['issue.signed', 1],
    ['issue.inspected', 1],
    ['issue.released', 1],
    ['issue.logged', 1],
  ])('after %s leaves %i papers, which recovery finishes', async (step, papers) => {
    office.cutAt(step)
    await expect(issue(office, [requestFor()])).rejects.toThrow(PowerCut)
    const recovery = await recover(office)
    expect([recovery.released.length, recovery.voided, recovery.left]).toEqual([papers, [], []])
    const paper = released((await issue(office, [requestFor()]))[0])
    expect(await verdictOn(paper)).toBe('accepted')
    if (papers === 1) expect(paper.id).toBe(recovery.released[0]!.id)
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 1 }])
    expect(await rows('select count(*) as count from log_entry where position is null')).toEqual([
      { count: 0 },
    ])
  })
})

describe('recovery', () => {
  test('of a paper whose signer may not sign any more voids it, and the order can be issued anew', async () => {
    office.cutAt('issue.recorded')
    await expect(issue(office, [requestFor()])).rejects.toThrow(PowerCut)
    await rows("update intent set digest = decode(repeat('00', 32), 'hex') where purpose = 'document-signer'")
    const recovery = await recover(office)
    expect(recovery.voided.map(({ code }) => code)).toEqual(['intent.altered'])
    expect(await rows('select stage from paper')).toEqual([{ stage: 'void' }])
    expect(await rows('select reason from voided')).toEqual([{ reason: 'never-finishes' }])
    expect(codeOf((await issue(office, [requestFor()]))[0])).toBe('released')
    expect(await recover(office)).toMatchObject({ voided: [], left: [] })
  })
})

describe('issuing fails closed', () => {
  test('with a clock that is behind the newest revocation list, or is no clock', async () => {
    office.at('2026-11-23T10:00:00Z')
    expect(codeOf((await issue(office, [requestFor()]))[0])).toBe('clock.wrong')
    office.at(new Date(Number.NaN))
    expect(codeOf((await issue(office, [requestFor()]))[0])).toBe('clock.wrong')
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 0 }])
  })

  test('with a revocation list that has run out, or a signer past its period', async () => {
    office.at('2027-02-23T10:00:00Z')
    expect(['trust.crl-stale', 'period.document-signer']).toContain(
      codeOf((await issue(office, [requestFor()]))[0]),
    )
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 0 }])
  })

  test('for a state that exists, whatever it is asked with', async () => {
    for (const changes of [{ state: 'CHE' }, { kind: 'real' }, { state: 'QRR' }]) {
      const [result] = await issue(office, [requestFor(changes as never)])
      expect(['order.real-state', 'order.foreign-state']).toContain(codeOf(result))
    }
    expect(await rows('select count(*) as count from paper')).toEqual([{ count: 0 }])
  })
})
