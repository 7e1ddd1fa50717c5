import type { Evidence } from '../evidence/evidence.ts'
import { cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

/** The signature of the security object, or of a master list, under the signer's certificate inside. [9303-11 §5.1] */
export function checkSignature({ signed }: Evidence): Outcome {
  if (signed === undefined) return cannotTell(finding('sod.none', 'SOD', '9303-11 §5.1'))
  switch (signed.signed) {
    case 'valid':
      return passed(signed.notes)
    case 'invalid':
      return notGenuine(signed.finding)
    case 'unsupported':
      return cannotTell(signed.finding)
  }
}
