/**
 * What inspection checks, in order: one row a check, each a function of the evidence that can be read beside
 * the section it carries out.
 */
import type { Evidence } from '../evidence/evidence.ts'
import { checkChain } from './chain.ts'
import type { Check, CheckResult } from './check.ts'
import { checkChip } from './chip.ts'
import { checkCountry } from './country.ts'
import { checkDocumentType } from './document-type.ts'
import { checkExpiry } from './expiry.ts'
import { checkFormat } from './format.ts'
import { checkComplete, checkHashes } from './lds.ts'
import { checkChipAgrees, checkDigits } from './mrz.ts'
import { checkReturnRight } from './return-right.ts'
import { checkRevocation } from './revocation.ts'
import { checkSignature } from './signature.ts'
import { checkSigningPeriod } from './signing-period.ts'

export type { Check, CheckName, CheckResult, Outcome } from './check.ts'

const CHIP = ['emrtd', 'sod'] as const
const SIGNED = [...CHIP, 'master-list'] as const

export const CHECKS: readonly Check[] = [
  {
    name: 'format',
    applies: [...SIGNED, 'mrz', 'certificate', 'crl', 'unknown'],
    check: checkFormat,
    cites: '9303-10 §4.6',
  },
  { name: 'mrz.check-digits', applies: [...CHIP, 'mrz'], check: checkDigits, cites: '9303-3 §4.9' },
  { name: 'sod.signature', applies: [...SIGNED, 'mrz'], check: checkSignature, cites: '9303-11 §5.1' },
  { name: 'sod.chain', applies: [...SIGNED, 'certificate', 'crl'], check: checkChain, cites: '9303-11 §5.1' },
  {
    name: 'sod.country',
    applies: [...SIGNED, 'certificate'],
    check: checkCountry,
    cites: '9303-12 §7.1.1.1',
  },
  { name: 'sod.document-type', applies: CHIP, check: checkDocumentType, cites: '9303-12 §7.1.1.6' },
  { name: 'sod.signing-period', applies: CHIP, check: checkSigningPeriod, cites: '9303-11 §5.1' },
  { name: 'lds.hashes', applies: CHIP, check: checkHashes, cites: '9303-11 §5.1' },
  { name: 'lds.complete', applies: CHIP, check: checkComplete, cites: '9303-10 §4.6.2' },
  { name: 'mrz.chip-agrees', applies: CHIP, check: checkChipAgrees, cites: '9303-11 §5.1' },
  { name: 'return-right', applies: CHIP, check: checkReturnRight, cites: '9303-10 §4.7.13' },
  {
    name: 'revocation',
    applies: [...SIGNED, 'certificate'],
    check: checkRevocation,
    cites: '9303-12 §7.1.4',
  },
  {
    name: 'expiry',
    applies: [...SIGNED, 'mrz', 'certificate', 'crl'],
    check: checkExpiry,
    cites: '9303-12 §4.1',
  },
  { name: 'chip', applies: CHIP, check: checkChip, cites: '9303-11 §6' },
]

/**
 * Every check that applies, in order. Where the format is wrong, what hangs on unread parts says so itself:
 * no check is left out, because a reader of the result must see that it was not done.
 */
export function runChecks(evidence: Evidence): readonly CheckResult[] {
  const results: CheckResult[] = []
  for (const { name, applies, check, cites } of CHECKS) {
    if (!applies.includes(evidence.kind)) continue
    const outcome = check(evidence)
    // Written out, as spreading the outcome fourteen times takes longer than making it.
    if (outcome.result === 'passed') {
      const { result, weight, notes } = outcome
      results.push({ name, cites, result, weight, notes })
    } else if (outcome.result === 'failed') {
      const { result, weight, finding, notes } = outcome
      results.push({ name, cites, result, weight, finding, notes })
    } else {
      const { result, weight, finding, notes } = outcome
      results.push({ name, cites, result, weight, finding, notes })
    }
  }
  return results
}
