import type { CeremonySigning } from '@nansen/signing'
import type { Log } from '@nansen/store/log'
import type { Office } from '../office.ts'

/** An office during a ceremony: the only time when it can make keys. */
export interface CeremonyOffice extends Omit<Office, 'signing' | 'log'> {
  readonly signing: CeremonySigning
  /** Before the first ceremony there is no key that signs the log; events then wait in it for their places. */
  readonly log: Pick<Log, 'enter'>
}
