import type { Browser } from 'playwright-core'
import { begin } from './applicant.ts'
import { LANGUAGES, type Looking } from './looking.ts'
import { asSpecimen } from './officer.ts'
import { casesOf, enterAs } from './seeded.ts'
import type { ServingOffice } from './serving.ts'
import { sendForm, type Tour, tour } from './tour.ts'

/** At a desk: whoever sits there is in the names of the pages. */
export async function desk(looking: Looking, browser: Browser, origin: string, label: string): Promise<Tour> {
  const officer = await tour(looking, `office-${label.toLowerCase()}-`, browser, origin)
  await asSpecimen(officer.page, label)
  return officer
}

/** Takes a case. */
export const take = (officer: Tour, caseId: string, queue: string): Promise<string> =>
  officer.sends({ at: `/office?queue=${queue}`, action: '/office/take', fields: { take: caseId } })

/** The cases of a queue, as its buttons say. */
export async function inQueue(officer: Tour, queue: string): Promise<readonly string[]> {
  await officer.go(`/office?queue=${queue}`)
  return officer.page
    .locator('button[name=take]')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('value') ?? ''))
}

const QUEUES = {
  Ivo: ['intake', 'waiting', 'duplicate', 'mine'],
  Delia: ['decision', 'second', 'appeal', 'notice'],
  Petra: ['production'],
} as const

/** Of an office to which nobody has come yet. */
export async function lookAtAnEmptyOffice(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  for (const label of ['Ivo', 'Delia', 'Petra', 'Ada'] as const) {
    const officer = await desk(looking, browser, office.named, label)
    if (label !== 'Ada')
      for (const queue of QUEUES[label]) await officer.show(`none-${queue}`, `/office?queue=${queue}`)
    if (label === 'Petra') await officer.show('none-production-board', '/office/production')
    if (label === 'Ada') await officer.show('none-statistics', '/office/statistics')
    await officer.close()
  }
}

/** The desk that gathers what a decision needs. */
export async function lookAtIntake(looking: Looking, browser: Browser, office: ServingOffice): Promise<void> {
  const cases = await casesOf(browser, office, ['refugee', 'seen', 'wanted', 'waiting'])
  const ivo = await desk(looking, browser, office.named, 'Ivo')
  for (const queue of QUEUES.Ivo) await ivo.show(`queue-${queue}`, `/office?queue=${queue}`)
  await ivo.tries('take-error', { at: '/office', action: '/office/take', fields: { take: cases.waiting } })
  await ivo.tries('find-error', { at: '/office', action: '/office/find', fields: { code: 'nothing' } })
  await ivo.show('lost-words', '/office/lost-words')
  await ivo.tries('lost-words-error', { action: '/office/lost-words', fields: { code: 'nothing' } })
  for (const [name, path, status] of [
    ['not-theirs', `/office/case/${'0'.repeat(32)}`, 404],
    ['not-their-part', '/office/production', 403],
    ['not-their-officers', '/office/officers', 403],
    ['not-their-enrolment', '/office/officers/enrol', 403],
    ['not-their-counts', '/office/statistics', 403],
  ] as const)
    await ivo.show(name, path, status)

  const here = `/office/case/${cases.refugee}`
  await take(ivo, cases.refugee, 'intake')
  await ivo.show('case', here)
  const code = (await ivo.page.locator('.code').allTextContents()).find((text) => text.length > 20) ?? ''
  await ivo.tries('find', { at: '/office', action: '/office/find', fields: { code } }, 200)
  for (const act of [
    'request',
    'identity-check',
    'stay',
    'screening',
    'hand-over',
    'note',
    'notice',
    'new-words',
    'fee',
  ] as const) {
    await ivo.show(act, `${here}/${act}`)
    await ivo.tries(`${act}-error`, { action: `${here}/${act}` })
  }
  await ivo.show('close-request-none', `${here}/close-request`)
  await ivo.tries('close-request-error', { action: `${here}/close-request` })
  await ivo.show('duplicates-none', `${here}/duplicates`)
  await ivo.sends({ action: `${here}/fee`, fields: { receipt: 'A-17', do: 'pay' } })
  await ivo.show('fee-paid', `${here}/fee`)
  await ivo.sends({ at: here, action: '/office/take' })
  await ivo.show('gave-back', '/office?queue=mine&back=1')

  await take(ivo, cases.seen, 'intake')
  await ivo.show('case-seen', `/office/case/${cases.seen}`)
  await take(ivo, cases.wanted, 'intake')
  await ivo.show('case-wanted', `/office/case/${cases.wanted}`)
  await ivo.show('notice-own', `/office/case/${cases.wanted}/notice`)
  await ivo.sends({ at: `/office/case/${cases.wanted}`, action: '/office/take' })
  await duplicates(ivo)
  await ivo.show('queue-mine-filled', '/office?queue=mine')

  await newWords(looking, browser, office, ivo)
  await ivo.close()

  const iris = await desk(looking, browser, office.named, 'Iris')
  await iris.show('case-waiting', `/office/case/${cases.waiting}`)
  await iris.show('close-request', `/office/case/${cases.waiting}/close-request`)
  await iris.close()
}

/** Somebody lost their words: one officer has seen them, another is asked, and the old page is told. */
async function newWords(looking: Looking, browser: Browser, office: ServingOffice, ivo: Tour): Promise<void> {
  const person = await tour(looking, 'lost-words-', browser, office.named)
  await begin(person.page)
  await person.go('/my/lost-words')
  const page = (await person.page.locator('.code').first().textContent()) ?? ''
  const [caseId] = await enterAs(person.page, office, 'seen')
  const here = `/office/case/${caseId}/new-words`
  const code = (await person.page.locator('.code').first().textContent()) ?? ''
  const today = new Date()
  await ivo.sends({ at: '/office/lost-words', action: '/office/lost-words', fields: { code } })
  await ivo.sends({
    action: here,
    fields: {
      page,
      place: 'office-harbour',
      'day-day': String(today.getUTCDate()),
      'day-month': String(today.getUTCMonth() + 1),
      'day-year': String(today.getUTCFullYear()),
      level: '3',
      seen: 'internal-passport',
      portrait: 'yes',
    },
  })
  const iris = await desk(looking, browser, office.named, 'Iris')
  await iris.sends({ at: '/office/lost-words', action: '/office/lost-words', fields: { code } })
  await iris.show('new-words-second', here)
  await iris.tries('new-words-second-error', { action: here })
  await iris.sends({ at: `/office/case/${caseId}`, action: '/office/take' })
  await iris.close()
  await person.show('asked-for', `/my/case/${caseId}`)
  await person.sends({ at: `/my/case/${caseId}`, action: `/my/case/${caseId}/stop-words` })
  await person.show('stopped', `/my/case/${caseId}?stopped=1`)
  await person.close()
}

async function duplicates(ivo: Tour): Promise<void> {
  const [one, other] = await inQueue(ivo, 'duplicate')
  const here = `/office/case/${one}/duplicates`
  await take(ivo, one!, 'duplicate')
  await ivo.show('case-twice', `/office/case/${one}`)
  await ivo.show('duplicates', here)
  await ivo.tries('duplicates-error', { action: here })
  await take(ivo, other!, 'duplicate')
  await ivo.show('duplicates-both', here)
  await ivo.sends({ action: here, fields: { verdict: 'different' } })
  await ivo.show('duplicates-settled', here)
}

/** The desks that decide: first, second, appeals, and wanted notices. */
export async function lookAtDeciding(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const delia = await desk(looking, browser, office.named, 'Delia')
  for (const queue of QUEUES.Delia) await delia.show(`queue-${queue}`, `/office?queue=${queue}`)
  await delia.show('moved', '/office?queue=decision&moved=1')
  const [wanted] = await inQueue(delia, 'notice')
  await take(delia, wanted!, 'notice')
  await delia.show('case-wanted', `/office/case/${wanted}`)
  await delia.show('notice', `/office/case/${wanted}/notice`)
  await delia.tries('notice-error', { action: `/office/case/${wanted}/notice`, fields: { do: 'settle' } })
  await delia.sends({ at: `/office/case/${wanted}`, action: '/office/take' })

  const [ready] = await inQueue(delia, 'decision')
  await take(delia, ready!, 'decision')
  await firstDecision(delia, `/office/case/${ready}`)

  const [decided] = await inQueue(delia, 'second')
  const second = `/office/case/${decided}/second`
  await take(delia, decided!, 'second')
  await delia.show('case-second', `/office/case/${decided}`)
  await delia.show('second', second)
  await delia.tries('second-error', { action: second, fields: { seen: 'something else' } })
  await delia.tries('second-return-error', { at: second, action: `${second}/return` })

  const [appealing] = await inQueue(delia, 'appeal')
  await take(delia, appealing!, 'appeal')
  await delia.show('case-appeal', `/office/case/${appealing}`)
  await delia.show('appeal', `/office/case/${appealing}/appeal`)
  await delia.tries('appeal-error', { action: `/office/case/${appealing}/appeal` })
  await delia.close()
}

async function firstDecision(delia: Tour, here: string): Promise<void> {
  const decide = `${here}/decide`
  await delia.show('case-decision', here)
  await delia.show('second-not-now', `${here}/second`, 409)
  await delia.show('send-back', `${here}/send-back`)
  await delia.tries('send-back-error', { action: `${here}/send-back` })
  await delia.show('decide', decide)
  await delia.tries('decide-error', { action: decide })
  const approve = { decision: 'approve', document: 'PT', 'approve-ground': 'passport-not-to-be-asked-for' }
  const letter = 'Мы не нашли основания. Вы можете обжаловать это решение.'
  const refuse = { decision: 'refuse', 'refuse-ground': 'no-ground-shown', letter }
  await delia.tries('refuse-error', { action: decide, fields: { decision: 'refuse' } })
  await delia.tries('preview-approve', { action: decide, fields: approve }, 200)
  await delia.tries('preview-refuse', { action: decide, fields: refuse }, 200)
  for (const language of LANGUAGES) {
    await delia.go(decide, language)
    await sendForm(delia.page, { action: decide, fields: approve })
    const signed = await sendForm(delia.page, {
      action: `${decide}/sign`,
      fields: { seen: 'something else' },
    })
    await delia.look('sign-error', signed, language, 422)
  }
}

/** The desk that makes papers, at every step of one. */
export async function lookAtProduction(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const petra = await desk(looking, browser, office.named, 'Petra')
  await petra.show('queue-production', '/office?queue=production')
  await petra.show('board', '/office/production')
  await petra.show('blanks-added', '/office/production?added=1')
  await petra.tries('blanks-error', { at: '/office/production', action: '/office/production/blanks' })
  const [approved = ''] = await inQueue(petra, 'production')
  await petra.go('/office?queue=mine')
  const [mine = ''] = await petra.links('/office/case/')
  const printing = mine.slice('/office/case/'.length)
  const pageOf = (caseId: string) => `/office/case/${caseId}/production`
  const step = (caseId: string, step: string, blank?: string) =>
    petra.sends({ action: pageOf(caseId), fields: { step, ...(blank && { blank }) } })

  await take(petra, approved, 'production')
  await petra.show('case-approved', `/office/case/${approved}`)
  await petra.show('paper-approved', pageOf(approved))
  await petra.show('send-back', `/office/case/${approved}/send-back`)
  await petra.tries('send-back-error', { action: `/office/case/${approved}/send-back` })
  await step(approved, 'generate')
  await petra.show('paper-generated', pageOf(approved))
  await petra.tries('paper-error', { action: pageOf(approved), fields: { step: 'print', blank: '' } })
  await step(approved, 'print', 'UT0001005')
  await step(approved, 'spoiled')
  await petra.show('paper-spoiled', pageOf(approved))

  await petra.show('case-printed', `/office/case/${printing}`)
  await petra.show('paper-printed', pageOf(printing))
  for (const [done, name] of [
    ['pass', 'checked'],
    ['dispatch', 'dispatched'],
  ] as const) {
    await step(printing, done)
    await petra.show(`paper-${name}`, pageOf(printing))
  }
  await petra.close()
}
