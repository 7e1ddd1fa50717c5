/** What is wrong with one field, in a sentence that says what to do. */
export interface Problem {
  /** The id of the field: `family-name`. */
  readonly field: string
  readonly text: string
  /** Nothing of the page could be kept for it. */
  readonly unsaved?: boolean | undefined
}

/** The sentence for one field; `undefined` where nothing is wrong with it. */
export const problemOf = (problems: readonly Problem[] | undefined, field: string): string | undefined =>
  problems?.find((problem) => problem.field === field)?.text
