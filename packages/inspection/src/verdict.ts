import type { CheckResult } from './checks/check.ts'
import type { Finding } from './finding.ts'

/**
 * The answer to anything presented. One union, so that no part of it can be overlooked: only `accepted` is
 * green, and "cannot tell" has a name of its own.
 */
export type Verdict =
  /** Genuine and current. */
  | { readonly verdict: 'accepted'; readonly notes: readonly Finding[] }
  /** Genuine, but expired or revoked. */
  | { readonly verdict: 'not-valid'; readonly because: Findings; readonly notes: readonly Finding[] }
  /** Cannot tell: no trust anchor, no fresh revocation list, a part missing or unreadable. */
  | { readonly verdict: 'unproven'; readonly missing: Findings; readonly notes: readonly Finding[] }
  /** Not genuine. */
  | { readonly verdict: 'rejected'; readonly because: Findings; readonly notes: readonly Finding[] }

type Weight = Exclude<CheckResult['weight'], 'none'>

export type Findings = readonly [Finding, ...Finding[]]

/**
 * The verdict that the checks add up to, in this order: rejected where anything proves it not genuine; else
 * unproven where genuineness cannot be shown; else not valid where it is expired or revoked; else accepted.
 * What weighs neither way becomes a note.
 */
export function decide(checks: readonly CheckResult[]): Verdict {
  const weighed = { 'not-genuine': [], 'cannot-tell': [], 'not-valid': [], aside: [] } as Record<
    Weight,
    Finding[]
  >
  const remarks: Finding[] = []
  for (const check of checks) {
    if (check.result !== 'passed') weighed[check.weight].push(check.finding)
    for (const note of check.notes) remarks.push(note)
  }
  const notes = [...remarks, ...weighed.aside]
  const [forged, ...moreForged] = weighed['not-genuine']
  if (forged) return { verdict: 'rejected', because: [forged, ...moreForged], notes }
  const [open, ...moreOpen] = weighed['cannot-tell']
  if (open)
    return { verdict: 'unproven', missing: [open, ...moreOpen], notes: [...notes, ...weighed['not-valid']] }
  const [ended, ...moreEnded] = weighed['not-valid']
  if (ended) return { verdict: 'not-valid', because: [ended, ...moreEnded], notes }
  return { verdict: 'accepted', notes }
}
