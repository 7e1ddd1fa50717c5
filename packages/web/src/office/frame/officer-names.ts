import type { CaseOffice } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'

/** What officers are called, by id; who has left is no longer known by name. */
export type OfficerNames = (id: string | undefined) => string

export async function officerNames({ office, text, desk }: OfficerContext): Promise<OfficerNames> {
  const labels = await labelsOf(office)
  return (id) => {
    if (id === undefined) return text.office.nobody
    if (id === desk.officer.id) return text.office.you
    return labels.get(id) ?? text.office.formerOfficer
  }
}

/** Who did something, as an event says: `officer:…`, `helper:…`, `applicant`, `office`. */
export function actorName(context: OfficerContext, names: OfficerNames, actor: string): string {
  const t = context.text.office
  if (actor.startsWith('officer:')) return names(actor.slice('officer:'.length))
  if (actor.startsWith('helper')) return t.helper
  return actor === 'applicant' || actor === 'holder' ? t.applicant : t.system
}

const labelsOf = async (office: CaseOffice): Promise<ReadonlyMap<string, string>> =>
  new Map((await office.signing.officers.list()).map(({ id, label }) => [id, label]))
