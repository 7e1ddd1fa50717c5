import type { Walk } from './http-applicant.ts'
import { type Answer, HttpVisitor } from './http-visitor.ts'
import { type KilledOffice, throughOutages } from './killed-office.ts'

/** Somebody on their way through an office that is killed: they look what is saved, and do again what is not. */
export function throughKills(office: KilledOffice): Walk {
  const visitor = new HttpVisitor('')
  const see = (path: string): Promise<Answer> =>
    throughOutages(office, visitor, () => visitor.get(path)).then(({ to, ...answer }) =>
      to === undefined ? { to, ...answer } : see(to),
    )
  return {
    see,
    async take({ page, to, fill, look }) {
      const answer = await throughOutages(office, visitor, async (again) => {
        if (again && look !== undefined) {
          const shown = await visitor.get(look.at)
          if (shown.status === 200 && look.saved(shown.text)) return shown
        }
        const form = visitor.page?.path === page && !again ? visitor.page : await visitor.get(page)
        const { fields, file } = fill(form.text)
        return visitor.ask(visitor.filled(to, fields, file))
      })
      if (answer.status === 200) return answer
      return answer.to === undefined ? visitor.follow(answer) : see(answer.to)
    },
  }
}
