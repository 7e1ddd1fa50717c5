import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runUntil } from '../faults/kill.ts'
import { issueApproved as issue, requestFor } from '../issuing-office.ts'
import { expectDone, expectFits } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { codeOf, faultyOffice } from './faulty-office.ts'
import { type KeyProcessOnSocket, startKeyProcess } from './key-process.ts'
import { type OfficeOnDisk, officeAtWork } from './office-on-disk.ts'

const PEOPLE = 60
const haveDump = spawnSync('pg_dump', ['--version']).status === 0

describe.skipIf(serverUrl === undefined)(`What there may be one of ${onPostgresql}`, () => {
  let begun: OfficeOnDisk
  let office: OfficeOnDisk
  let keys: KeyProcessOnSocket | undefined
  beforeAll(async () => {
    begun = await officeAtWork('postgresql')
    return () => begun.remove()
  })
  beforeEach(async () => {
    office = await begun.copy()
  })
  afterEach(async () => {
    await keys?.kill()
    keys = undefined
    await office?.remove()
  })

  const count = async (sql: string) =>
    Number((await ask(office.url!, `select count(*) as n from ${sql}`))[0]!.n)
  /** Two were issued when the office began. */
  const papers = async () => (await count("nansen_uto.paper where stage <> 'void'")) - 2
  const signatures = async () =>
    (await count(
      "nansen_uto.signature join nansen_uto.intent on id = intent_id where purpose = 'document-signer'",
    )) - 2

  test('the same list asked five times at once, by five processes over one key process, gives each paper once', async () => {
    const list = office.list('people', PEOPLE)
    keys = await startKeyProcess(office)
    const outs = [0, 1, 2, 3, 4].map((i) => join(office.root, `papers-${i}`))
    const ended = await Promise.all(
      outs.map((out) => {
        const run = office.issueRun(list, out)
        return runUntil({ ...run, env: { ...run.env, NANSEN_SIGNER: keys!.socket } })
      }),
    )
    for (const { how, code, error } of ended) {
      expect({ how, code: code === 0 || code === 1 }).toEqual({ how: 'finished', code: true })
      // Whoever comes when a paper was handed over to another is told so, and gets no second one.
      for (const line of error.trim().split('\n').filter(Boolean))
        expect(line).toMatch(/\[paper\.elsewhere\]|of the list$/)
    }
    expect(await papers()).toBe(PEOPLE)
    expect(await signatures()).toBe(PEOPLE)
    const folders = new Set(
      outs.flatMap((out) => readdirSync(out).filter((name) => /^[0-9a-f]{32}$/.test(name))),
    )
    expect(folders.size).toBe(PEOPLE)
    await keys.kill()
    expectDone(await office.recover(), 'nansen recover')
    expectFits(await office.check())
  })

  test('of two processes with keys of their own, one is told that another has them, and no paper is twice', async () => {
    const list = office.list('people', PEOPLE)
    const ended = await Promise.all([office.issue(list), office.issue(list)])
    for (const { code, error } of ended)
      if (code !== 0) expect(error).toMatch(/\[(journal\.in-use|paper\.elsewhere)\]/)
    expectDone(await office.issue(list), 'nansen issue, again')
    expect(await papers()).toBe(PEOPLE)
    expect(await signatures()).toBe(PEOPLE)
    expect(office.papersAgainst(list).problems).toEqual([])
    expectFits(await office.check())
  })

  test.skipIf(!haveDump)("on yesterday's database, restored from its dump, nothing is issued", async () => {
    const yesterday = dump()
    const list = office.list('people', 3)
    expectDone(await office.issue(list), 'nansen issue')
    const today = dump()
    restore(yesterday)
    rmSync(office.out, { recursive: true })
    const { code, error } = await office.issue(list)
    expect(code).not.toBe(0)
    expect(error).toContain('[log.database-older]')
    expect(await papers()).toBe(0)
    expect(await office.recover()).toMatchObject({
      code: 70,
      error: expect.stringContaining('[log.database-older]'),
    })
    const found = (await office.check()).out
    expect(found).toContain('key-journal.no-intent')
    expect(found).toContain('log.root-differs')
    expect(readdirSync(office.out).filter((name) => /^[0-9a-f]{32}$/.test(name))).toEqual([])
    // With today's it goes on, and with the papers that it had handed over.
    restore(today)
    expectDone(await office.recover(), 'nansen recover')
    expectFits(await office.check())
  })

  function dump(): string {
    const path = join(office.root, `${readdirSync(office.root).length}.sql`)
    writeFileSync(path, execFileSync('pg_dump', ['--schema=nansen_uto', office.url!]))
    return path
  }

  function restore(path: string): void {
    const psql = (input: string) =>
      execFileSync('psql', ['--quiet', '--set=ON_ERROR_STOP=1', office.url!], { input, stdio: 'pipe' })
    psql('drop schema nansen_uto cascade')
    psql(readFileSync(path, 'utf8'))
  }
})

describe.skipIf(serverUrl === undefined)(`Two logs of one office, sequencing at once ${onPostgresql}`, () => {
  test('each paper is in the tree once, and the tree is one', async () => {
    const faulty = await faultyOffice()
    try {
      // Each has a log of its own over the same database, folders and keys, as two processes have.
      const two = [faulty.office, faulty.office]
      const orders = Array.from({ length: 20 }, (_, i) => requestFor({ reference: `paper-${i}` }))
      const results = await Promise.all(
        orders.map(async (order, i) => (await issue(two[i % 2]!, [order]))[0]),
      )
      expect(results.map(codeOf).filter((code) => code !== 'released')).toEqual([])
      expect(await faulty.check()).toEqual([])
      const [row] = await faulty.direct.transaction((tx) =>
        tx.query("select count(*) as n from log_entry where stream like 'paper/%' and position is not null"),
      )
      expect(row).toEqual({ n: 20 })
    } finally {
      await faulty.close()
    }
  })
})

describe.skipIf(serverUrl === undefined)(`The same order ${onPostgresql}`, () => {
  test('five times in one call and five calls at once is one paper', async () => {
    const faulty = await faultyOffice()
    try {
      const { office } = faulty
      const five = () => Array.from({ length: 5 }, () => requestFor({ reference: 'one' }))
      const results = (await Promise.all([1, 2, 3, 4, 5].map(() => issue(office, five())))).flat()
      expect(results.map(codeOf)).toEqual(Array(25).fill('released'))
      const ids = results.flatMap((result) => (result.outcome === 'released' ? [result.paper.id] : []))
      expect(new Set(ids).size).toBe(1)
      expect(await faulty.check()).toEqual([])
    } finally {
      await faulty.close()
    }
  })
})
