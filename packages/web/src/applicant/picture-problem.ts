import { CaseRefusal, PictureRefusal } from '@nansen/authority'
import type { Catalogue } from '../text/catalogue.ts'

/** A sentence for a file that is not taken; `undefined` for what is no matter of the file. */
export function pictureProblem(error: unknown, text: Catalogue): string | undefined {
  if (error instanceof PictureRefusal) return text.applicant.pictures[error.code]
  if (!(error instanceof CaseRefusal)) return undefined
  switch (error.code) {
    case 'draft.too-many-files':
      return text.applicant.evidence.tooMany
    case 'draft.too-large':
    case 'file.too-large':
      return text.applicant.evidence.tooLarge
    case 'file.empty':
      return text.applicant.pictures['picture.empty']
    default:
      return undefined
  }
}
