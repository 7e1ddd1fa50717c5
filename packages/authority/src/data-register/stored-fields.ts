/** What whoever reads a field can learn from it. */
export type FieldClass =
  /** It is published anyway. */
  | 'public'
  /** By chance: it names a row, or makes a digest tell nothing. */
  | 'chance'
  /** A kind, a stage, a count or a day. */
  | 'code'
  /** A digest, or an index under a key that the database does not hold: it answers nobody's guesses. */
  | 'blind'
  /** Under the key of a case. */
  | 'sealed'
  /** A key of a case, wrapped to the key service. */
  | 'wrapped'

/** How long a field is kept. */
export type Kept =
  /** As long as the authority: it shows that nobody rewrote what was done. */
  | 'for-good'
  /** It stays, and nobody can read it once the key of its case is erased. */
  | 'until-the-case-is-erased'
  /** Until it is submitted, or was not touched for too long. */
  | 'until-submitted'
  /** Until its holder leaves, or half an hour after they were seen last. */
  | 'for-minutes'
  /** As long as there is the key, the list or the account that it is about. */
  | 'with-its-object'

export interface StoredField {
  /** `paper.content` */
  readonly name: string
  readonly purpose: string
  readonly class: FieldClass
  readonly kept: Kept
}

type Fields = Readonly<Record<string, readonly [purpose: string, FieldClass, Kept]>>

const TABLES: Readonly<Record<string, Fields>> = {
  event: {
    stream: ['to what it happened: a kind and a random id', 'chance', 'for-good'],
    seq: ['its place in the stream', 'code', 'for-good'],
    kind: ['what happened', 'code', 'for-good'],
    at: ['the day, not the hour', 'code', 'for-good'],
    body: ['ids, digests and codes of what happened', 'blind', 'for-good'],
    previous: ['the chain: an event that is taken out or changed breaks it', 'blind', 'for-good'],
    hash: ['the chain', 'blind', 'for-good'],
  },
  log_entry: {
    commitment: [
      'the leaf of the public log: to whoever lacks salt and event it tells nothing',
      'public',
      'for-good',
    ],
    salt: ['opens the commitment, for the holder', 'chance', 'for-good'],
    stream: ['the event that it is of', 'chance', 'for-good'],
    seq: ['the event that it is of', 'code', 'for-good'],
    position: ['its place in the public log', 'public', 'for-good'],
  },
  log_head: {
    id: ['there is one row', 'code', 'for-good'],
    size: ['how far the log is', 'public', 'for-good'],
    root: ['the root of its tree', 'public', 'for-good'],
  },
  witnessed: {
    origin: ['the log of another authority', 'public', 'for-good'],
    size: ['how far it was when it was cosigned last', 'public', 'for-good'],
    root: ['its root then', 'public', 'for-good'],
  },
  case_key: {
    case_id: ['names the case', 'chance', 'until-the-case-is-erased'],
    wrapped: [
      'opens what is sealed under the case, by the key service alone',
      'wrapped',
      'until-the-case-is-erased',
    ],
  },
  signing_key: {
    id: ['names a key of this authority', 'code', 'with-its-object'],
    purpose: ['what the key may sign', 'code', 'with-its-object'],
    algorithm: ['of the key', 'public', 'with-its-object'],
    state: ['for whom it signs', 'public', 'with-its-object'],
    public_key: ['the public half', 'public', 'with-its-object'],
    certificate: ['the certificate of the key', 'public', 'with-its-object'],
    not_before: ['from when it signs', 'public', 'with-its-object'],
    not_after: ['until when it signs', 'public', 'with-its-object'],
    most: ['how often it signs at the most', 'code', 'with-its-object'],
  },
  key_register: {
    fingerprint: ['that no key serves two owners: of a public key that its chip shows', 'blind', 'for-good'],
    owner: ['whose key it is: a kind and a random id', 'chance', 'for-good'],
  },
  intent: {
    id: ['names what is to be signed', 'chance', 'for-good'],
    key_id: ['with which key', 'code', 'for-good'],
    purpose: ['of that key', 'code', 'for-good'],
    case_id: ['the case that it belongs to', 'chance', 'for-good'],
    bytes: [
      'exactly what is signed; of a case, sealed; of certificates, lists and checkpoints, public',
      'sealed',
      'until-the-case-is-erased',
    ],
    digest: ['of what is signed, to compare it: digests of digests of the chip', 'blind', 'for-good'],
    decision: ['on which order it rests', 'blind', 'for-good'],
    once: ['names the act, so that it is done once', 'blind', 'for-good'],
    approval_id: ['where the signatures of two officers over its order are', 'chance', 'for-good'],
  },
  enrolment: {
    seq: ['its place in the chain of officers', 'code', 'for-good'],
    record: ['who works here, with which key, and who no longer does: of staff', 'public', 'for-good'],
    approvals: ['the signatures of two security officers', 'public', 'for-good'],
  },
  approval: {
    id: ['names a decision over orders', 'chance', 'for-good'],
    wrapped: ['opens it, by the key service alone', 'wrapped', 'for-good'],
    bytes: ['digests of orders, and the signatures of two officers over them', 'sealed', 'for-good'],
  },
  account: {
    id: ['names an account, of which nobody knows whose it is', 'chance', 'with-its-object'],
    public_key: ['to which letters to it are sealed', 'chance', 'with-its-object'],
  },
  door: {
    id: ['names a way into an account', 'chance', 'with-its-object'],
    account_id: ['into which', 'chance', 'with-its-object'],
    login_index: ['finds it by what is derived from a passphrase', 'blind', 'with-its-object'],
    kind: ['holder or helper', 'code', 'with-its-object'],
    scopes: ['what a helper may do', 'code', 'with-its-object'],
    name: ['how the holder calls the helper', 'sealed', 'with-its-object'],
    secrets: ['the keys of the account, under the passphrase', 'sealed', 'with-its-object'],
  },
  session: {
    id: ['finds it by what the browser holds', 'blind', 'for-minutes'],
    content: ['who is signed in, under what the browser holds', 'sealed', 'for-minutes'],
    ends: ['when it is deleted', 'code', 'for-minutes'],
  },
  draft: {
    account_id: ['of which account', 'chance', 'until-submitted'],
    version: ['that two windows do not overwrite each other', 'code', 'until-submitted'],
    content: ['what was filled in, under the passphrase', 'sealed', 'until-submitted'],
    day: ['when it was changed last, by the day: what lies too long is deleted', 'code', 'until-submitted'],
  },
  draft_file: {
    id: ['names a file', 'chance', 'until-submitted'],
    account_id: ['of which account', 'chance', 'until-submitted'],
    bytes: ['the file, drawn anew, under the passphrase', 'sealed', 'until-submitted'],
  },
  case_file: {
    id: ['names the case; its code', 'chance', 'for-good'],
    account_id: ['to which account its letters go', 'chance', 'until-the-case-is-erased'],
    family_id: ['cases that were submitted together', 'chance', 'until-the-case-is-erased'],
    status: ['where it stands', 'code', 'for-good'],
    minor: ['that a child is concerned: such cases go first', 'code', 'until-the-case-is-erased'],
    waiting: ['that the applicant was asked for more', 'code', 'until-the-case-is-erased'],
    notice: ['that a wanted notice is under review', 'code', 'until-the-case-is-erased'],
    duplicate: ['that another case may be of the same person', 'code', 'until-the-case-is-erased'],
    officer_id: ['the officer who has it', 'chance', 'until-the-case-is-erased'],
    submitted: ['by the day: the clock', 'code', 'for-good'],
    due: ['by the day: the clock', 'code', 'for-good'],
    paused_since: ['by the day: the clock', 'code', 'for-good'],
  },
  case_part: {
    id: ['names a piece', 'chance', 'until-the-case-is-erased'],
    case_id: ['of which case', 'chance', 'until-the-case-is-erased'],
    seq: ['in which order', 'code', 'until-the-case-is-erased'],
    kind: ['what kind of piece', 'code', 'until-the-case-is-erased'],
    wrapped: ['opens it, by the key service alone', 'wrapped', 'until-the-case-is-erased'],
    bytes: ['what was said, shown, found or decided', 'sealed', 'until-the-case-is-erased'],
  },
  letter: {
    id: ['names a letter', 'chance', 'until-the-case-is-erased'],
    case_id: ['about which case', 'chance', 'until-the-case-is-erased'],
    kind: ['what kind of letter', 'code', 'until-the-case-is-erased'],
    bytes: ['the letter, which the holder alone opens', 'sealed', 'until-the-case-is-erased'],
    day: ['by the day', 'code', 'until-the-case-is-erased'],
  },
  case_match: {
    match: ['that the same name and birth date came before', 'blind', 'until-the-case-is-erased'],
    case_id: ['in which case', 'chance', 'until-the-case-is-erased'],
  },
  production: {
    case_id: ['the paper of which case', 'chance', 'for-good'],
    paper_id: ['which paper', 'chance', 'for-good'],
    stage: ['how far it is made', 'code', 'for-good'],
    blank: ['on which blank: a number of stock', 'code', 'for-good'],
  },
  blank: {
    number: ['a numbered blank, of which none is lost', 'code', 'for-good'],
    state: ['in stock, used or spoiled', 'code', 'for-good'],
  },
  fee_entry: {
    case_id: ['of which case', 'chance', 'until-the-case-is-erased'],
    seq: ['in which order', 'code', 'until-the-case-is-erased'],
    kind: ['due, waived, paid, or given for others', 'code', 'until-the-case-is-erased'],
    amount: ['how much', 'code', 'until-the-case-is-erased'],
    currency: ['of what', 'code', 'until-the-case-is-erased'],
    day: ['by the day', 'code', 'until-the-case-is-erased'],
  },
  signature: {
    intent_id: ['what was signed', 'chance', 'for-good'],
    value: ['the first signature is the only one', 'blind', 'for-good'],
  },
  voided: {
    intent_id: ['what can never be finished', 'chance', 'for-good'],
    reason: ['why it cannot', 'code', 'for-good'],
  },
  trust_object: {
    intent_id: ['what was signed', 'chance', 'with-its-object'],
    kind: ['certificate, revocation list or master list', 'public', 'with-its-object'],
    serial: ['of a certificate', 'public', 'with-its-object'],
    bytes: ['the certificate or list', 'public', 'with-its-object'],
    at: ['when it was made', 'public', 'with-its-object'],
  },
  paper: {
    id: ['names the paper and its folder', 'chance', 'for-good'],
    case_id: ['the case that it belongs to', 'chance', 'for-good'],
    order_digest: ['that one order gives one paper', 'blind', 'for-good'],
    form: ['booklet or another', 'code', 'for-good'],
    reference_index: ["finds it by the caller's reference", 'blind', 'for-good'],
    number_index: ['finds it by its number, and that no number is used twice', 'blind', 'for-good'],
    intent_id: ['what was signed of it', 'chance', 'for-good'],
    content: [
      'to finish it after a crash: the order and the files of its chip',
      'sealed',
      'until-the-case-is-erased',
    ],
    sod: ['its security object', 'sealed', 'until-the-case-is-erased'],
    stage: ['how far it is', 'code', 'for-good'],
  },
}

/** Every field that the database of an authority has. One that is stored and does not stand here fails the tests. P10 */
export const STORED_FIELDS: readonly StoredField[] = Object.entries(TABLES).flatMap(([table, fields]) =>
  Object.entries(fields).map(([column, [purpose, fieldClass, kept]]) => ({
    name: `${table}.${column}`,
    purpose,
    class: fieldClass,
    kept,
  })),
)
