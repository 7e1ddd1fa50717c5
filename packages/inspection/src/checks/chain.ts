import type { Evidence } from '../evidence/evidence.ts'
import { cannotTell, finding, notGenuine, type Outcome, passed } from './check.ts'

/** The signer's certificate under one trusted certificate: exactly one step. P24 [9303-11 §5.1] */
export function checkChain({ standing, presentedAnchor }: Evidence): Outcome {
  if (presentedAnchor !== undefined) return passed()
  if (standing === undefined)
    return cannotTell(finding('chain.no-anchor', 'signer certificate', '9303-11 §5.1'))
  switch (standing.standing) {
    case 'anchored':
      return passed(standing.notes)
    case 'open':
      return cannotTell(standing.finding)
    case 'refused':
      return notGenuine(standing.finding)
  }
}
