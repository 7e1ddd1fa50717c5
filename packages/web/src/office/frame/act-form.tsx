import type { CaseFile } from '@nansen/authority'
import type { Child } from 'hono/jsx'
import type { Problem } from '../../html/index.ts'
import type { FormValues, OfficerContext } from '../../server/context.ts'
import { caseHref, casePage, openThis } from './case-page.tsx'
import { rememberDone } from './done.ts'
import { problemsOf } from './refusal.tsx'

/** What a form's view is made from. */
export interface FormView<Values> {
  readonly context: OfficerContext
  readonly file: CaseFile
  readonly values: Values
  readonly problems: readonly Problem[]
}

/** A form about a case, by which an officer does one thing. */
export interface ActForm<Values> {
  title(context: OfficerContext): string
  /** Before anything was typed. */
  initial(context: OfficerContext, file: CaseFile): Values
  read(form: FormValues): Values
  /** What can be seen to be wrong before the office is asked. */
  check(context: OfficerContext, values: Values): readonly Problem[]
  /** @throws CaseRefusal */
  act(context: OfficerContext, caseId: string, values: Values): Promise<void>
  /** Fields of the form by the names that the office has for them. */
  readonly fields: Readonly<Record<string, string>> & { readonly other: string }
  view(view: FormView<Values>): Child
}

type Handler = (context: OfficerContext) => Promise<Response>

/** Shows the form; and does what it says, or shows it again with what was typed and what is wrong. */
export function actForm<Values>(form: ActForm<Values>): { readonly show: Handler; readonly send: Handler } {
  const page = async (context: OfficerContext, typed?: Values, problems: readonly Problem[] = []) => {
    const file = await openThis(context)
    const values = typed ?? form.initial(context, file)
    return casePage(context, file, {
      title: form.title(context),
      problems,
      main: form.view({ context, file, values, problems }),
    })
  }
  return {
    show: (context) => page(context),
    async send(context) {
      const caseId = context.param('id')
      const values = form.read(context.form)
      const problems = form.check(context, values)
      if (problems.length > 0) return page(context, values, problems)
      try {
        await form.act(context, caseId, values)
      } catch (error) {
        return page(context, values, problemsOf(context, error, form.fields))
      }
      await rememberDone(context, caseId)
      return context.redirect(caseHref(caseId))
    },
  }
}

/** Problems that are there, of several questions. */
export const those = (
  ...checks: readonly (readonly [wrong: boolean, field: string, text: string])[]
): readonly Problem[] => checks.filter(([wrong]) => wrong).map(([, field, text]) => ({ field, text }))
