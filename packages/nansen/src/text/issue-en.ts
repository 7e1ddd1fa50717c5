/**
 * Why no paper was made, by code, for whoever runs the command. A code that stands here without a sentence is shown as
 * it is: it comes from a room below, and its place in the source says what it means.
 */
const SENTENCES: Readonly<Record<string, string>> = {
  'order.reference-used':
    'The id has a paper already, made from other data. Give a changed person a new id: what was issued is not changed.',
  'order.foreign-state': 'The order is for another state than this office.',
  'paper.elsewhere':
    'The paper was made and handed over before, and its folder is not here. It is not made a second time.',
  'clock.wrong': 'The clock is behind what this office has signed before. Set it right.',
  'trust.crl-stale': 'The revocation list has run out. Publish a new one: nansen ceremony crl',
  'period.document-signer': 'No document signer may sign now. Make a new one: nansen ceremony signer',
  'signing.outage':
    'The key service does not answer. Nothing was signed that is not recorded; run the command again.',
  'store.unreachable': 'The database cannot be reached. Run the command again when it can.',
  'store.commit-unknown':
    'The connection broke while data were being stored. Run the command again: it finds out what is there.',
  'store.busy': 'The database was too busy. Run the command again.',
  'store.statement-failed':
    'The database refused a statement. Nothing half done is left; run the command again.',
  'store.locked': 'Another process has this office open. Wait until it ends.',
  'store.not-durable':
    'The database does not write to the disk before it answers (fsync, full_page_writes, synchronous_commit). Switch that on.',
  'store.too-old': 'The database is older than PostgreSQL 15.',
  'store.migration-missing': 'The database is not up to date: nansen migrate --office DIR',
  'store.migration-later': 'The database was brought up to date by a later version of this program.',
  'store.migration-changed': 'The database was made by other migrations than those of this version.',
  'store.not-owner':
    'Only the owner of the schema may do this. With the address of its owner: nansen database prepare --role NAME',
  'store.role-unknown': 'The database has no role of this name: its administrator makes one.',
  'store.role-mighty':
    'The role could change what an office only adds to: it owns the tables or the database, is a superuser, may make roles, or belongs to a role that can. Nothing was granted.',
  'log.database-older':
    'The database is older than the log that was signed from it: somebody put back an old copy. Nothing is issued on it.',
  'log.forked':
    'The database holds another history than the log that was signed from it. Nothing is issued on it.',
  'log.checkpoint-missing':
    'The signed checkpoints of the log are gone. Put them back; nothing is issued without them.',
  'log.checkpoint-wrong':
    'A checkpoint, or a line under one, is not signed by the key that it names, or is of another log. Nothing was added.',
  'log.tile-differs':
    'A public file of the log is not the one that was signed. Put it back from a mirror; nothing is issued without it.',
  'log.lost-race': 'Another process moved the log on at the same moment. Run the command again.',
  'log.out-of-reach':
    'The folders of the log or of its checkpoints cannot be read or written. Nothing is issued until they can.',
  'key.used-up': 'The key has signed as often as it may. Make a new signer: nansen ceremony signer',
  'passphrase.wrong': 'The passphrase or the PIN is wrong.',
  'journal.broken':
    'The journal of the key service does not hold. Nothing is signed until somebody has looked at it.',
  'journal.in-use': 'The keys of this office are in use by another process. Wait until it ends.',
  'lint.refused': 'The draft would not be accepted at a border. Nothing was signed.',
  'key.of-another': 'The key of the chip belongs to another paper.',
}

/** @param cause a code behind the first, if there is one */
export function issueSentence(code: string, cause?: string): string {
  const codes = cause === undefined ? code : `${code}: ${cause}`
  const sentence = SENTENCES[code]
  return sentence === undefined ? `[${codes}]` : `${sentence} [${codes}]`
}
