import { assignCase, issueCase, recordScreening } from '@nansen/authority'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseOffice, type TestCaseOffice } from '../../../../../test/case-office.ts'
import { first, fresh, gather, SCREENING, seat, second, statusOf } from '../../../../../test/desk.ts'
import { officerAt, officeWeb } from '../../../../../test/web-officer.ts'
import { errorsIn } from '../../../../../test/web-visitor.ts'

let office: TestCaseOffice
let web: ReturnType<typeof officeWeb>
beforeAll(async () => {
  office = await caseOffice()
  office.at('2026-11-24T10:00:00Z')
  web = officeWeb(office)
})
afterAll(() => office.close())

const caseOf = (caseId: string) => `/office/case/${caseId}`
const pageOf = (caseId: string) => `${caseOf(caseId)}/send-back`
const seated = (name: Parameters<typeof seat>[1]) => seat(office, name)
const at = (name: Parameters<typeof seat>[1]) => officerAt(web, office, name)

/** On Dario's desk, to be decided first. */
async function toDecide() {
  const { caseId } = await fresh(office)
  await gather(office, await seated('iris'), caseId)
  await assignCase(office, await seated('dario'), caseId)
  return caseId
}

/** On Petra's desk, approved and not made. */
async function toProduce() {
  const { caseId } = await fresh(office)
  await gather(office, await seated('iris'), caseId)
  await first(office, await seated('dario'), caseId)
  await second(office, await seated('dana'), caseId)
  await assignCase(office, await seated('petra'), caseId)
  return caseId
}

describe('from a decision', () => {
  test('a case goes back for the facts that were chosen, and comes again when they are recorded', async () => {
    const caseId = await toDecide()
    const dario = await at('dario')
    expect((await dario.get(caseOf(caseId))).text).toContain(`href="${pageOf(caseId)}"`)
    await dario.get(pageOf(caseId))
    const moved = await dario.send(pageOf(caseId), {
      again: ['screening'],
      reason: 'Answer of another case.',
    })
    expect(moved.to).toBe('/office?queue=mine&moved=1')
    expect(await statusOf(office, caseId)).toBe('intake')

    await assignCase(office, await seated('iris'), caseId)
    const iris = await at('iris')
    const page = (await iris.get(caseOf(caseId))).text
    expect(page).toContain('Answer of another case.')
    expect(page).toContain('Sent back to be looked at again')
    // What it waits for comes first, and the old result is told to count no more.
    const [, next = ''] = /<div class="actions">(.*?)<\/div>/.exec(page) ?? []
    expect([...next.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      `${caseOf(caseId)}/screening`,
    ])
    expect(page.match(/Sent back: to be recorded again/g)).toHaveLength(1)
    await recordScreening(office, await seated('iris'), caseId, SCREENING)
    expect(await statusOf(office, caseId)).toBe('decision')
  })

  test('a case does not go back without a fact and a reason; what was typed stays', async () => {
    const caseId = await toDecide()
    const dario = await at('dario')
    await dario.get(pageOf(caseId))
    const empty = await dario.post(pageOf(caseId), {})
    expect(empty.status).toBe(422)
    expect(errorsIn(empty.text)).toEqual([
      'again: Choose at least one: What has to be recorded again?',
      'reason: Write something here',
    ])
    const half = await dario.post(pageOf(caseId), { again: ['lawful-stay'], reason: '' })
    expect(half.text).toMatch(/value="lawful-stay" checked/)
    const forged = await dario.post(pageOf(caseId), { again: ['name'], reason: 'x' })
    expect(errorsIn(forged.text)).toEqual(['again: This cannot be recorded as it is. Look at each field'])
    expect(await statusOf(office, caseId)).toBe('decision')
  })

  test('nobody sends back who does not decide', async () => {
    const { caseId } = await fresh(office)
    await assignCase(office, await seated('iris'), caseId)
    const iris = await at('iris')
    expect((await iris.get(caseOf(caseId))).text).not.toContain('Send the case back')
    await iris.get(pageOf(caseId))
    expect((await iris.post(pageOf(caseId), { again: ['screening'], reason: 'x' })).status).toBe(403)
    expect((await (await at('dario')).get(pageOf(caseId))).status).toBe(404)
    expect(await statusOf(office, caseId)).toBe('intake')
  })
})

describe('from production', () => {
  test('a case goes back to be decided anew, and no facts are asked for', async () => {
    const caseId = await toProduce()
    const petra = await at('petra')
    const page = await petra.get(pageOf(caseId))
    expect(page.text).not.toContain('name="again"')
    expect(page.text).toContain('Two officers decide anew')
    const empty = await petra.post(pageOf(caseId), {})
    expect(errorsIn(empty.text)).toEqual(['reason: Write something here'])
    await petra.send(pageOf(caseId), { reason: 'An officer who approved has left.' })
    expect(await statusOf(office, caseId)).toBe('decision')
  })

  test('no case goes back of which there is a paper, and the case says why', async () => {
    const caseId = await toProduce()
    const petra = await at('petra')
    await petra.get(pageOf(caseId))
    await issueCase(office, await seated('petra'), caseId)
    const late = await petra.post(pageOf(caseId), { reason: 'Too late.' })
    expect(errorsIn(late.text)).toEqual(['reason: The paper is no longer at that step. Look at it again'])
    expect((await petra.get(caseOf(caseId))).text).toContain('Send the case back: there is a paper already')
    expect(await statusOf(office, caseId)).toBe('production')
  })
})
