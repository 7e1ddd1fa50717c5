import { StoreError } from '@nansen/store'
import type { Office } from '../office.ts'

/** Times that another process may be faster before somebody is told. */
const MOST_TRIES = 10

/**
 * Gives every entry that waits its place in the tree, under a signed checkpoint; afterwards what was released before can
 * be handed over. Where another process of this authority does the same at the same moment, one of them is refused, and
 * asks again. P19
 * @throws StoreError log.*; SigningOutage
 */
export async function bringLogUpToDate(office: Pick<Office, 'log'>): Promise<void> {
  for (let tries = 1; ; ) {
    try {
      if ((await office.log.sequence()) === undefined) return
    } catch (error) {
      const raced = error instanceof StoreError && error.code === 'log.lost-race'
      if (!raced || tries++ >= MOST_TRIES) throw error
    }
  }
}
