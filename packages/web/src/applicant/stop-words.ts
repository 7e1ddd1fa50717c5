import { CaseRefusal, stopWords } from '@nansen/authority'
import type { ApplicantContext } from '../server/context.ts'

/** It is not the holder who asked for new words: nothing is moved. Where that is over already, the case says so. */
export async function stopWordsPost(context: ApplicantContext): Promise<Response> {
  const id = context.param('case')
  const here = `/my/case/${id}`
  try {
    await stopWords(context.office, context.door, id)
  } catch (error) {
    if (error instanceof CaseRefusal && error.code === 'case.unknown') return context.notFound()
    if (error instanceof CaseRefusal && error.code === 'words.none') return context.redirect(here)
    throw error
  }
  return context.redirect(`${here}?stopped=1`)
}
