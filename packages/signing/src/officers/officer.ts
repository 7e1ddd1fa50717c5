/** What an officer may do. No one does two of these on one case, and `security` goes with no other. P1 */
export type OfficerRole =
  /** Takes cases in: asks for more, sees people, records facts. */
  | 'intake'
  /** Decides, first or second or on appeal. */
  | 'decision'
  /** Has papers generated, printed, checked, sent and collected. */
  | 'production'
  /** Enrols officers, in twos. Approves nothing. */
  | 'security'
  /** Reads counts and events; opens nothing. */
  | 'audit'

/** Whoever works in an office, as the chain of enrolments says. Nothing of it is secret. */
export interface Officer {
  /** 16 octets by chance, as 32 hexadecimal digits. */
  readonly id: string
  /** How the others call them: `Officer Iris`. */
  readonly label: string
  readonly roles: readonly OfficerRole[]
  readonly credential: Credential
}

/** With what an officer signs: P-256. */
export interface Credential {
  /** A passkey; or a key in a file, which is believed under the root of a specimen office alone. */
  readonly kind: 'passkey' | 'specimen-file'
  /** base64url. */
  readonly id: string
  /** SubjectPublicKeyInfo, DER, base64url. */
  readonly publicKey: string
}

/** What an authenticator answers; every field base64url without padding. [WebAuthn §5.2.2] */
export interface Assertion {
  readonly credentialId: string
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** One officer's signature. */
export interface Approval {
  /** {@link Officer.id} */
  readonly officer: string
  readonly assertion: Assertion
}

/** Somebody who is signed in with the key service, which alone can tell. */
export interface OfficerSession {
  /** 32 octets, base64url: goes with every question for what is sealed. */
  readonly token: string
  readonly officer: Officer
  readonly until: Date
}

/** The key of one piece of a case. */
export interface PartKey {
  /** 16 octets. */
  readonly partId: Uint8Array
  /** 32 octets. */
  readonly key: Uint8Array
}

/** Where officers' signatures are made for: a passkey belongs to a host name. */
export interface OfficersRoot {
  readonly version: 1
  /** Of a specimen office: keys in files are believed. Only for states that do not exist. */
  readonly kind: 'specimen' | 'real'
  readonly state: string
  /** `utopia.localhost` */
  readonly rpId: string
  /** `https://office.example`; of a specimen, its host over http on any port besides. */
  readonly origins: readonly string[]
  /** Cases that an officer may open in a day. */
  readonly dailyOpenings: number
  /** At least two, who enrol the first others. */
  readonly securityOfficers: readonly Officer[]
}

/** What of the root an office's pages need. */
export type PublicRoot = Pick<OfficersRoot, 'kind' | 'rpId' | 'origins' | 'dailyOpenings'>

/** How many cases one officer may open on one day, in all: instead of {@link OfficersRoot.dailyOpenings}, and of one before it. */
export interface Allowance {
  readonly officerId: string
  /** `2026-11-25`, UTC. */
  readonly day: string
  /** 1 to 1000. */
  readonly openings: number
}

/** What an officer has opened today, and whether more was asked for than they may. P8 */
export interface DayOfOfficer {
  readonly officerId: string
  readonly opened: number
  readonly most: number
  /** They asked for more, and got none. */
  readonly stopped: boolean
}

/** What is done to the list of officers; canonical JSON of it is what two security officers sign. [RFC8785 §3.2] */
export type EnrolmentRecord =
  | { readonly kind: 'enrol'; readonly seq: number; readonly previous: string; readonly officer: Officer }
  | { readonly kind: 'end'; readonly seq: number; readonly previous: string; readonly officerId: string }
  | ({ readonly kind: 'allow'; readonly seq: number; readonly previous: string } & Allowance)

/** What decides. `order` over the exact bytes of one order, `list` over the digests of several, in order. */
export type DecisionOver =
  | { readonly over: 'order'; readonly bytes: Uint8Array }
  | { readonly over: 'list'; readonly digests: readonly Uint8Array[] }

/** What the office asks of the key service about officers. */
export interface Officers {
  /** Where signatures are made for. @throws SigningRefusal officers.root */
  rootOf(): Promise<PublicRoot>
  /** Those whose enrolment stands. @throws SigningRefusal officers.broken; SigningOutage */
  list(): Promise<readonly Officer[]>
  /** 32 octets, base64url, good for one sign-in within two minutes. */
  challenge(): Promise<string>
  /** @throws SigningRefusal officer.unknown, officer.challenge, officer.assertion */
  signIn(assertion: Assertion): Promise<OfficerSession>
  /** @returns undefined where it is over or was none */
  session(token: string): Promise<OfficerSession | undefined>
  signOut(token: string): Promise<void>
  /**
   * The keys to what is in a case, for the officer to whom it is assigned, within the budget of the day; the opening is
   * an event of the case (`case.opened`) and a line in the key service's own journal before they are given. P8
   * @throws SigningRefusal officer.session, case.unknown, case.not-assigned, case.budget
   */
  openCase(token: string, caseId: Uint8Array): Promise<readonly PartKey[]>
  /** How many cases were opened today, and how many may be. @throws SigningRefusal officer.session */
  openings(token: string): Promise<{ readonly opened: number; readonly most: number }>
  /**
   * The day of everybody who may open cases, for those who watch over it: security and audit. P8
   * @throws SigningRefusal officer.session: nobody's, or of somebody who does neither
   */
  today(token: string): Promise<readonly DayOfOfficer[]>
  /** Whether a signature is one of this officer over this decision; what signs papers checks it again by itself. @throws SigningRefusal officer.* */
  checkApproval(decision: 'approve' | 'refuse', over: DecisionOver, approval: Approval): Promise<void>
  /** The next record, to be signed by two security officers over `challengeOf`. */
  draftEnrolment(
    change: EnrolmentChange,
  ): Promise<{ readonly record: Uint8Array; readonly challenge: string }>
  /** Puts a signed record at the end of the chain. @throws SigningRefusal officers.* */
  enrol(record: Uint8Array, approvals: readonly [Approval, Approval]): Promise<void>
}

export type EnrolmentChange =
  | { readonly kind: 'enrol'; readonly officer: Officer }
  | { readonly kind: 'end'; readonly officerId: string }
  | ({ readonly kind: 'allow' } & Allowance)
