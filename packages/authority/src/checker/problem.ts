/** Of the invariants that hold whatever happened: see index.ts. */
export type Invariant = 1 | 2 | 3 | 4 | 6 | 7 | 8 | 9

/** Something stored that does not fit with the rest. It names ids and codes, never a value of a person. */
export interface Problem {
  readonly invariant: Invariant
  readonly code: ProblemCode
  /** An id in hexadecimal, the name of a key or a stream, a file of the log. */
  readonly where: string
}

export type ProblemCode =
  /** A paper rests on no decision of two officers that is stored, or on another than it was recorded with. */
  | 'paper.approval-missing'
  | 'paper.approval-differs'
  /** The key service's own journal is cut, changed or out of order. */
  | 'key-journal.broken'
  /** It has a signature over something that nobody recorded, or that was recorded otherwise. */
  | 'key-journal.no-intent'
  | 'key-journal.other-digest'
  | 'key-journal.other-key'
  /** The bytes of the intent, as they are stored, are not those that were signed. */
  | 'key-journal.other-bytes'
  /** A stored signature of which the key service knows nothing, or another. */
  | 'signature.unknown'
  /** A stored signature over nothing. */
  | 'signature.no-intent'
  | 'signature.wrong'
  | 'intent.other-digest'
  | 'intent.unfinished'
  | 'intent.case-missing'
  | 'void.signed-and-used'
  | 'number.twice'
  | 'order.twice'
  | 'reference.twice'
  | 'intent.twice'
  | 'serial.twice'
  /** Between the register and what the journal says of a paper. */
  | 'paper.missing'
  | 'paper.no-journal'
  | 'paper.stage-differs'
  /** Its events are in no order in which things can happen. */
  | 'paper.impossible-life'
  | 'paper.content-differs'
  | 'paper.sod-differs'
  | 'paper.order-differs'
  | 'paper.intent-differs'
  | 'paper.number-differs'
  | 'paper.unsigned'
  | 'paper.case-missing'
  | 'paper.not-logged'
  /** What the authority has signed about itself, and does not keep. */
  | 'trust.missing'
  | 'trust.differs'
  | 'journal.chain'
  /** A case went to another account, and not by two officers; or is on another than the one they moved it to. */
  | 'case.moved-by-one'
  | 'case.account-differs'
  /** A leaf of the log that is not what its event and salt give. */
  | 'log.commitment-differs'
  | 'log.positions'
  | 'log.head-differs'
  | 'log.root-differs'
  | 'log.checkpoint-older'
  | 'log.checkpoint-differs'
  | 'log.checkpoint-no-intent'
  | 'log.history'
  | 'log.public'
