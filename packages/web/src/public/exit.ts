import type { Context } from '../server/context.ts'
import { COOKIE, dropCookie } from '../server/cookies.ts'

/**
 * The way out, at once: the session ends, the browser is asked to forget this site, and what it shows next is about
 * something else. What remains all the same is said on `/leaving`.
 *
 * A link is enough, as in an emergency one click must do. Another site that sends a browser here is led to the
 * explanation: else it could sign people out.
 */
export async function exit(context: Context): Promise<Response> {
  if (context.fromElsewhere) return context.redirect('/leaving')
  await context.session.end()
  const response = context.redirect('/holidays')
  response.headers.set('Clear-Site-Data', '"cache", "cookies", "storage"')
  for (const name of Object.values(COOKIE))
    response.headers.append('Set-Cookie', dropCookie(name, context.https))
  return response
}
