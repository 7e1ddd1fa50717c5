import { generateKeyPairSync } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { LANGUAGES, type Looking } from './looking.ts'
import { desk } from './pages-of-officers.ts'
import type { ServingOffice } from './serving.ts'
import { sendForm, type Tour, tour } from './tour.ts'

/** Who works here, who comes and who leaves; and the counts. */
export async function lookAtSecurity(
  looking: Looking,
  browser: Browser,
  office: ServingOffice,
): Promise<void> {
  const ada = await desk(looking, browser, office.named, 'Ada')
  await ada.show('statistics', '/office/statistics')
  await ada.show('officers', '/office/officers')
  await ada.close()

  const sofia = await desk(looking, browser, office.named, 'Sofia')
  const sergio = await desk(looking, browser, office.named, 'Sergio')
  await sofia.show('officers', '/office/officers')
  await sofia.show('enrol', '/office/officers/enrol')
  await sofia.tries('enrol-error', { action: '/office/officers/enrol' })
  await sofia.show('pending-gone', `/office/officers/pending/${'0'.repeat(32)}`, 404)
  const enrolment = await sofia.sends({
    action: '/office/officers/enrol',
    fields: { label: 'Nora', role: 'decision', 'key-id': 'bm9ib2R5', key: newKey() },
  })
  await sofia.show('pending-enrol', enrolment)
  await sofia.sends({ at: enrolment, action: `${enrolment}/throw-away` })
  await sofia.show('thrown-away', '/office/officers?done=thrown')
  await sofia.show('enrolled', '/office/officers?done=enrol')
  const [own, drago] = [await idOf(sergio, 'Sofia'), await idOf(sofia, 'Drago')]
  const allow = `/office/officers/allow/${drago}`
  await sofia.show('allow', allow)
  await sofia.tries('allow-error', { action: allow })
  const allowance = await sofia.sends({ action: allow, fields: { openings: '80' } })
  await sofia.show('pending-allow', allowance)
  await sofia.sends({ at: allowance, action: `${allowance}/throw-away` })
  await sofia.show('allowed', '/office/officers?done=allow')
  const end = '/office/officers/end'
  await sofia.tries('end-error', { at: '/office/officers', action: end, fields: { officer: own } })
  const leaving = () => sofia.sends({ at: '/office/officers', action: end, fields: { officer: drago } })
  // Three records for one place in the chain: the first that both sign takes it.
  const [record, ...late] = [await leaving(), await leaving(), await leaving()]
  for (const path of late) await sofia.sends({ action: path })
  await sofia.show('pending', record)
  await sofia.sends({ action: record })
  await sofia.show('pending-signed', record)
  await sofia.show('officers-pending', '/office/officers')
  await sergio.show('pending-second', record)
  await sergio.sends({ action: record })
  await sergio.show('officer-gone', '/office/officers?done=end')
  for (const [place, language] of LANGUAGES.entries()) {
    await sergio.go(late[place]!, language)
    await sergio.look('chain-changed', await sendForm(sergio.page, { action: late[place]! }), language, 422)
  }
  await sofia.close()
  await sergio.close()
  await signingIn(looking, browser, office.named, drago)
}

/** The office's way in. @param gone an officer who was let go */
async function signingIn(looking: Looking, browser: Browser, origin: string, gone: string): Promise<void> {
  const somebody = await tour(looking, 'office-', browser, origin)
  const at = '/office/sign-in'
  await somebody.show('sign-in', at)
  await somebody.show('sign-in-over', `${at}?over=1`)
  await somebody.show('sign-in-out', `${at}?out=1`)
  await somebody.tries('passkey', { at, action: `${at}/passkey` }, 200)
  await somebody.tries('sign-in-refused', { at, action: `${at}/specimen`, fields: { officer: gone } })
  for (const language of LANGUAGES) {
    await somebody.go(at, language)
    await sendForm(somebody.page, { action: `${at}/passkey` })
    await somebody.look('sign-in-error', await sendForm(somebody.page, { action: at }), language, 422)
  }
  await somebody.close()
}

/** By the button that lets them go. */
async function idOf(officer: Tour, label: string): Promise<string> {
  await officer.go('/office/officers')
  const button = officer.page.locator('button[name=officer]', { hasText: label })
  return (await button.getAttribute('value')) ?? ''
}

/** A public key as a passkey's is, base64url. */
const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64url')
