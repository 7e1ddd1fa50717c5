import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../test/case-office.ts'
import { officeWeb } from '../../../../test/web-officer.ts'
import { visitor } from '../../../../test/web-visitor.ts'

const ONION = `${'a'.repeat(56)}.onion`
const SAID = 'You are here by an onion address.'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  web = officeWeb(office, { hosts: [ONION, 'utopia.localhost'] })
})
afterAll(() => office.close())

describe('a page that says no', () => {
  test('says at an onion address that it is one, as other pages do', async () => {
    for (const [path, code] of [
      ['/nothing-here', 404],
      ['/about', 200],
    ] as const) {
      const page = await visitor(web, ONION).get(path)
      expect([path, page.status, page.text.includes(SAID)]).toEqual([path, code, true])
      expect([path, (await visitor(web).get(path)).text.includes(SAID)]).toEqual([path, false])
    }
    const posted = await visitor(web, ONION).post('/enter', { passphrase: 'x' })
    expect([posted.status, posted.text.includes(SAID)]).toEqual([403, true])
  })

  test('says nothing of an address that is none of ours', async () => {
    const page = await visitor(web, `${'b'.repeat(56)}.onion`).get('/about')
    expect([page.status, page.text.includes(SAID)]).toEqual([421, false])
  })
})
