import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deliver, issue, type Office, recover, trustFiles } from '@nansen/authority'
import { inspect, openTrust } from '@nansen/inspection'
import { connectKeySocket, openRemoteSigning } from '@nansen/signing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openOffice } from '../../packages/nansen/src/office/open-office.ts'
import { readSettings } from '../../packages/nansen/src/office/settings.ts'
import { requestFor } from '../issuing-office.ts'
import { random } from '../signing-office.ts'
import { expectDone, expectFits, expectRecovered } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { codeOf, expectOnePaper, type FaultyOffice, faultyOffice, papersIn } from './faulty-office.ts'
import { type KeyProcessOnSocket, startKeyProcess } from './key-process.ts'
import { type OfficeOnDisk, officeAtWork } from './office-on-disk.ts'

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
      const office: Office = {
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

describe.skipIf(serverUrl === undefined)(`Keys in a process of their own ${onPostgresql}`, () => {
  let begun: OfficeOnDisk
  let disk: OfficeOnDisk
  let keys: KeyProcessOnSocket
  let opened: Awaited<ReturnType<typeof openOffice>> | undefined
  beforeAll(async () => {
    begun = await officeAtWork('postgresql')
  })
  afterAll(() => begun?.remove())
  beforeEach(async () => {
    disk = await begun.copy()
  })
  afterEach(async () => {
    await opened?.close()
    opened = undefined
    keys?.goOn()
    await keys?.kill()
    await disk?.remove()
  })

  async function open(within: readonly string[] = []): Promise<Office> {
    keys = await startKeyProcess(disk, within)
    const environment = { NANSEN_DATABASE: disk.url, NANSEN_SIGNER: keys.socket }
    opened = await openOffice(disk.folder, await readSettings(disk.folder), { environment })
    return opened.office
  }

  const papers = async () =>
    (await ask(
      disk.url!,
      'select stage, count(*)::int as n from nansen_uto.paper group by stage order by stage',
    )) as readonly { stage: string; n: number }[]

  async function expectAllBack(): Promise<void> {
    await opened?.close()
    opened = undefined
    await keys.kill()
    expectDone(await disk.recover(), 'nansen recover')
    expectFits(await disk.check())
  }

  test('that is down: refused with a reason, nothing begun, and as before when it is back', async () => {
    const office = await open()
    expect(codeOf((await issue(office, [requestFor({ reference: 'a' })]))[0])).toBe('released')
    await keys.kill()
    // The desk is laid: what is asked for now gets as far as its record, and what comes after it not even there.
    expect(codeOf((await issue(office, [requestFor({ reference: 'b' })]))[0])).toBe('signing.outage')
    expect(codeOf((await issue(office, [requestFor({ reference: 'c' })]))[0])).toBe('signing.outage')
    expect(await papers()).toEqual([
      { stage: 'delivered', n: 2 },
      { stage: 'recorded', n: 1 },
      { stage: 'released', n: 1 },
    ])
    keys = await startKeyProcess(disk)
    for (const reference of ['a', 'b', 'c'])
      expect(codeOf((await issue(office, [requestFor({ reference })]))[0])).toBe('released')
    await expectAllBack()
  })

  test('that hangs: given up with a reason, and its late answer does no harm', async () => {
    const patient = await open()
    const signing = await openRemoteSigning({
      connect: connectKeySocket(keys.socket),
      random,
      timeout: 1_500,
    })
    const office: Office = { ...patient, signing }
    expect(codeOf((await issue(office, [requestFor({ reference: 'a' })]))[0])).toBe('released')
    keys.hang()
    expect(codeOf((await issue(office, [requestFor({ reference: 'b' })]))[0])).toBe('signing.outage')
    expect(codeOf((await issue(office, [requestFor({ reference: 'c' })]))[0])).toBe('signing.outage')
    keys.goOn()
    for (const reference of ['a', 'b', 'c'])
      expect(codeOf((await issue(office, [requestFor({ reference })]))[0])).toBe('released')
    await signing.close()
    await expectAllBack()
  })

  test('whose journal finds no room on the disk: nothing leaves it, and with room again it goes on', async () => {
    const { size } = statSync(join(disk.folder, 'keys', 'journal'))
    const office = await open(['prlimit', `--fsize=${size + 100}`])
    const [result] = await issue(office, [requestFor({ reference: 'a' })])
    expect(codeOf(result)).toBe('signing.outage')
    expect(await papers()).toContainEqual({ stage: 'recorded', n: 1 })
    await keys.kill()
    keys = await startKeyProcess(disk)
    const [again] = await issue(office, [requestFor({ reference: 'a' })])
    if (again?.outcome !== 'released') throw new Error(codeOf(again))
    await deliver(office, [again.paper.id])
    await expectAllBack()
  })
})

describe.skipIf(serverUrl === undefined)(`nansen issue ${onPostgresql}`, () => {
  let office: OfficeOnDisk
  let list: string
  beforeAll(async () => {
    office = await officeAtWork('postgresql')
    list = office.list('people', 3)
    expectDone(await office.issue(list), 'nansen issue')
  })
  afterAll(() => office?.remove())

  test('with the database down ends with a sentence, and leaves what is there', async () => {
    const there = new (office.constructor as new (...parts: unknown[]) => OfficeOnDisk)(
      'postgresql',
      office.root,
      'postgresql://postgres@127.0.0.1:1/nowhere',
    )
    const { code, error } = await there.issue(list)
    expect({ code, error }).toEqual({ code: 70, error: expect.stringContaining('[store.unreachable]') })
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(office.papersAgainst(list).problems).toEqual([])
    expectDone(await office.inspect(), 'nansen inspect')
  })

  test('with the checkpoints lost refuses every row, and papers.csv keeps what was handed over', async () => {
    const checkpoints = join(office.folder, 'checkpoints')
    renameSync(checkpoints, `${checkpoints}.away`)
    const { code, error } = await office.issue(list)
    expect(code).toBe(1)
    expect(error).toContain('[log.checkpoint-missing]')
    expect(office.papersAgainst(list).problems).toEqual([])
    expectDone(await office.inspect(), 'nansen inspect')
    rmSync(checkpoints, { recursive: true, force: true })
    renameSync(`${checkpoints}.away`, checkpoints)
    await expectRecovered(office, list)
  })

  test('with no way to write the papers ends with a sentence, and goes on later', async () => {
    const more = office.list('more', 2)
    const trust = join(office.out, 'trust')
    renameSync(trust, `${trust}.away`)
    writeFileSync(trust, '')
    const { code, error } = await office.issue(more)
    expect({ code, lines: error.trim().split('\n').length }).toEqual({ code: 70, lines: 1 })
    expect(error).toMatch(/cannot be read or written.*\[E[A-Z]+: mkdir\]/)
    rmSync(trust)
    renameSync(`${trust}.away`, trust)
    expectDone(await office.issue(more), 'nansen issue')
    mkdirSync(trust, { recursive: true })
    expectFits(await office.check())
  })
})

/** What a border post has of the office. */
async function published(office: Office) {
  const sources = (await trustFiles(office)).map(({ name, bytes }) => ({ label: name, bytes }))
  return (await openTrust(sources, office.crypto)).trust
}
