import type { Assertion, CaseOffice, OfficerRole, ReleasedPaper } from '@nansen/authority'

/** What the pages need to be served. */
export interface WebOptions {
  readonly office: CaseOffice
  /** Names under which the site may be asked for, without port: `utopia.localhost`, an onion address. */
  readonly hosts: readonly string[]
  /** Said on each page. */
  readonly specimen: boolean
  /** Of a specimen office alone: officers whose keys lie in files, to choose from. */
  readonly specimenOfficers?: SpecimenOfficers | undefined
  /** Facts of a paper → its data page as PDF; `undefined` where there is no compiler. */
  readonly drawPage?: DrawPage | undefined
  /** A line in the server's log. Codes only: no address, no name, no path. P10 */
  report(code: string): void
}

export type DrawPage = (paper: ReleasedPaper) => Promise<Uint8Array | undefined>

export interface SpecimenOfficers {
  list(): readonly SpecimenOfficer[]
  answer(officerId: string, challenge: string): Promise<Assertion>
}

export interface SpecimenOfficer {
  readonly id: string
  readonly label: string
  readonly roles: readonly OfficerRole[]
}
