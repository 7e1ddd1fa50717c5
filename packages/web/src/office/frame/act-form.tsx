import type { CaseFile } from '@nansen/authority'
import type { Child } from 'hono/jsx'
import { Actions, Button, Form, Heading, type Problem } from '../../html/index.ts'
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

/** What stands around the fields. */
export interface FormWords {
  readonly title: string
  readonly heading: string
  readonly lead?: string
  /** On the button. */
  readonly save: string
}

/** A form about a case, by which an officer does one thing. */
export interface ActForm<Values> {
  words(context: OfficerContext, file: CaseFile): FormWords
  /** Before anything was typed. */
  initial(context: OfficerContext, file: CaseFile): Values
  read(form: FormValues): Values
  /** What can be seen to be wrong before the office is asked. */
  check(context: OfficerContext, values: Values): readonly Problem[]
  /** @throws CaseRefusal */
  act(context: OfficerContext, caseId: string, values: Values): Promise<void>
  /** Fields of the form by the names that the office has for them; `save` is the button. */
  readonly fields: Readonly<Record<string, string>> & { readonly other: string }
  /** What an officer reads first. */
  before?(view: FormView<Values>): Child
  inputs?(view: FormView<Values>): Child
  /** Why this officer cannot send it now. */
  against?(view: FormView<Values>): string | undefined
}

type Handler = (context: OfficerContext) => Promise<Response>

/** Shows the form; and does what it says, or shows it again with what was typed and what is wrong. */
export function actForm<Values>(form: ActForm<Values>): { readonly show: Handler; readonly send: Handler } {
  const page = async (context: OfficerContext, typed?: Values, problems: readonly Problem[] = []) => {
    const file = await openThis(context)
    const values = typed ?? form.initial(context, file)
    const words = form.words(context, file)
    return casePage(context, file, {
      title: words.title,
      problems,
      main: pageOf(form, words, { context, file, values, problems }),
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

/** Heading, what to know first, the fields and one button. It is sent to where it is shown. */
function pageOf<Values>(form: ActForm<Values>, words: FormWords, view: FormView<Values>): Child {
  const { context } = view
  const against = form.against?.(view)
  return (
    <>
      <Heading>{words.heading}</Heading>
      {words.lead && <p class="lead">{words.lead}</p>}
      {form.before?.(view)}
      <Form action={context.path} token={context.token()}>
        {form.inputs?.(view)}
        <Actions>
          <Button id="save" disabled={against !== undefined} describedBy={against && 'why-not'}>
            {words.save}
          </Button>
          {against && (
            <span class="hint" id="why-not">
              {against}
            </span>
          )}
        </Actions>
      </Form>
    </>
  )
}

/** Problems that are there, of several questions. */
export const those = (
  ...checks: readonly (readonly [wrong: boolean, field: string, text: string])[]
): readonly Problem[] => checks.filter(([wrong]) => wrong).map(([, field, text]) => ({ field, text }))
