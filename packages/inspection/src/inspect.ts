import { type CheckResult, runChecks } from './checks/index.ts'
import type { Crypto } from './crypto/crypto.ts'
import { type DocumentFacts, documentFacts } from './document.ts'
import type { Evidence } from './evidence/evidence.ts'
import { gather } from './evidence/gather.ts'
import { type Input, recognise } from './recognise-input/index.ts'
import type { Trust } from './trust/trust.ts'
import { decide, type Verdict } from './verdict.ts'

/** The answer to one thing presented: what it is, the verdict, every check behind it, and what was read. */
export interface Inspection {
  readonly kind: Evidence['kind']
  readonly verdict: Verdict
  readonly checks: readonly CheckResult[]
  readonly document: DocumentFacts
}

/**
 * Inspects anything presented: the text of a zone, the files or an archive of a chip, a security object, a
 * certificate, a master list. It does no I/O, asks nobody, and stores nothing about what it saw but the
 * signer's certificate. P14 [9303-11 §5.1]
 * @param at the moment to judge by; there is no clock in here
 * @returns a verdict for every input; malformed input never throws
 * @throws RangeError where `at` is no moment: nothing is before or after it, so nothing would ever have expired
 */
export async function inspect(input: Input, trust: Trust, at: Date, crypto: Crypto): Promise<Inspection> {
  if (Number.isNaN(at.getTime())) throw new RangeError('inspect: at is no moment')
  const presented = recognise(input)
  const evidence = await gather(presented, trust, at, crypto)
  const checks = runChecks(evidence)
  return { kind: evidence.kind, verdict: decide(checks), checks, document: documentFacts(evidence) }
}
