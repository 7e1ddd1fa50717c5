import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Chance } from '../chance.ts'
import { faultSeed } from '../faults/kill.ts'
import type { TestServer } from '../postgresql.ts'
import { expectFits } from './check-office.ts'
import { applyBy, casesOn, somebody, straightOn } from './http-applicant.ts'
import { decideFirst, decideSecond, gather, signInAs, take } from './http-officer.ts'
import { type Answer, HttpVisitor } from './http-visitor.ts'
import { KILLS, KilledOffice, LONGEST, pause, throughOutages } from './killed-office.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql, rowsOf } from './office-database.ts'
import type { ServeOptions } from './serving.ts'

/*
 * The server is killed while officers sign decisions. One that they were told is done, stands; one that they were not
 * told, they do again, or find done; none stands twice. P1, P2
 */

/** Those who see people, and those who decide: each may open so many cases in a day. */
const INTAKE = ['Iris', 'Ivo']
const DECIDERS = ['Dario', 'Dana', 'Delia']
const MOST_CASES = 80

interface Decision {
  readonly caseId: string
  readonly by: string
  readonly act: typeof decideFirst | typeof decideSecond
  /** The first, of a second. */
  readonly after?: Decision
  state: 'open' | 'told' | 'found done'
}

describe.skipIf(!havePostgresql)(`officers decide in an office that is killed, ${onPostgresql}`, () => {
  let server: TestServer
  let options: ServeOptions
  let office: KilledOffice
  let cases: readonly string[]
  const chance = new Chance(havePostgresql ? faultSeed() : 0)
  beforeAll(async () => {
    ;({ server, options } = await officeOnPostgresql())
    office = await KilledOffice.start(options)
    cases = await casesToDecide(office.serving.origin, Math.min(MOST_CASES, 2 * KILLS + 10))
  }, LONGEST)
  afterAll(async () => {
    await office?.remove()
    await server?.stop()
  })

  test(`${KILLS} times: each decision stands once`, { timeout: LONGEST }, async () => {
    const decisions = cases.flatMap((caseId, n): readonly Decision[] => {
      const [one, other] = [DECIDERS[n % 3]!, DECIDERS[(n + 1) % 3]!]
      const first: Decision = { caseId, by: one, act: decideFirst, state: 'open' }
      return [first, { caseId, by: other, act: decideSecond, after: first, state: 'open' }]
    })
    const open = () => decisions.some(({ state }) => state === 'open')
    const works = Promise.all(DECIDERS.map((name) => decideAll(office, name, decisions)))
    const failed = works.then(() => new Promise<never>(() => {}))
    const rounds = async () => {
      while (office.kills < KILLS && open()) {
        await pause(100 + chance.one(1200))
        const { opened } = await office.kill()
        await expectFits(office.serving, options)
        opened()
      }
      await works
    }
    await Promise.race([rounds(), failed])

    const many = (state: Decision['state']) => decisions.filter((one) => one.state === state).length
    console.log(
      `${office.kills} kills, ${cases.length} cases: ${many('told')} decisions were told, ` +
        `${many('found done')} were found done`,
    )
    expect(await standing()).toEqual(
      cases.map((id) => ({
        id,
        status: 'production',
        officer_id: null,
        first: 1,
        second: 1,
        decisions: 1,
        confirmations: 1,
      })),
    )
    expect(office.kills).toBeGreaterThanOrEqual(Math.min(KILLS, 10) / 2)
    await expectFits(office.serving, options)
  })

  async function standing() {
    const rows = await rowsOf(office.serving.folder, options.environment)
    const found = await rows.ask(
      `with events as (select stream, kind from event), parts as (select case_id, kind from case_part)
       select encode(id, 'hex') as id, status, officer_id,
              (select count(*) from events where stream = 'case/' || encode(id, 'hex') and kind = 'case.decided-first')::int
                as first,
              (select count(*) from events where stream = 'case/' || encode(id, 'hex') and kind = 'case.decided-second')::int
                as second,
              (select count(*) from parts where case_id = id and kind = 'decision')::int as decisions,
              (select count(*) from parts where case_id = id and kind = 'confirmation')::int as confirmations
         from case_file`,
    )
    await rows.close()
    return [...found].sort((a, b) => cases.indexOf(a.id as string) - cases.indexOf(b.id as string))
  }
})

/** All that is one officer's to decide, whatever happens to the server. */
async function decideAll(office: KilledOffice, name: string, decisions: readonly Decision[]): Promise<void> {
  const officer = new HttpVisitor('')
  const own = decisions.filter(({ by }) => by === name)
  let signedIn = false
  while (own.some(({ state }) => state === 'open')) {
    const next = own.find(({ state, after }) => state === 'open' && after?.state !== 'open')
    if (next === undefined) {
      await pause(20)
      continue
    }
    next.state = await throughOutages(office, officer, async (again) => {
      // A kill ends every officer's session.
      if (!signedIn || again) await signInAs(officer, name)
      signedIn = true
      const taken = await unlessRefused(take(officer, next.caseId))
      if (taken === undefined) {
        if (!again) throw new Error(`${name} does not get a case that is to be decided`)
        return 'found done'
      }
      const { path } = await next.act(officer, next.caseId)
      if (!path.includes('moved=1')) throw new Error(`a decision led to ${path}`)
      return 'told'
    })
  }
}

/** Cases of people with everything that a decision needs. @returns their ids */
async function casesToDecide(origin: string, count: number): Promise<readonly string[]> {
  const officers = await Promise.all(
    INTAKE.map(async (name) => {
      const officer = new HttpVisitor(origin)
      await signInAs(officer, name)
      return officer
    }),
  )
  const some = await Promise.all(
    officers.map(async (officer, of) => {
      const ids: string[] = []
      for (let n = of; n < count; n += officers.length) {
        const visitor = new HttpVisitor(origin)
        await applyBy(straightOn(visitor), somebody(n))
        const [caseId] = casesOn((await visitor.get('/my')).text)
        await take(officer, caseId!)
        await gather(officer, caseId!)
        ids.push(caseId!)
      }
      return ids
    }),
  )
  return some.flat()
}

/** @returns undefined where a page says no */
const unlessRefused = (answer: Promise<Answer>): Promise<Answer | undefined> =>
  answer.catch((error: Error) => {
    if (/: (403|404|409|422), not 303/.test(error.message)) return undefined
    throw error
  })
