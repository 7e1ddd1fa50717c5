import { FormatError } from '../../format-error.ts'
import { readable } from '../../readable.ts'
import type { Profile } from './profile.ts'

/**
 * `error`: the standard says MUST. `warning`: it says SHOULD, or a recommended limit is passed.
 * `notice`: allowed, and worth knowing.
 */
export type Severity = 'error' | 'warning' | 'notice'

/** A rule that is broken. It names the place and the rule, never the value. */
export interface LintFinding<Code extends string = string> {
  readonly code: Code
  readonly severity: Severity
  /** Offset in bytes from the start of what was linted. */
  readonly at: number
  readonly cites: string
  /** The profile of the sixth edition allowed or asked for it, and such certificates are in use. [9303-12 appendix C] */
  readonly earlierProfile: boolean
}

/** One line of a table of rules. */
export interface Rule<It, Code extends string> {
  readonly code: Code
  readonly applies: 'all' | readonly Profile[]
  readonly severity: Severity
  readonly cites: string
  /** The place where the rule is broken, or `undefined` where it holds. */
  readonly check: (it: It) => number | undefined
  readonly earlierProfile?: true
}

/** A line of a table; each table binds `It` once. */
export const ruleOf = <It, const Code extends string>(
  code: Code,
  applies: 'all' | readonly Profile[],
  severity: Severity,
  cites: string,
  check: (it: It) => number | undefined,
): Rule<It, Code> => ({ code, applies, severity, cites, check })

/** {@link ruleOf} for a table about one kind of thing, whose rules apply to all of it. */
export const rulesAbout =
  <It>() =>
  <const Code extends string>(
    code: Code,
    severity: Severity,
    cites: string,
    check: (it: It) => number | undefined,
  ): Rule<It, Code> =>
    ruleOf(code, 'all', severity, cites, check)

/** Marks a rule that the sixth edition did not have. [9303-12 appendix C] */
export const sinceSeventh = <It, Code extends string>(newer: Rule<It, Code>): Rule<It, Code> => ({
  ...newer,
  earlierProfile: true,
})

/** `undefined` where a condition holds, else the place. */
export const unless = (holds: boolean, at: number): number | undefined => (holds ? undefined : at)

/**
 * Every rule that applies and is broken, in the order of the table. A rule that cannot be judged because a
 * value is unreadable is passed over: that the value is unreadable is a finding of its own.
 * @param profile where it is unknown, only the rules common to all are judged
 */
export function runRules<It, Code extends string>(
  rules: readonly Rule<It, Code>[],
  it: It,
  profile?: Profile,
): readonly LintFinding<Code>[] {
  const findings: LintFinding<Code>[] = []
  for (const { code, applies, severity, cites, check, earlierProfile } of rules) {
    if (applies !== 'all' && (profile === undefined || !applies.includes(profile))) continue
    const at = readable(() => check(it))
    if (at !== undefined)
      findings.push({ code, severity, at, cites, earlierProfile: earlierProfile === true })
  }
  return findings
}

/** Where reading breaks, or `undefined` where it does not. */
export function faultOf(read: () => unknown): number | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof FormatError) return error.at
    throw error
  }
}

/** Where a part begins inside the bytes it is a view of. */
export const placeIn = (whole: Uint8Array, part: Uint8Array): number =>
  part.buffer === whole.buffer ? part.byteOffset - whole.byteOffset : 0
