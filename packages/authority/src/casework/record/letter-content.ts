/** What stands in a letter: JSON in the row, for the account alone. */
export interface LetterContent {
  readonly language: 'en' | 'ru'
  /** A code: what it is about. */
  readonly subject: string
  readonly text: string
  /** Of a request for more: its id. */
  readonly request?: string
  readonly items?: readonly { readonly code: string; readonly text: string }[]
  /** `2026-12-31` */
  readonly due?: string
}
