import type { Assertion } from '@nansen/authority'
import type { Context } from '../../server/context.ts'
import { codeOf } from '../frame/refusal.tsx'
import { assertionIn } from './assertion-in.ts'
import { signInPage } from './sign-in.tsx'

/** With a passkey's answer to the challenge. */
export async function signInByPasskey(context: Context): Promise<Response> {
  const assertion = assertionIn(context.form)
  if (assertion === undefined)
    return signInPage(context, [{ field: 'passkey', text: context.text.office.signIn.none }])
  return signInWith(context, assertion)
}

/** As one of the officers whose keys lie in files: of a specimen office alone. */
export async function signInAsSpecimen(context: Context): Promise<Response> {
  const { specimenOfficers } = context.options
  const id = context.form.get('officer')
  // Out of specimen mode there is no such page.
  if (specimenOfficers === undefined || !specimenOfficers.list().some((officer) => officer.id === id))
    return context.notFound()
  const challenge = await context.office.signing.officers.challenge()
  return signInWith(context, await specimenOfficers.answer(id, challenge))
}

async function signInWith(context: Context, assertion: Assertion): Promise<Response> {
  try {
    const { token } = await context.office.signing.officers.signIn(assertion)
    await context.session.begin({ officer: token })
    return context.redirect('/office')
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    // Unknown, late or wrong: which, is not told to whoever stands outside.
    context.options.report(code)
    return signInPage(context, [{ field: 'passkey', text: context.text.office.signIn.refused }])
  }
}

export async function signOut(context: Context): Promise<Response> {
  const token = context.session.content?.officer
  if (token !== undefined) await context.office.signing.officers.signOut(token)
  await context.session.end()
  return context.redirect('/office/sign-in?out=1')
}
