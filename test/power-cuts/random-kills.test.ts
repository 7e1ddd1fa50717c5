import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultSeed, type KillOutcome, killRounds, randomKills, runUntil, summary } from '../faults/kill.ts'
import { expectDone, expectFits } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { KILLS } from './how-many.ts'
import { type OfficeOnDisk, officeAtWork, type Where } from './office-on-disk.ts'

/** The long list comes in parts of so many people, so that a round has not to read again what was done long ago. */
const PART = 120
const LONGEST = 3 * 60 * 60_000

const STORES: readonly { where: Where; skipped: boolean; named: string; kills: number }[] = [
  { where: 'postgresql', skipped: serverUrl === undefined, named: onPostgresql, kills: KILLS },
  {
    where: 'embedded',
    skipped: false,
    // What it wrote is in the system's hands by then, so this shows less than a power cut would.
    named: 'on the embedded store, where kill -9 is no power cut',
    kills: Math.ceil(KILLS / 5),
  },
]

describe.each(STORES.map((store) => [store.named, store] as const))(
  'nansen issue, killed at random times, %s',
  (_, { where, skipped, kills }) => {
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
        // How long a part takes on this machine, and a run that has nothing to do: most moments lie between them.
        const whole = await runUntil(office.issueRun(list, out()))
        const idle = await runUntil(office.issueRun(list, out()))
        for (const ended of [whole, idle]) expectDone(ended, 'nansen issue')
        await finished()
        const window = { from: idle.milliseconds / 2, to: whole.milliseconds }
        // A run may be over before its moment comes: more moments than kills, also where these are few.
        const moments = randomKills(faultSeed(), 2 * kills + 10, window)
        let caught = 0

        const outcomes: KillOutcome[] = []
        for (const [round, kill] of moments.entries()) {
          if (summary(outcomes).killed === kills) break
          const [outcome] = await killRounds({
            kills: [kill],
            command: () => office.issueRun(list, out()),
            recover: () => office.run('recover', '--office', office.folder),
            check: () => office.run('check', '--office', office.folder),
            async afterwards() {
              if ((await leftBehind(office)) > 0) caught++
            },
          })
          outcomes.push({ ...outcome!, round })
          if (outcome!.ended.how === 'finished') await finished()
        }
        const { killed, wrong } = summary(outcomes)
        expectDone(await runUntil(office.issueRun(list, out())), 'nansen issue, the last part')
        await finished()
        const papers = PART * (lists.length - 1)
        console.log(
          `${where}: ${killed} kills in ${outcomes.length} rounds, ${papers} papers, ${wrong.length} findings` +
            (office.url === undefined ? '' : `; ${caught} kills between record and delivery`),
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
  },
)

/** Papers that recovery has finished and that wait to be handed over: the kill came between record and delivery. */
async function leftBehind({ url }: OfficeOnDisk): Promise<number> {
  if (url === undefined) return 0
  const [row] = await ask(url, "select count(*)::int as n from nansen_uto.paper where stage = 'released'")
  return row!.n as number
}
