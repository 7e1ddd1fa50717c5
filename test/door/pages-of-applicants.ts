import type { Browser } from 'playwright-core'
import { describe as describePerson, enter, handIn, peopleOf, situation, VERA } from './applicant.ts'
import { LANGUAGES, type Looking } from './looking.ts'
import type { ServingOffice } from './serving.ts'
import { type Sending, sendForm, type Tour, tour } from './tour.ts'

/** What a browser calls a picture, and no decoder does. */
const noPicture = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Not a picture.') }
/** Begins as an archive does, and is none. */
const noChip = {
  name: 'chip.zip',
  mimeType: 'application/zip',
  buffer: Buffer.from('PK\x03\x04 and no more'),
}

/** Pages for anybody, and the way in. */
export async function lookAtPublicPages(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const anybody = await tour(looking, '', browser, office.named)
  for (const [name, path] of [
    ['start', '/'],
    ['about', '/about'],
    ['leaving', '/leaving'],
    ['holidays', '/holidays'],
    ['enter', '/enter'],
    ['enter-over', '/enter?over=1'],
    ['begin', '/begin'],
  ] as const)
    await anybody.show(name, path)
  await anybody.show('not-found', '/nothing-here', 404)
  await anybody.tries('enter-empty', { action: '/enter' })
  await anybody.tries('enter-no-words', { action: '/enter', fields: { words: 'раз два три' } })
  await anybody.tries('begin-error', { action: '/begin', fields: { script: '' } })
  await anybody.close()
}

/** From the account to the receipt: empty, with what is wrong, and filled. */
export async function lookAtApplying(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const vera = await tour(looking, '', browser, office.named)
  await account(vera)
  await vera.show('home-empty', '/my')
  const [person] = await peopleOf(vera.page)
  const of = `/my/person/${person}`
  await emptyAndWrong(vera, of)
  await describePerson(vera.page, person!, VERA)
  await vera.sends({
    action: `${of}/evidence/add`,
    fields: { kind: 'old-passport-chip' },
    files: { file: noChip },
  })
  await situation(vera.page)
  for (const name of ['name', 'spelling', 'birth', 'photo', 'evidence'] as const)
    await vera.show(`${name}-filled`, `${of}/${name}`)
  for (const name of ['reasons', 'stay', 'meeting', 'fee', 'check'] as const)
    await vera.show(`${name}-filled`, `/my/${name}`)
  await vera.show('home-filled', '/my')
  await child(vera)
  await helpers(vera, looking, browser, office.named)
  await tooMany(looking, browser, office.named)

  const [caseId] = await handIn(vera.page)
  const here = `/my/case/${caseId}`
  await vera.show('receipt', '/my/receipt')
  await vera.show('case-new', here)
  await vera.show('withdraw', `${here}/withdraw`)
  await vera.tries('withdraw-error', { action: `${here}/withdraw` })
  await vera.show('appeal-not-now', `${here}/appeal`)
  await vera.show('answer-not-now', `${here}/answer`)
  await vera.sends({ action: `${here}/withdraw`, fields: { sure: 'yes' } })
  await vera.show('case-withdrawn', '/my')
  await vera.show('withdraw-not-now', `${here}/withdraw`)
  await vera.close()
}

/** Makes an account. */
async function account(somebody: Tour): Promise<void> {
  const { page } = somebody
  await somebody.sends({ action: '/begin', fields: { script: 'cyrillic' } })
  await somebody.show('words', '/begin/words')
  const words = await page.locator('ol.words li').allTextContents()
  await somebody.show('words-check', '/begin/check')
  await somebody.tries('words-check-error', { action: '/begin/check' })
  const asked = await page
    .locator('input[name^=word-]')
    .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('name') ?? ''))
  const fields = Object.fromEntries(asked.map((name) => [name, words[Number(name.slice(5)) - 1] ?? '']))
  await somebody.sends({ action: '/begin/check', fields })
}

async function emptyAndWrong(vera: Tour, of: string): Promise<void> {
  for (const name of ['name', 'birth', 'photo', 'evidence', 'evidence/add'] as const)
    await vera.show(name.replace('/', '-'), `${of}/${name}`)
  for (const name of [
    'reasons',
    'stay',
    'family',
    'meeting',
    'fee',
    'check',
    'helpers',
    'helpers/add',
    'lost-words',
  ] as const)
    await vera.show(name.replace('/', '-'), `/my/${name}`)
  const day = (name: string) => ({ [`${name}-day`]: '31', [`${name}-month`]: '2', [`${name}-year`]: '1990' })
  const wrong: readonly (readonly [name: string, sending: Sending])[] = [
    ['name-error', { action: `${of}/name` }],
    ['name-unwritable', { action: `${of}/name`, fields: { 'family-name': '?', 'name-language': 'ru' } }],
    ['birth-error', { action: `${of}/birth`, fields: { ...day('birth-date'), nationality: 'Нигде' } }],
    ['photo-error', { action: `${of}/photo` }],
    ['photo-no-picture', { action: `${of}/photo`, files: { photo: noPicture } }],
    ['evidence-add-error', { action: `${of}/evidence/add` }],
    [
      'evidence-no-picture',
      { action: `${of}/evidence/add`, fields: { kind: 'letter' }, files: { file: noPicture } },
    ],
    ['reasons-error', { action: '/my/reasons' }],
    ['stay-error', { action: '/my/stay', fields: { ...day('until'), country: 'Нигде' } }],
    ['meeting-error', { action: '/my/meeting' }],
    ['helpers-add-error', { action: '/my/helpers/add' }],
  ]
  for (const [name, sending] of wrong) await vera.tries(name, sending)
}

/** A child of the application, and what is handed in too early. */
async function child(vera: Tour): Promise<void> {
  const beside = await vera.visit.context.newPage()
  const add = async () => {
    await beside.goto('/my/family')
    await sendForm(beside, { action: '/my/family' })
    return /person\/(\w+)/.exec(beside.url())![1]!
  }
  const remove = async (id: string) => {
    await beside.goto(`/my/family/${id}/remove`)
    await sendForm(beside, { action: `/my/family/${id}/remove` })
  }
  for (const language of LANGUAGES) {
    // A page that was left open, while the application became another.
    await vera.go('/my/check', language)
    const id = await add()
    await vera.look('submit-error', await sendForm(vera.page, { action: '/my/submit' }), language, 422)
    await remove(id)
  }
  const id = await add()
  await vera.sends({
    action: `/my/person/${id}/name`,
    fields: { 'family-name': 'Заречный', 'given-names': 'Лев', 'name-language': 'ru' },
  })
  for (const name of ['name', 'spelling', 'birth', 'photo', 'evidence', 'evidence/add'] as const)
    await vera.show(`child-${name.replace('/', '-')}`, `/my/person/${id}/${name}`)
  await vera.show('family-filled', '/my/family')
  await vera.show('family-remove', `/my/family/${id}/remove`)
  await vera.show('home-child', '/my')
  await vera.show('check-child', '/my/check')
  await remove(id)
  await beside.close()
}

/** More children than an application takes. */
async function tooMany(looking: Looking, browser: Browser, origin: string): Promise<void> {
  const somebody = await tour(looking, 'many-', browser, origin)
  await account(somebody)
  for (let count = 0; count < 11; count++) await somebody.sends({ action: '/my/family' })
  await somebody.tries('family-error', { action: '/my/family' })
  await somebody.close()
}

/** Helpers, and what they see. */
async function helpers(vera: Tour, looking: Looking, browser: Browser, origin: string): Promise<void> {
  const make = async (name: string, scopes: string) => {
    await vera.sends({ action: '/my/helpers/add', fields: { name, scopes, script: 'latin' } })
    return (await vera.page.locator('ol.words li').allTextContents()).join(' ')
  }
  const writer = await make('Ира', 'draft')
  await vera.show('helpers-words', '/my/helpers/words')
  await vera.sends({ action: '/my/helpers/words' })
  await vera.show('helpers-words-gone', '/my/helpers/words')
  const reader = await make('Фёдор', 'status')
  const helper = await tour(looking, 'helper-', browser, origin)
  await enter(helper.page, writer)
  await helper.show('home', '/my')
  await helper.show('check', '/my/check')
  await helper.show('not-theirs', '/my/helpers', 403)
  await enter(helper.page, reader)
  await helper.show('nothing-yet', '/my')
  await helper.close()
  await vera.go('/my/helpers')
  const revoke = await vera.page
    .locator('form[action$="/revoke"]')
    .evaluateAll((forms) => forms.map((form) => form.getAttribute('action') ?? ''))
  await vera.sendsHere({ action: revoke[0]! })
  await vera.show('helpers-filled', '/my/helpers')
}
