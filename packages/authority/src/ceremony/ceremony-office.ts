import type { CeremonySigning } from '@nansen/signing'
import type { Office } from '../office.ts'

/** An office during a ceremony: the only time when it can make keys. */
export interface CeremonyOffice extends Omit<Office, 'signing'> {
  readonly signing: CeremonySigning
}
