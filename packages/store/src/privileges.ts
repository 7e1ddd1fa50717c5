/** What the role of a running office may do with one table, beside reading it. */
export interface TablePrivileges {
  readonly insert: boolean
  /** The columns that may change. */
  readonly update: readonly string[]
  readonly delete: boolean
}

const READ_ONLY: TablePrivileges = { insert: false, update: [], delete: false }
const ADDED_TO: TablePrivileges = { insert: true, update: [], delete: false }
const changing = (...columns: readonly string[]): TablePrivileges => ({ ...ADDED_TO, update: columns })
const forgetting = (...columns: readonly string[]): TablePrivileges => ({
  ...changing(...columns),
  delete: true,
})

/**
 * Every table of an authority, and what an office at work needs of it. Most are only ever added to: whoever takes over
 * the office, or its connection, cannot change there what was done, nor make it undone. P20
 *
 * A table that refers to another needs no right to change it: the server checks that as the owner. `select … for
 * update`, which holds a row until the end of a transaction, does need the right to change some column.
 */
export const PRIVILEGES: Readonly<Record<string, TablePrivileges>> = {
  // The schema is its owner's, and so is the record of how it came about.
  migration: READ_ONLY,

  // The journal. An event that could be changed would be none.
  event: ADDED_TO,
  // What waits gets its place in the tree. A place that was changed later is seen from the tiles.
  log_entry: changing('position'),
  // One row, moved on by compare and set.
  log_head: changing('size', 'root'),
  witnessed: changing('size', 'root'),

  // The ledger of what was to be signed, and was.
  case_key: ADDED_TO,
  key_register: ADDED_TO,
  intent: ADDED_TO,
  signature: ADDED_TO,
  voided: ADDED_TO,
  trust_object: ADDED_TO,
  // A key is made before there is a certificate of it.
  signing_key: changing('certificate'),

  // A paper goes through its stages, and its security object is there once it is signed.
  paper: changing('stage', 'sod'),

  // Who the officers are, and what two of them decided.
  enrolment: ADDED_TO,
  approval: ADDED_TO,

  account: ADDED_TO,
  // A helper's door is closed by taking its secrets away; that there was one stays.
  door: changing('secrets'),
  // What people take back, or leave, is gone.
  session: forgetting('content', 'ends'),
  draft: forgetting('version', 'content', 'day'),
  draft_file: forgetting(),

  // Where a case stands follows from its events; what is in it never changes. Whose page it is on changes where
  // somebody lost their words.
  case_file: changing(
    'account_id',
    'status',
    'minor',
    'waiting',
    'notice',
    'duplicate',
    'officer_id',
    'submitted',
    'due',
    'paused_since',
  ),
  case_part: ADDED_TO,
  letter: ADDED_TO,
  case_match: ADDED_TO,
  fee_entry: ADDED_TO,

  production: changing('stage', 'blank'),
  blank: changing('state'),
}
