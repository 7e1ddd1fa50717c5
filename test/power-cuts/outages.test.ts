import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Office, recover, trustFiles } from '@nansen/authority'
import { inspect, openTrust } from '@nansen/inspection'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ApprovingOffice, issueApproved as issue, requestFor } from '../issuing-office.ts'
import { onPostgresql, serverUrl } from './database.ts'
import { codeOf, expectOnePaper, type FaultyOffice, faultyOffice, papersIn } from './faulty-office.ts'

/** What is down, and how it comes back. */
type Outage = (faulty: FaultyOffice) => () => void

const databaseDown: Outage = ({ proxy }) => {
  proxy.setDown(true)
  return () => proxy.setDown(false)
}

/** A file stands where a folder of the office must be. It stops root too, whom no permission stops. */
const barred =
  (...names: readonly string[]): Outage =>
  ({ folder }) => {
    const path = join(folder, ...names)
    renameSync(path, `${path}.away`)
    writeFileSync(path, '')
    return () => {
      rmSync(path)
      renameSync(`${path}.away`, path)
    }
  }

const lost =
  (...names: readonly string[]): Outage =>
  ({ folder }) => {
    const path = join(folder, ...names)
    renameSync(path, `${path}.away`)
    return () => {
      rmSync(path, { recursive: true, force: true })
      renameSync(`${path}.away`, path)
    }
  }

const OUTAGES: readonly (readonly [string, Outage, string])[] = [
  ['the database is down', databaseDown, 'store.unreachable'],
  ['the folder of the log cannot be written', barred('log'), 'log.out-of-reach'],
  ['the folder of the checkpoints cannot be read', barred('checkpoints'), 'log.out-of-reach'],
  ['the checkpoints are lost', lost('checkpoints'), 'log.checkpoint-missing'],
]

describe.skipIf(serverUrl === undefined)(`Issuing fails closed ${onPostgresql}`, () => {
  let faulty: FaultyOffice
  beforeEach(async () => {
    faulty = await faultyOffice()
  })
  afterEach(() => faulty.close())

  test.each(OUTAGES)('while %s: refused with a reason, and nothing is begun', async (_, down, reason) => {
    const before = (await issue(faulty.office, [requestFor({ reference: 'before' })]))[0]
    const trust = await published(faulty.office)
    const up = down(faulty)
    const [result] = await issue(faulty.office, [requestFor({ reference: 'meanwhile' })])
    expect(codeOf(result)).toBe(reason)
    // Papers that were issued are read as ever: that needs nothing of the office.
    if (before?.outcome !== 'released') throw new Error('not released')
    const { verdict } = await inspect(before.paper.files, trust, faulty.office.clock(), faulty.office.crypto)
    expect(verdict.verdict).toBe('accepted')
    up()
    expect(await papersIn(faulty)).toBe(1)
    await expectOnePaper(faulty, 'meanwhile', 1)
  })

  test.each(OUTAGES)(
    'when an office is at work and %s: what is under way is finished later, and after it nothing is begun',
    async (_, down, reason) => {
      let up = () => {}
      const office: ApprovingOffice = {
        ...faulty.office,
        step: (name) => {
          if (name === 'issue.recorded') up = down(faulty)
        },
      }
      const [underWay] = await issue(office, [requestFor({ reference: 'under-way' })])
      expect(codeOf(underWay)).toBe(reason)
      const [next] = await issue(office, [requestFor({ reference: 'next' })])
      expect(codeOf(next)).toBe(reason)
      up()
      expect(await papersIn(faulty)).toBe(1)
      expect(await recover(office)).toMatchObject({ released: [{}], voided: [], left: [] })
      await expectOnePaper(faulty, 'under-way', 0)
      await expectOnePaper(faulty, 'next', 1)
    },
  )

  test('a database that hangs is given up', async () => {
    const { office, proxy } = faulty
    const planned = proxy.plan({ side: 'before', act: 'half-open', touched: /insert into "?case_key/ })
    const [result] = await issue(office, [requestFor({ reference: 'hung' })])
    expect(planned.hasHappened).toBe(true)
    expect(codeOf(result)).toBe('store.commit-unknown')
    proxy.cutAll()
    await expectOnePaper(faulty, 'hung', 0)
  })

  test('a log that is lost in part comes back from the database by itself', async () => {
    await issue(faulty.office, [requestFor({ reference: 'before' })])
    rmSync(join(faulty.folder, 'log'), { recursive: true })
    await expectOnePaper(faulty, 'after', 1)
  })
})

/** What a border post has of the office. */
async function published(office: Office) {
  const sources = (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes }))
  return (await openTrust(sources, office.crypto)).trust
}
