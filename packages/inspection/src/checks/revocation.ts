import type { Evidence } from '../evidence/evidence.ts'
import { aside, cannotTell, finding, notValid, type Outcome, passed } from './check.ts'

/**
 * Whether the signer's certificate was revoked. No list, or one past its next update, is "undetermined": for a
 * document that leaves the answer open. A master list and a certificate that is itself trusted are the
 * receiver's own decision, so there it is a note. [9303-12 appendix D.1.2]
 */
export function checkRevocation({ kind, revocation, presentedAnchor }: Evidence): Outcome {
  const section = '9303-12 §7.1.4'
  if (presentedAnchor !== undefined) return aside(finding('revocation.anchor', 'certificate', section))
  if (revocation === undefined) return aside(finding('revocation.no-signer', 'signer certificate', section))
  switch (revocation.revocation) {
    case 'good':
      return passed(revocation.notes)
    case 'revoked':
      return notValid(revocation.finding)
    case 'undetermined':
      return kind === 'master-list' ? aside(revocation.finding) : cannotTell(revocation.finding)
  }
}
