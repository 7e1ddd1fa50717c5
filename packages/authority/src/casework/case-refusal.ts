/** Why an act on an account or a case is refused. */
export type CaseRefusalCode =
  /** Not seven words of one list. */
  | 'passphrase.shape'
  /** The way in is closed: a helper who was revoked, at once and everywhere. */
  | 'door.closed'
  /** A helper may not do this, or this is the holder's alone. */
  | 'door.scope'
  /** Of another account, or of none: which, is not told. P8 */
  | 'case.unknown'
  /** The case is not where this can be done. */
  | 'case.status'
  /** A change that no draft can have. */
  | 'draft.shape'
  /** Larger than a draft can be. */
  | 'draft.too-large'
  /** Something is missing; `field` says what. */
  | 'draft.incomplete'
  /** Somebody wrote in it since it was looked at. */
  | 'draft.changed'
  /** Thirty files, or twelve mebibytes. */
  | 'draft.too-many-files'
  | 'file.empty'
  /** Neither a picture as the decoder gives it, nor an archive of chip files. */
  | 'file.kind'
  | 'file.too-large'
  /** No such file in this draft. */
  | 'file.unknown'
  /** No such request is open. */
  | 'request.unknown'
  /** An answer to something that was not asked, or none to what was. */
  | 'answer.shape'
  /** Empty, or longer than can be read. */
  | 'text.length'
  | 'helper.name'
  | 'helper.scopes'
  | 'helper.too-many'
  | 'helper.unknown'
  /** Not signed in, or no longer. */
  | 'officer.session'
  /** No role of this officer does this. */
  | 'officer.role'
  /** They played another part on this case. P1 */
  | 'officer.other-part'
  /** Not this officer's signature under exactly this decision. */
  | 'officer.assertion'
  /** Of another officer, of nobody, or not there: which, is not told. P8 */
  | 'case.not-assigned'
  /** Whoever holds it lets go of it first. */
  | 'case.assigned-to-another'
  /** As many cases as may be opened in a day. P8 */
  | 'case.budget'
  /** Something that a decision needs is missing; `field` says what. */
  | 'case.incomplete'
  /** Another case is of the same person, and is not refused or taken back. P4 */
  | 'case.same-person'
  /** What is in the case cannot be read: somebody changed it. */
  | 'case.altered'
  /** Something is asked already, and not answered. */
  | 'request.open'
  /** What is recorded is not as it must be; `field` says what. */
  | 'fact.shape'
  /** No such other case was found, or it is settled. */
  | 'duplicate.unknown'
  /** A notice is under review already. */
  | 'notice.open'
  | 'notice.none'
  /** Whoever opened it does not settle it. */
  | 'notice.same-officer'
  /** Not one of the rules of today, not of this kind of decision, or none. */
  | 'decision.grounds'
  /** None of the grounds carries this paper. */
  | 'decision.document-code'
  /** A refusal says why, in words; or longer than can be read. */
  | 'decision.letter'
  /** No paper can be made from this application; `field` says why. */
  | 'decision.order'
  /** Whoever decided first does not decide second. P1 */
  | 'decision.second-officer-required'
  /** They had a part in the refusal that was reversed. */
  | 'decision.refused-before'
  /** What was signed is not what stands there now. P1 */
  | 'decision.changed'
  /** They had a part in what is appealed against. */
  | 'appeal.took-part'
  /** The issuing says no; the cause says why. */
  | 'issue.refused'
  /** The paper is not where this can be done. */
  | 'production.stage'
  /** Of no such blank there is stock. */
  | 'blank.unknown'
  | 'blank.shape'
  | 'receipt.shape'
  /** Paid or waived. */
  | 'fee.settled'
  | 'queue.unknown'
  /** No code of a page: not its shape. */
  | 'words.code'
  /** No page has this code, or nobody can open it. */
  | 'words.page'
  /** The page with the words that were lost. */
  | 'words.same-page'
  /** There are cases on this page already: new words are for an empty one. */
  | 'words.page-in-use'
  /** New words are proposed already, and wait for another officer. */
  | 'words.open'
  /** Nobody proposed new words, or it was stopped. */
  | 'words.none'
  /** Whoever proposed them does not confirm them. */
  | 'words.same-officer'
  /** Not the page for which they were proposed. */
  | 'words.other-page'

/** The office says no to an act on an account or a case: a code, and the field it is about, never the value. */
export class CaseRefusal extends Error {
  override readonly name = 'CaseRefusal'
  readonly code: CaseRefusalCode
  /** Of a draft or a form, where it is about one. */
  readonly field?: string
  constructor(code: CaseRefusalCode, options?: ErrorOptions & { readonly field?: string }) {
    super(code, options)
    this.code = code
    if (options?.field !== undefined) this.field = options.field
  }
}
