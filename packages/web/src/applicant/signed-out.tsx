import type { Context } from '../server/context.ts'
import { keep } from '../server/kept.ts'
import { enterPage } from './enter.tsx'

/**
 * A page of an applicant, asked for by somebody whose words are not known now: never said, wrong, or the visit is over.
 * What was posted is kept on the page where the words are typed.
 */
export async function answerSignedOut(context: Context, wasSignedIn: boolean): Promise<Response> {
  const t = context.text.applicant.enter
  if (context.session.content?.miss === true) {
    await context.session.end()
    return enterPage(context, { problems: [{ field: 'words', text: t.unknown }] })
  }
  if (context.method === 'POST' && wasSignedIn)
    return enterPage(context, { kept: keep(context), status: 401 })
  return context.redirect(wasSignedIn ? '/enter?over=1' : '/enter')
}
