import { FormatError } from '@nansen/formats'
import { type Period, privateKeyUsagePeriod } from '@nansen/formats/pki'
import type { Evidence } from '../evidence/evidence.ts'
import { aside, cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

const SECTION = '9303-11 §5.1'
const DAY = 86_400_000

/**
 * The document was signed while the signer's private key was in use: by the signed time where there is one,
 * else by the date of issue in DG12. A signed time outside the period proves misuse; a date of issue may be
 * that of an office's decision, days away from the signature, so it only leaves the answer open. [9303-11 §5.1]
 */
export function checkSigningPeriod({ signer, chip }: Evidence): Outcome {
  const unknown = aside(finding('signing-period.unknown', 'SOD', SECTION))
  if (signer === undefined) return unknown
  let period: Period | undefined
  try {
    period = privateKeyUsagePeriod(signer)
  } catch (error) {
    if (error instanceof FormatError) return cannotTell(finding(error.code, 'signer certificate', SECTION))
    throw error
  }
  if (period === undefined) return unknown
  const signedAt = chip?.sod?.signer.signedAttributes.signingTime
  if (signedAt !== undefined)
    return within(signedAt, period) ? passed() : notGenuine(finding('signing-period.outside', 'SOD', SECTION))
  const issued = chip?.issuedOn
  if (issued === undefined) return unknown
  return within(issued, period)
    ? passed()
    : cannotTell(finding('signing-period.issue-date-outside', 'DG12', SECTION))
}

/** With a day to spare on either side: a clock or a time zone that is off makes nobody a forger. */
const within = (moment: Date, { notBefore, notAfter }: Period): boolean =>
  (notBefore === undefined || moment.getTime() >= notBefore.getTime() - DAY) &&
  (notAfter === undefined || moment.getTime() <= notAfter.getTime() + DAY)
