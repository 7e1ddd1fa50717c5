import { existsSync } from 'node:fs'
import { type Approvals, type Office, orderDigest, recordApproval } from '@nansen/authority'
import { decisionChallenge, officersFiles, type Signing } from '@nansen/signing'
import {
  makeSpecimenOfficers,
  openSpecimenOfficers,
  type SpecimenOfficers,
} from '@nansen/signing/specimen-officers'
import { foldersOf, type OfficeSettings, stateOf } from '../office/index.ts'

/** Cases that an officer may open in a day. */
const DAILY_OPENINGS = 60

/** The host of a specimen office: a browser takes it for this machine, and a passkey belongs to it. */
export const specimenHost = (settings: Pick<OfficeSettings, 'state'>): string =>
  `${stateOf(settings).name.toLowerCase()}.localhost`

/** Makes the officers of a specimen office, where that was not done yet; a key service must be at hand. */
export async function ensureSpecimenOfficers(
  folder: string,
  settings: OfficeSettings,
  signing: Pick<Signing, 'officers'>,
): Promise<void> {
  const { keyJournal, specimenOfficers } = foldersOf(folder)
  const { rootPath } = officersFiles(keyJournal)
  // A root without officers' files is somebody's own, who has officers elsewhere.
  if (existsSync(rootPath) && !existsSync(specimenOfficers)) return
  const host = specimenHost(settings)
  await makeSpecimenOfficers(() => signing.officers, {
    state: stateOf(settings).code2,
    folder: specimenOfficers,
    rootPath,
    rpId: host,
    origins: [`http://${host}`],
    dailyOpenings: DAILY_OPENINGS,
  })
}

/** Those whose keys lie in the folder of a specimen office. */
export async function specimenOfficersOf(
  folder: string,
  signing: Pick<Signing, 'officers'>,
): Promise<SpecimenOfficers> {
  return openSpecimenOfficers(foldersOf(folder).specimenOfficers, await signing.officers.rootOf())
}

/**
 * Two specimen officers who approve whatever list they are given: papers of states that do not exist, for people who
 * do not. What signs verifies their signatures like everybody's. P1
 */
export function specimenApprovals(officers: () => Promise<SpecimenOfficers>, office: Office): Approvals {
  let opened: Promise<SpecimenOfficers> | undefined
  return {
    async of(orders) {
      opened ??= officers()
      const specimens = await opened
      const [first, second] = specimens.list().filter(({ roles }) => roles.includes('decision'))
      if (first === undefined || second === undefined) throw new RangeError('two officers who decide')
      const digests = orders.map(orderDigest)
      const challenge = decisionChallenge('approve', { over: 'list', digests })
      const approvals = [
        { officer: first.id, assertion: await specimens.answer(first.id, challenge) },
        { officer: second.id, assertion: await specimens.answer(second.id, challenge) },
      ] as const
      const id = await office.store.transaction((tx) => recordApproval(tx, office, { digests, approvals }))
      return orders.map(() => id)
    },
  }
}
