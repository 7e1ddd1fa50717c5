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
  /** As long as there is the key or the list that it is about. */
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
