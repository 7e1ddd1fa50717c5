import { join } from 'node:path'

/** Where things lie in the folder of an office. */
export const foldersOf = (office: string) => ({
  /** The embedded store. */
  database: join(office, 'db'),
  /** Key files, or the limits of the keys on a token; the key service's own journal; a specimen's passphrase. */
  keys: join(office, 'keys'),
  keyJournal: join(office, 'keys', 'journal'),
  /** Of a specimen office: officers with their keys in files. */
  specimenOfficers: join(office, 'specimen-officers'),
  passphrase: join(office, 'keys', 'SPECIMEN-passphrase.txt'),
  /** Public: the log as it is served. */
  log: join(office, 'log'),
  /** The newest checkpoints, by compare and set; belongs out of reach of the database's owner. */
  checkpoints: join(office, 'checkpoints'),
})
