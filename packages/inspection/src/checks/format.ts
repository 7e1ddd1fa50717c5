import type { Evidence } from '../evidence/evidence.ts'
import { cannotTell, notGenuine, type Outcome, passed } from './check.ts'

/** Whether what was presented is what the standards say it should be; departures met in the field are notes. */
export function checkFormat({ kind, malformed, notes, chip }: Evidence): Outcome {
  if (malformed !== undefined)
    return kind === 'unknown' ? cannotTell(malformed) : notGenuine(malformed, notes)
  return passed([...notes, ...(chip?.unreadable ?? [])])
}
