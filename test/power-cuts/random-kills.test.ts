import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultSeed, type KillOutcome, killRounds, randomKills, runUntil, summary } from '../faults/kill.ts'
import { expectDone, expectFits } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { type OfficeOnDisk, officeAtWork, type Where } from './office-on-disk.ts'

/** Kills on PostgreSQL: NANSEN_FAULT_KILLS, 200 for the promise, fewer where somebody waits. */
const KILLS = Number(process.env.NANSEN_FAULT_KILLS ?? 25)
/** The long list comes in parts of so many people, so that a round has not to read again what was done long ago. */
const PART = 120
const LONGEST = 3 * 60 * 60_000

describe.each<{ where: Where; skipped: boolean; named: string; kills: number }>([
  { where: 'postgresql', skipped: serverUrl === undefined, named: onPostgresql, kills: KILLS },
  {
    where: 'embedded',
    skipped: false,
    // What it wrote is in the system's hands by then, so this shows less than a power cut would.
    named: 'on the embedded store, where kill -9 is no power cut',
    kills: Math.ceil(KILLS / 5),
  },
])('nansen issue, killed at random times $named', ({ where, skipped, kills }) => {
  let office: OfficeOnDisk
  beforeAll(async () => {
    if (!skipped) office = await officeAtWork(where)
  })
  afterAll(() => office?.remove())

  test.skipIf(skipped)(
    `${kills} times: every round recovers, checks, and goes on; every paper once`,
    { timeout: LONGEST },
    async () => {
      const lists: string[] = []
      const begin = () => {
        const list = office.list(`part${lists.length}`, PART, lists.length)
        lists.push(list)
        return list
      }
      let list = begin()
      const out = () => join(office.root, `papers-${lists.length}`)
      const finished = async () => {
        expect(office.papersAgainst(list, out()).problems).toEqual([])
        expectDone(await office.inspect(out()), 'nansen inspect')
        list = begin()
      }
      // The moments lie between the start of the process and the time that a whole part takes on this machine.
      const whole = await runUntil(office.issueRun(list, out()))
      expectDone(whole, 'nansen issue')
      await finished()
      const moments = randomKills(faultSeed(), 2 * kills, { from: 50, to: whole.milliseconds })

      const outcomes: KillOutcome[] = []
      for (const [round, kill] of moments.entries()) {
        if (summary(outcomes).killed === kills) break
        const [outcome] = await killRounds({
          kills: [kill],
          command: () => office.issueRun(list, out()),
          recover: () => office.run('recover', '--office', office.folder),
          check: () => office.run('check', '--office', office.folder),
        })
        outcomes.push({ ...outcome!, round })
        if (outcome!.ended.how === 'finished') await finished()
      }
      const { killed, wrong } = summary(outcomes)
      expectDone(await runUntil(office.issueRun(list, out())), 'nansen issue, the last part')
      await finished()
      const papers = PART * (lists.length - 1)
      console.log(
        `${where}: ${killed} kills in ${outcomes.length} rounds, ${papers} papers, ${wrong.length} findings`,
      )
      expect(wrong).toEqual([])
      expect(killed).toBe(kills)
      expectFits(await office.check())
      if (office.url !== undefined) {
        const [register] = await ask(
          office.url,
          "select count(*)::int as n from nansen_uto.paper where stage = 'delivered'",
        )
        const [void_] = await ask(
          office.url,
          "select count(*)::int as n from nansen_uto.paper where stage <> 'delivered'",
        )
        // Two were issued when the office began.
        expect([register?.n, void_?.n]).toEqual([papers + 2, 0])
      }
    },
  )
})
