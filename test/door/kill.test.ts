import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Chance } from '../chance.ts'
import { faultSeed } from '../faults/kill.ts'
import type { TestServer } from '../postgresql.ts'
import { expectFits } from './check-office.ts'
import {
  type Applied,
  applyBy,
  beginBy,
  casesOn,
  codesOn,
  enterBy,
  handInBy,
  prepareBy,
  somebody,
  straightOn,
  type Walk,
} from './http-applicant.ts'
import { decideFirst, decideSecond, gather, signInAs, take } from './http-officer.ts'
import { type Answer, HttpVisitor } from './http-visitor.ts'
import { KilledOffice, throughOutages } from './killed-office.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql, rowsOf } from './office-database.ts'
import type { ServeOptions } from './serving.ts'

/*
 * The server is killed while people hand in applications and officers decide. What somebody was told is done, is done;
 * what they were not told, they do again; nothing is there twice. P2, P4, P26
 */

/** Kills of each test: DOOR_KILLS, fewer where somebody waits. Which moment comes when is fixed by the seed. */
const KILLS = Number(process.env.DOOR_KILLS ?? 10)
const VISITORS = 8
const LONGEST = 20 * 60_000 + KILLS * 120_000

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
        const walk = whateverHappens(office)
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

  test(`${KILLS} times while officers decide: each decision stands once`, { timeout: LONGEST }, async () => {
    const before = office.kills
    // So that officers never run out of cases before the last kill.
    const cases = await casesToDecide(office, Math.min(50, 2 * KILLS + 10), () => people++)
    const deciders = ['Dario', 'Dana', 'Delia']
    const told = new Map<string, number>()
    const queue = cases.map((caseId, n) => ({
      caseId,
      first: deciders[n % 3]!,
      second: deciders[(n + 1) % 3]!,
    }))
    const decided = new Set<string>()
    const stopping = false
    const work = async (name: string): Promise<void> => {
      const officer = new HttpVisitor(office.serving.origin)
      let signedIn = false
      const done = new Set<string>()
      const next = () =>
        queue.find(({ caseId, second }) => second === name && decided.has(caseId) && !done.has(caseId)) ??
        queue.find(({ caseId, first }) => first === name && !decided.has(caseId))
      while (done.size < queue.length && !stopping) {
        const task = next()
        if (task === undefined) {
          if (queue.every(({ caseId, second }) => second !== name || done.has(caseId))) return
          await pause(50)
          continue
        }
        const { caseId } = task
        const [act, asFirst] = task.first === name ? [decideFirst, true] : [decideSecond, false]
        await throughOutages(office, officer, async (again) => {
          if (!signedIn || again) await signInAs(officer, name)
          signedIn = true
          const taken = await tryOut(take(officer, caseId))
          // Told nothing before, they find that it is not on their desk any more: it was done.
          if (taken === undefined && again) return
          if (taken === undefined) throw new Error(`${name} does not get the case`)
          const answer = await act(officer, caseId)
          expect(answer.path).toContain('moved=1')
          told.set(caseId, (told.get(caseId) ?? 0) + 1)
        })
        if (asFirst) decided.add(caseId)
        else done.add(caseId)
      }
    }
    const works = Promise.all(deciders.map(work))
    const failed = works.then(() => new Promise<never>(() => {}))
    const rounds = async () => {
      while (office.kills - before < KILLS && told.size < 2 * cases.length) {
        await pause(200 + chance.one(1500))
        const { opened } = await office.kill()
        await expectFits(office.serving, options)
        opened()
      }
      await works
    }
    await Promise.race([rounds(), failed])

    const rows = await rowsOf(office.serving.folder, options.environment)
    const found = await rows.ask(
      `select encode(id, 'hex') as id, status, officer_id,
              (select count(*) from event where stream = 'case/' || encode(id, 'hex') and kind = 'case.decided-first')::int as first,
              (select count(*) from event where stream = 'case/' || encode(id, 'hex') and kind = 'case.decided-second')::int as second,
              (select count(*) from case_part where case_id = case_file.id and kind = 'decision')::int as decisions,
              (select count(*) from case_part where case_id = case_file.id and kind = 'confirmation')::int as confirmations
         from case_file where id = any(select decode(unnest($1::text[]), 'hex'))`,
      [cases] as never,
    )
    await rows.close()
    console.log(
      `${office.kills - before} kills, ${cases.length} cases, ${[...told.values()].reduce((a, b) => a + b, 0)} decisions told`,
    )
    expect(found).toHaveLength(cases.length)
    for (const { id: _, ...row } of found)
      expect(row).toEqual({
        status: 'production',
        officer_id: null,
        first: 1,
        second: 1,
        decisions: 1,
        confirmations: 1,
      })
    expect(office.kills - before).toBe(KILLS)
    await expectFits(office.serving, options)
  })
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Where everybody waits for each other, when there is to be a meeting. */
class Meeting {
  readonly #size: number
  #arrived: (() => void) | undefined
  #waiting: (() => void)[] = []

  constructor(size: number) {
    this.#size = size
  }

  /** Goes by, unless there is a meeting. */
  async come(): Promise<void> {
    if (this.#arrived === undefined) return
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === this.#size) this.#arrived?.()
    })
  }

  /** Until all of them are there; then they go on together. */
  async meet(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#arrived = resolve
    })
    this.open()
  }

  open(): void {
    this.#arrived = undefined
    for (const go of this.#waiting.splice(0)) go()
  }
}

/** Somebody on their way through an office that is killed: they look what is saved, and do again what is not. */
function whateverHappens(office: KilledOffice): Walk {
  const visitor = new HttpVisitor('')
  const walk = straightOn(visitor)
  const see = (path: string) => throughOutages(office, visitor, () => walk.see(path))
  return {
    see,
    take: (step) =>
      throughOutages(office, visitor, async (again): Promise<Answer> => {
        if (again && step.look !== undefined) {
          const shown = await walk.see(step.look.at)
          if (step.look.saved(shown.text)) return shown
        }
        return walk.take(step)
      }),
  }
}

/** The seven words open an account with these cases and no other. */
async function expectGood(origin: string, { words, codes }: Applied): Promise<void> {
  const visitor = new HttpVisitor(origin)
  await enterBy(straightOn(visitor), words)
  expect(codesOn((await visitor.get('/my/receipt')).text)).toEqual(codes)
}

/** Cases with everything that a decision needs. @returns their ids */
async function casesToDecide(
  office: KilledOffice,
  count: number,
  number: () => number,
): Promise<readonly string[]> {
  const iris = new HttpVisitor(office.serving.origin)
  await signInAs(iris, 'Iris')
  const cases: string[] = []
  for (let n = 0; n < count; n++) {
    const visitor = new HttpVisitor(office.serving.origin)
    await applyBy(straightOn(visitor), somebody(number()))
    const [caseId] = casesOn((await visitor.get('/my')).text)
    await take(iris, caseId!)
    await gather(iris, caseId!)
    cases.push(caseId!)
  }
  return cases
}

/** @returns undefined where the office says no */
const tryOut = (answer: Promise<Answer>): Promise<Answer | undefined> =>
  answer.catch((error: Error) => {
    if (/: (403|404|409|422|200), not 303/.test(error.message)) return undefined
    throw error
  })
