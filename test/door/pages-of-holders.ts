import type { Browser } from 'playwright-core'
import { specimenDocument } from '../../packages/nansen/src/specimen/specimen-document.ts'
import { enter } from './applicant.ts'
import { LANGUAGES, type Looking } from './looking.ts'
import { enterAs, type Stage, wordsOf } from './seeded.ts'
import type { ServingOffice } from './serving.ts'
import { sendForm, type Tour, tour } from './tour.ts'

const STAGES: readonly Stage[] = [
  'fresh',
  'waiting',
  'ready',
  'decided',
  'refused',
  'appealing',
  'approved',
  'printing',
  'collected',
]

/** Where a case stands, from the counter back to the counter, with every letter; and what a holder then does. */
export async function lookAtHolding(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const holder = await tour(looking, 'holder-', browser, office.named)
  for (const stage of STAGES) {
    const [caseId] = await enterAs(holder.page, office, stage)
    await holder.show(stage, '/my')
    for (const [place, letter] of (await holder.links(`/my/case/${caseId}/letter/`)).entries())
      await holder.show(`${stage}-letter-${place + 1}`, letter)
    if (stage === 'waiting') await answering(holder, `/my/case/${caseId}`)
    if (stage === 'refused') await appealing(holder, `/my/case/${caseId}`)
    if (stage === 'appealing') await holder.show('appeal-not-now', `/my/case/${caseId}/appeal`)
  }
  const family = await enterAs(holder.page, office, 'mother')
  await holder.show('family', '/my')
  await holder.show('family-child', `/my/case/${family.at(-1)}`)
  await holder.show('family-receipt', '/my/receipt')
  await holder.show('not-theirs', `/my/case/${'0'.repeat(32)}`, 404)
  await overTooSoon(holder, browser, office)
  await holder.close()
}

async function answering(holder: Tour, here: string): Promise<void> {
  const item = `${here}/answer/0`
  await holder.show('answer', `${here}/answer`)
  await holder.tries('answer-error', { action: `${here}/answer` })
  await holder.show('answer-item', item)
  await holder.tries('answer-item-error', { action: item })
  const buffer = Buffer.from('Not a picture.')
  const wrong = { name: 'page.jpg', mimeType: 'image/jpeg', buffer }
  await holder.tries('answer-no-picture', { action: item, fields: { text: 'Вот.' }, files: { file: wrong } })
  const picture = { ...wrong, buffer: Buffer.from(specimenDocument('booklet', 7)) }
  await holder.sends({ action: item, fields: { text: 'Вот вся страница.' }, files: { file: picture } })
  await holder.show('answer-item-filled', item)
  await holder.show('answer-filled', `${here}/answer`)
}

async function appealing(holder: Tour, here: string): Promise<void> {
  await holder.show('appeal', `${here}/appeal`)
  // Nobody need give reasons, but there is an end to them.
  const text = 'Меня не выслушали. '.repeat(1_100)
  await holder.tries('appeal-error', { action: `${here}/appeal`, fields: { text } })
  await holder.show('withdraw-not-now', `${here}/withdraw`)
}

/** Words that open nothing; and a visit that ended while somebody wrote. */
async function overTooSoon(holder: Tour, browser: Browser, office: ServingOffice): Promise<void> {
  const words = wordsOf(office, 'waiting')
  for (const language of LANGUAGES) {
    await holder.go('/enter', language)
    const unknown = words.split(' ').reverse().join(' ')
    await holder.look(
      'words-unknown',
      await sendForm(holder.page, { action: '/enter', fields: { words: unknown } }),
      language,
      422,
    )
    await enter(holder.page, words)
    await holder.page.waitForURL('**/my')
    const [caseId] = await holder.links('/my/case/')
    const item = `${caseId!.slice(0, '/my/case/'.length + 32)}/answer/1`
    await holder.go(item)
    const storageState = await holder.visit.context.storageState()
    const elsewhere = await browser.newContext({ storageState, baseURL: office.named })
    await (await elsewhere.newPage()).goto('/exit')
    await elsewhere.close()
    const sent = await sendForm(holder.page, { action: item, fields: { text: 'По виду на жительство.' } })
    await holder.look('visit-over', sent, language, 401)
  }
}
