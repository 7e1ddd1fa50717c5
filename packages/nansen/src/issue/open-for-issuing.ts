import { existsSync } from 'node:fs'
import { foldersOf, type OfficeSettings, type OpenOffice, openOffice } from '../office/index.ts'
import { ensureSpecimenOfficers } from '../specimen/specimen-officers.ts'
import { ceremoniesDue, holdCeremonies } from './renew-trust.ts'

export interface OfficeToOpen {
  readonly officeFolder: string
  readonly settings: OfficeSettings
  readonly version: string
  readonly environment: NodeJS.ProcessEnv
}

/**
 * An office that is ready to issue, with its officers. Able to make keys only while a ceremony is due: a new office, or one
 * whose signer or list is about to run out.
 */
export async function openForIssuing(run: OfficeToOpen): Promise<OpenOffice> {
  const { officeFolder, settings, environment, version } = run
  // A log is begun by the first release; until then the first ceremony may have been broken off.
  const begun = existsSync(foldersOf(officeFolder).checkpoints)
  let opened = await openOffice(officeFolder, settings, { environment, ceremony: !begun })
  try {
    const due = await ceremoniesDue(opened)
    if (due.length === 0) {
      await ensureSpecimenOfficers(officeFolder, settings, opened.office.signing)
      return opened
    }
    if (begun) {
      await opened.close()
      opened = await openOffice(officeFolder, settings, { environment, ceremony: true })
    }
    await holdCeremonies(opened, due, { ecParameters: settings.ecParameters }, version)
    await ensureSpecimenOfficers(officeFolder, settings, opened.office.signing)
    return opened
  } catch (error) {
    // It may be closed already, and what went wrong first is what counts.
    await opened.close().catch(() => {})
    throw error
  }
}
