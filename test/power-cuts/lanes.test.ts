import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Lanes } from '../../packages/nansen/src/lanes/lanes.ts'
import { readSettings } from '../../packages/nansen/src/office/index.ts'
import { faultSeed, randomKills, runUntil } from '../faults/kill.ts'
import { expectDone, expectFits } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { type OfficeOnDisk, officeAtWork } from './office-on-disk.ts'

/** Some batches for each lane. */
const PEOPLE = 1_000
const LANES = ['--lanes', '2']

describe.skipIf(serverUrl === undefined)(`nansen issue in lanes ${onPostgresql}`, () => {
  let office: OfficeOnDisk
  let list: string
  let milliseconds: number
  const issue = (which: string) => runUntil(office.issueRun(which, office.out, ...LANES))

  beforeAll(async () => {
    office = await officeAtWork('postgresql')
    list = office.list('people', PEOPLE)
  })
  afterAll(() => office?.remove())

  test('makes each paper once, under the one log and the one key service', async () => {
    const done = await issue(list)
    milliseconds = done.milliseconds
    expectDone(done, 'nansen issue in lanes')
    expect(office.papersAgainst(list).problems).toEqual([])
    expectFits(await office.check())
    expectDone(await office.inspect(), 'nansen inspect')
    const [events] = await ask(
      office.url!,
      "select count(*)::int as n from nansen_uto.event where kind = 'paper.released'",
    )
    const [placed] = await ask(
      office.url!,
      'select count(*)::int as n from nansen_uto.log_entry where position is not null',
    )
    expect([events!.n, placed!.n]).toEqual([PEOPLE + 2, expect.any(Number)])
    expect(placed!.n).toBeGreaterThanOrEqual(PEOPLE + 2)
  })

  test('again, they make nothing', async () => {
    const before = await ask(office.url!, 'select count(*)::int as n from nansen_uto.paper')
    expectDone(await issue(list), 'nansen issue in lanes, again')
    expect(await ask(office.url!, 'select count(*)::int as n from nansen_uto.paper')).toEqual(before)
  })

  test('killed at random times, every paper is there once in the end', { timeout: 600_000 }, async () => {
    const window = { from: milliseconds / 3, to: milliseconds }
    for (const [round, kill] of randomKills(faultSeed(), 4, window).entries()) {
      const cut = await office.copy()
      try {
        const part = cut.list(`round${round}`, PEOPLE, round + 100)
        const ended = await runUntil(cut.issueRun(part, join(cut.root, 'other'), ...LANES), kill)
        expect(['killed', 'finished']).toContain(ended.how)
        expectDone(await cut.recover(), 'nansen recover')
        expectFits(await cut.check())
        expectDone(await runUntil(cut.issueRun(part, join(cut.root, 'other'), ...LANES)), 'the rest')
        expect(cut.papersAgainst(part, join(cut.root, 'other')).problems).toEqual([])
        expectFits(await cut.check())
      } finally {
        await cut.remove()
      }
    }
  })

  test('a lane that cannot open the office refuses its rows with the reason', async () => {
    const lanes = Lanes.open<readonly object[], readonly object[], object>({
      script: new URL('../../packages/nansen/dist/issue/issue-lane.js', import.meta.url),
      count: 1,
      opened: { office: {} } as never,
      folder: office.folder,
      settings: await readSettings(office.folder),
      environment: { NANSEN_DATABASE: 'postgresql://postgres@127.0.0.1:1/nowhere' },
      data: { out: office.out, pages: false },
    })
    expect(await lanes.ask([{ line: 2, order: { reference: 'a' } }])).toEqual([
      { line: 2, outcome: 'refused', reference: 'a', code: 'store.unreachable' },
    ])
    await lanes.close()
  })

  test('a log that refuses is told through every lane, once for a row', async () => {
    const more = office.list('more', PEOPLE, 9)
    const checkpoints = join(office.folder, 'checkpoints')
    renameSync(checkpoints, `${checkpoints}.away`)
    const { code, error } = await issue(more)
    renameSync(`${checkpoints}.away`, checkpoints)
    expect(code).toBe(1)
    const told = error.split('\n').filter((line) => line.includes('[log.checkpoint-missing]'))
    expect(told).toHaveLength(PEOPLE)
    expectDone(await office.recover(), 'nansen recover')
    expectDone(await issue(more), 'nansen issue in lanes, when the log is there again')
    expectFits(await office.check())
  })
})
