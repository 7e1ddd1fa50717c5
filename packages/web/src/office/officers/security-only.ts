import type { OfficerContext } from '../../server/context.ts'
import { plainPage } from '../frame/refusal.tsx'

type Handler = (context: OfficerContext) => Promise<Response>

/** Of security officers alone: who comes and who leaves is signed by them, in twos. The key service says so once more. */
export const securityOnly =
  (handler: Handler): Handler =>
  (context) => {
    const t = context.text.office
    return context.desk.officer.roles.includes('security')
      ? handler(context)
      : plainPage(context, t.refused.role.title, t.officers.others, 403)
  }
