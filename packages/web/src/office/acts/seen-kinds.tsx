import { EVIDENCE_KINDS } from '@nansen/authority'
import { Checkboxes, type Problem } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { evidenceWord } from '../frame/rule-words.ts'

export interface SeenKindsProps {
  readonly context: OfficerContext
  readonly label: string
  readonly hint?: string
  readonly values: readonly string[]
  readonly problems: readonly Problem[]
}

/** Which kinds of evidence an officer saw. */
export function SeenKinds({ context, label, hint, values, problems }: SeenKindsProps) {
  return (
    <Checkboxes
      name="seen"
      label={label}
      hint={hint}
      values={values}
      problems={problems}
      choices={EVIDENCE_KINDS.map(({ code }) => ({ value: code, text: evidenceWord(context.text, code) }))}
    />
  )
}
