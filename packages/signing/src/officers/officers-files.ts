import { dirname, join } from 'node:path'

/**
 * What the key service knows of officers, beside its own journal: the root that the first ceremony pinned, and what is
 * remembered. Out of the database's owner's reach. P1
 */
export const officersFiles = (keyJournal: string) => ({
  rootPath: join(dirname(keyJournal), 'officers-root.json'),
  journalPath: join(dirname(keyJournal), 'officers-journal'),
})
