import { formOfPage } from './form-of-page.ts'
import type { Step, Walk } from './http-applicant.ts'
import type { Answer, CutAt, Fields, HttpVisitor } from './http-visitor.ts'

/**
 * What somebody does whose browser shows an error instead of a page: they let it send the same form once more, or they
 * go back to a page, look what is there, and fill in again what is not.
 */
export type Again = 'the same form' | 'a fresh page'

/** A walk on which each request is lost once. */
export interface BadLine extends Walk {
  /** Lines that went dead. */
  readonly cuts: number
  /** Pages of forms of which somebody looked whether they were saved, and of those that were. */
  readonly forms: readonly string[]
  readonly found: readonly string[]
}

/** Goes through pages over a line that goes dead under each request, at this moment of it. */
export function overBadLine(visitor: HttpVisitor, at: CutAt, again: Again): BadLine {
  let cuts = 0
  const found: string[] = []
  const forms: string[] = []

  async function see(path: string): Promise<Answer> {
    await visitor.cut({ method: 'GET', path }, at)
    cuts++
    const answer = await visitor.get(path)
    return answer.to === undefined ? answer : see(answer.to)
  }

  async function sendAgain({ page, to, fill, look }: Step): Promise<Answer> {
    const { fields, file } = fill((await see(page)).text)
    const sending = visitor.filled(to, fields, file)
    await visitor.cut(sending, at)
    cuts++
    if (again === 'the same form') return visitor.ask(sending)
    const shown = await see(look?.at ?? page)
    const saved = look?.saved(shown.text) ?? holds(shown.text, to, fields)
    // Of a form that asks nothing, its own page does not tell.
    if (look !== undefined || Object.keys(fields).length > 0) {
      forms.push(page)
      if (saved) found.push(page)
    }
    if (saved && look !== undefined) return shown
    const fresh = await see(page)
    const filled = fill(fresh.text)
    return visitor.ask(visitor.filled(to, filled.fields, filled.file))
  }

  return {
    see,
    async take(step) {
      const answer = await sendAgain(step)
      if (answer.status === 200) return answer
      if (answer.to === undefined) return visitor.follow(answer)
      return see(answer.to)
    },
    get cuts() {
      return cuts
    },
    forms,
    found,
  }
}

/** Whether a form is as it was filled in: what is shown again in other words, such as a country, is there at least. */
function holds(page: string, action: string, fields: Fields): boolean {
  const form = formOfPage(page, action)
  return Object.entries(fields).every(([name, value]) => {
    const there = form.fields.get(name) ?? []
    const wanted = typeof value === 'string' ? [value] : value
    return ['country', 'nationality'].includes(name)
      ? there[0] !== ''
      : there.join('\n') === wanted.join('\n')
  })
}
