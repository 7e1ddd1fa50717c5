import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Chance } from '../chance.ts'
import { faultSeed } from '../faults/kill.ts'
import type { TestServer } from '../postgresql.ts'
import { expectFits } from './check-office.ts'
import {
  type Applied,
  beginBy,
  codesOn,
  enterBy,
  handInBy,
  prepareBy,
  somebody,
  straightOn,
} from './http-applicant.ts'
import { HttpVisitor } from './http-visitor.ts'
import { KILLS, KilledOffice, LONGEST, pause } from './killed-office.ts'
import { Meeting } from './meeting.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql, rowsOf } from './office-database.ts'
import type { ServeOptions } from './serving.ts'
import { throughKills } from './through-kills.ts'

/*
 * The server is killed while people hand in applications. Whatever was acknowledged is there for whoever has the words;
 * what was not, they do again; nothing is there twice. P4, P26
 */

const VISITORS = 8

describe.skipIf(!havePostgresql)(`nansen serve, killed at random times, ${onPostgresql}`, () => {
  let server: TestServer
  let options: ServeOptions
  let office: KilledOffice
  let people = 0
  const chance = new Chance(havePostgresql ? faultSeed() : 0)
  beforeAll(async () => {
    ;({ server, options } = await officeOnPostgresql())
    office = await KilledOffice.start(options)
  })
  afterAll(async () => {
    await office?.remove()
    await server?.stop()
  })

  test(`${KILLS} times while ${VISITORS} people apply: every receipt is good, and nothing is there twice`, {
    timeout: LONGEST,
  }, async () => {
    const receipts: Applied[] = []
    const atTheDoor = new Meeting(VISITORS)
    let handingIn = 0
    let stopping = false
    const visit = async (): Promise<void> => {
      while (!stopping) {
        const walk = throughKills(office)
        const words = await beginBy(walk)
        await prepareBy(walk, somebody(people++))
        await atTheDoor.come()
        handingIn++
        const codes = await handInBy(walk)
        handingIn--
        receipts.push({ words, codes })
      }
    }
    const visits = Promise.all(Array.from({ length: VISITORS }, visit))
    // Whatever goes wrong there ends this test at once.
    const failed = visits.then(() => new Promise<never>(() => {}))

    let checked = 0
    let caught = 0
    const rounds = async () => {
      while (office.kills < KILLS) {
        // Every other time all of them come with everything ready, and the kill is while they hand in.
        const together = office.kills % 2 === 1
        if (together) await atTheDoor.meet()
        await pause(chance.one(together ? 500 : 3000))
        caught += handingIn
        const { opened } = await office.kill()
        for (; checked < receipts.length; checked++)
          await expectGood(office.serving.origin, receipts[checked]!)
        await expectFits(office.serving, options)
        opened()
      }
      stopping = true
      atTheDoor.open()
      await visits
    }
    await Promise.race([rounds(), failed])

    for (const receipt of receipts) await expectGood(office.serving.origin, receipt)
    const rows = await rowsOf(office.serving.folder, options.environment)
    const [counts] = await rows.ask(
      `select (select count(*) from case_file)::int as cases,
              (select count(distinct account_id) from case_file)::int as accounts,
              (select count(*) from case_part)::int as parts,
              (select count(*) from event where kind = 'case.submitted')::int as events`,
    )
    await rows.close()
    const n = receipts.length
    console.log(`${office.kills} kills, ${caught} while somebody handed in, ${n} receipts`)
    // An application, a photograph and one piece of evidence of each.
    expect(counts).toEqual({ cases: n, accounts: n, parts: 3 * n, events: n })
    expect(caught).toBeGreaterThan(0)
    await expectFits(office.serving, options)
  })
})

/** The seven words open an account with these cases and no other. */
async function expectGood(origin: string, { words, codes }: Applied): Promise<void> {
  const visitor = new HttpVisitor(origin)
  await enterBy(straightOn(visitor), words)
  expect(codesOn((await visitor.get('/my/receipt')).text)).toEqual(codes)
}
