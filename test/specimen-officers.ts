import { join } from 'node:path'
import type { Approval, Assertion, Officer, OfficerSession, Officers, Signing } from '@nansen/signing'
import { officersFiles } from '../packages/signing/src/officers/officers-files.ts'
import {
  makeSpecimenOfficers,
  openSpecimenOfficers,
} from '../packages/signing/src/officers/specimen/index.ts'

const PLAN = { rpId: 'utopia.localhost', origins: ['http://utopia.localhost'], dailyOpenings: 60 }

/** An officer of a test office, who can do what a person at an authenticator can. */
export interface TestOfficer {
  readonly officer: Officer
  sign(challenge: string): Promise<Assertion>
  /** As a signature under a decision. */
  approve(challenge: string): Promise<Approval>
  signIn(): Promise<OfficerSession>
}

export type OfficerName =
  | 'iris'
  | 'ivo'
  | 'dario'
  | 'dana'
  | 'delia'
  | 'drago'
  | 'petra'
  | 'ada'
  | 'sofia'
  | 'sergio'
export type TestOfficers = Readonly<Record<OfficerName, TestOfficer>>

interface Place {
  /** Of the office: the key service's files lie in it, beside its journal. */
  readonly folder: string
  readonly signing: Pick<Signing, 'officers'>
}

/** Makes the officers of a test office, once; the root is pinned with them. */
export async function enrolSpecimenOfficers(
  { folder, signing }: Place,
  plan: Partial<typeof PLAN> & { readonly state?: string } = {},
): Promise<void> {
  await makeSpecimenOfficers(() => signing.officers, {
    state: 'UT',
    ...PLAN,
    ...plan,
    folder: join(folder, 'specimen-officers'),
    rootPath: officersFiles(join(folder, 'journal')).rootPath,
  })
}

/** The officers of an office that has enrolled them. */
export function officersOf({ folder, signing }: Place): TestOfficers {
  const specimens = openSpecimenOfficers(join(folder, 'specimen-officers'), PLAN)
  const desk: Officers = signing.officers
  return Object.fromEntries(
    specimens.list().map((officer) => {
      const sign = (challenge: string) => specimens.answer(officer.id, challenge)
      const one: TestOfficer = {
        officer,
        sign,
        approve: async (challenge) => ({ officer: officer.id, assertion: await sign(challenge) }),
        signIn: async () => desk.signIn(await sign(await desk.challenge())),
      }
      return [officer.label.toLowerCase(), one]
    }),
  ) as unknown as TestOfficers
}
