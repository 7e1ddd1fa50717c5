import type { OfficerContext } from '../../server/context.ts'
import { openThis } from '../frame/case-page.tsx'

/** One picture of a case, as this office drew it anew, for whoever holds the case. P8 */
export async function picture(context: OfficerContext): Promise<Response> {
  const file = await openThis(context)
  const part = context.param('part')
  const bytes = part === 'photo' ? file.photo : file.evidence.find(({ id }) => id === part)?.picture
  return bytes === undefined ? context.notFound() : context.bytes('image/jpeg', bytes)
}
