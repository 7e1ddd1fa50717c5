import type { OfficerContext } from '../../server/context.ts'

/**
 * Remembers that something was done on a case, for the page that is shown next: said once, and not in an address that
 * could be loaded again.
 */
export const rememberDone = ({ session }: OfficerContext, caseId: string): Promise<void> =>
  session.write({ ...session.content, done: caseId })

/** Whether something was just done on the case of this page; asked again, no more. */
export async function wasJustDone({ session, param }: OfficerContext): Promise<boolean> {
  const { done, ...content } = session.content ?? {}
  if (done === undefined) return false
  await session.write(content)
  return done === param('id')
}
