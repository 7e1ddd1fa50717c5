import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestServer } from '../postgresql.ts'
import { expectFits } from './check-office.ts'
import { beginBy, codesOn, prepareBy, somebody, straightOn } from './http-applicant.ts'
import { HttpVisitor, type Sending } from './http-visitor.ts'
import { havePostgresql, officeOnPostgresql, onPostgresql, rowsOf } from './office-database.ts'
import { type ServeOptions, type ServingOffice, serveOffice } from './serving.ts'

const PEOPLE = 50
/** Who get ready at the same time: more would only wait for each other. */
const AT_A_TIME = 5

describe.skipIf(!havePostgresql)(`${PEOPLE} people hand in at once, ${onPostgresql}`, () => {
  let server: TestServer
  let options: ServeOptions
  let office: ServingOffice
  beforeAll(async () => {
    ;({ server, options } = await officeOnPostgresql())
    office = await serveOffice(options)
  })
  afterAll(async () => {
    await office?.remove()
    await server?.stop()
  })

  test.each([
    ['each once', 1],
    ['each with two presses of the button', 2],
  ])('%s: none is lost and none is there twice', async (_, presses) => {
    const before = await counted()
    const ready: { readonly visitor: HttpVisitor; readonly words: string; readonly sending: Sending }[] = []
    for (let n = 0; n < PEOPLE; n += AT_A_TIME)
      ready.push(
        ...(await Promise.all(
          Array.from({ length: AT_A_TIME }, (_, i) => getReady(presses * PEOPLE + n + i)),
        )),
      )

    const began = performance.now()
    const took: number[] = []
    const answers = await Promise.all(
      ready.flatMap(({ visitor, sending }) =>
        Array.from({ length: presses }, async () => {
          const answer = await visitor.ask(sending)
          took.push(performance.now() - began)
          return answer
        }),
      ),
    )
    const slowest = Math.max(...took)
    took.sort((a, b) => a - b)
    const middle = took[Math.floor(took.length / 2)]!
    console.log(
      `${answers.length} submissions of ${PEOPLE} people at once: ${Math.round(slowest)} ms until the last answer, ` +
        `${Math.round(middle)} ms until half of them`,
    )
    expect(answers.map(({ status, to }) => `${status} ${to}`)).toEqual(answers.map(() => '303 /my/receipt'))

    const codes = await Promise.all(
      ready.map(async ({ visitor }) => codesOn((await visitor.get('/my/receipt')).text)),
    )
    expect(codes.every(({ length }) => length === 1)).toBe(true)
    expect(new Set(codes.flat()).size).toBe(PEOPLE)
    const after = await counted()
    expect(after).toEqual({
      cases: before.cases + PEOPLE,
      accounts: before.accounts + PEOPLE,
      parts: before.parts + 3 * PEOPLE,
      events: before.events + PEOPLE,
    })
    await expectFits(office, options)
  })

  async function getReady(n: number) {
    const visitor = new HttpVisitor(office.origin)
    const walk = straightOn(visitor)
    const words = await beginBy(walk)
    await prepareBy(walk, somebody(n))
    await visitor.get('/my/check')
    return { visitor, words, sending: visitor.filled('/my/submit') }
  }

  async function counted() {
    const rows = await rowsOf(office.folder, options.environment)
    const [counts] = await rows.ask(
      `select (select count(*) from case_file)::int as cases,
              (select count(distinct account_id) from case_file)::int as accounts,
              (select count(*) from case_part)::int as parts,
              (select count(*) from event where kind = 'case.submitted')::int as events`,
    )
    await rows.close()
    return counts as Readonly<Record<'cases' | 'accounts' | 'parts' | 'events', number>>
  }
})
