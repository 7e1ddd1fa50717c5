import type { EventBody } from '@nansen/store'

/** What happened to a case, as far as the journal says. */
export interface CaseEvent {
  /** `case.assigned` and so on. */
  readonly kind: string
  /** The day. */
  readonly at: Date
  readonly body: EventBody
}

/** The stream of a case. @param caseId 32 hexadecimal digits */
export const streamOfCase = (caseId: string): string => `case/${caseId}`

/** A text of a body; what is no text is none. */
export function textOf({ body }: CaseEvent, name: string): string {
  const value = body[name]
  return typeof value === 'string' ? value : ''
}

/** The id of the officer who did it; undefined where it was nobody of the office. */
export const officerOf = (event: CaseEvent): string | undefined =>
  /^officer:([0-9a-f]{32})$/.exec(textOf(event, 'actor'))?.[1]
