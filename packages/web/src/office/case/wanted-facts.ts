import { type CaseFile, type Fact, stateOf } from '@nansen/authority'

/**
 * Facts that nobody recorded yet, or that were sent back to be recorded again. What was recorded before is in the file
 * still, to be read; whether it counts, the history says.
 */
export function wantedFacts({ history }: CaseFile): readonly Fact[] {
  const state = stateOf(history)
  return [
    ...(state?.identity === undefined ? (['identity-check'] as const) : []),
    ...(state?.lawfulStay === undefined ? (['lawful-stay'] as const) : []),
    ...(state?.screened === undefined ? (['screening'] as const) : []),
  ]
}
