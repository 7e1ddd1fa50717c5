import type { Mrz } from '@nansen/formats/mrz'
import type { Certificate, Crl } from '@nansen/formats/pki'
import type { Finding } from '../finding.ts'
import type { Anchor } from '../trust/anchors.ts'
import type { Standing } from '../trust/certify.ts'
import type { RevocationAnswer } from '../trust/revocation.ts'
import type { Signed } from '../trust/verify-signed-data.ts'
import type { ChipEvidence } from './chip.ts'

/** Everything that is known of what was presented, before anything is judged. */
export interface Evidence {
  readonly kind: 'mrz' | 'emrtd' | 'sod' | 'certificate' | 'crl' | 'master-list' | 'unknown'
  readonly at: Date
  /** Why what was presented is not what it looks like, at the first place. */
  readonly malformed: Finding | undefined
  /** Departures from a standard that are met in genuine documents. */
  readonly notes: readonly Finding[]
  /** The zone as printed or typed. */
  readonly printed: Mrz | undefined
  readonly chip: ChipEvidence | undefined
  /** Whether the signature on what was presented verifies, under the signer's certificate inside. */
  readonly signed: Signed | undefined
  /** The certificate that signed, or that was presented itself. */
  readonly signer: Certificate | undefined
  readonly standing: Standing | undefined
  readonly revocation: RevocationAnswer | undefined
  readonly certificate: Certificate | undefined
  /** Set where a revocation list was presented. */
  readonly crl: Crl | undefined
  /** Set where the certificate presented is itself trusted. */
  readonly presentedAnchor: Anchor | undefined
  readonly masterList: { readonly certificates: number; readonly signedAt: Date | undefined } | undefined
}

/** Evidence of which only some is there. */
export function evidence(known: Partial<Evidence> & Pick<Evidence, 'kind' | 'at'>): Evidence {
  return {
    malformed: undefined,
    notes: [],
    printed: undefined,
    chip: undefined,
    signed: undefined,
    signer: undefined,
    standing: undefined,
    revocation: undefined,
    certificate: undefined,
    crl: undefined,
    presentedAnchor: undefined,
    masterList: undefined,
    ...known,
  }
}
