import type { IssuingState } from '../office.ts'
import { fingerprint } from './fingerprint.ts'
import type { CeremonyPlan } from './plan.ts'
import { CEREMONIES, type Made, type Step } from './steps.ts'

/** A step that was carried out. */
export interface DoneStep {
  readonly step: Step
  readonly made: readonly Made[]
  /** When it was confirmed. */
  readonly at: Date
}

export interface TranscriptContent {
  readonly state: IssuingState
  readonly plan: CeremonyPlan
  /** Program and version. */
  readonly version: string
  readonly begun: Date
  readonly steps: readonly DoneStep[]
}

/**
 * What was done, as text to be printed and signed: the steps, what each made with its fingerprint, who confirmed it (by role:
 * names stand on the paper only). It ends with the SHA-256 of everything above that line, so that a copy can be compared
 * with the one that was signed. The same content gives the same text.
 */
export function transcript({ state, plan, version, begun, steps }: TranscriptContent): string {
  const { algorithm, ecParameters, documentMonths, atOnce } = plan.making
  const lines = [
    'TRANSCRIPT OF A CEREMONY',
    CEREMONIES[plan.kind].title,
    '',
    ...table([
      ['state', `${state.name} (${state.code3}, ${state.code2}): a state that does not exist`],
      ['program', version],
      ['begun', moment(begun)],
      ['algorithm', algorithm],
      ['curve parameters', ecParameters],
      ['papers live', `${documentMonths} months at most`],
      ...(atOnce ? [['new key', 'signs at once, without ninety days of notice'] as const] : []),
    ]),
    ...steps.flatMap(linesOf),
    '',
  ]
  const text = `${lines.join('\n')}\n`
  return `${text}SHA-256 of everything above this line\n${fingerprint(text).join('\n')}\n`
}

function linesOf({ step, made, at }: DoneStep, index: number): readonly string[] {
  return [
    '',
    `Step ${index + 1}  ${step.name}`,
    ...table([['confirmed', `${moment(at)} by ${step.who.join(', ')}`]]),
    ...made.flatMap(({ what, facts, bytes, file }) => {
      const [first, second] = fingerprint(bytes)
      return [
        `  made: ${what}${file === undefined ? '' : ` (${file.name})`}`,
        ...table([...facts, ['SHA-256', first!], ['', second!]], 4),
      ]
    }),
  ]
}

const table = (rows: readonly (readonly [string, string])[], indent = 2): readonly string[] =>
  rows.map(([name, value]) => `${' '.repeat(indent)}${name.padEnd(24 - indent)}${value}`)

const moment = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`
