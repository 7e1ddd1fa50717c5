import { CaseRefusal } from '@nansen/authority'
import { Actions, Heading, LinkButton, type Problem } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { officePage } from './office-page.tsx'

type Handler = (context: OfficerContext) => Promise<Response> | Response

/**
 * A page whose refusals are pages too: not signed in any more, not this officer's case, enough for today, not their part,
 * a case that somebody altered. What else is refused is told beside a form, by {@link problemsOf}.
 */
export const refusing =
  (handler: Handler): Handler =>
  async (context) => {
    try {
      return await handler(context)
    } catch (error) {
      const page = await refusalPage(context, error)
      if (page === undefined) throw error
      return page
    }
  }

/** The code of what the office or the key service says no to; undefined for what is a bug or an outage. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error instanceof CaseRefusal || error.name === 'SigningRefusal' ? error.code : undefined
}

async function refusalPage(context: OfficerContext, error: unknown): Promise<Response | undefined> {
  const code = codeOf(error)
  const t = context.text.office.refused
  switch (code) {
    case 'officer.session':
      return context.redirect('/office/sign-in?over=1')
    // One answer for what is not there and for what is another's. P8
    case 'case.unknown':
    case 'case.not-assigned':
      return plainPage(context, t.notYours.title, t.notYours.text, 404)
    case 'case.budget': {
      const { most } = await context.office.signing.officers.openings(context.desk.token)
      context.options.report('office.budget')
      return plainPage(context, t.budget.title, t.budget.text(most), 429)
    }
    case 'officer.role':
      return plainPage(context, t.role.title, t.role.text, 403)
    case 'case.altered':
      context.options.report('office.altered')
      return plainPage(context, t.altered.title, t.altered.text, 409)
    default:
      return undefined
  }
}

export const plainPage = (
  context: OfficerContext,
  title: string,
  text: string,
  status: 403 | 404 | 409 | 429,
): Promise<Response> =>
  officePage(context, {
    title,
    status,
    main: (
      <>
        <Heading>{title}</Heading>
        <p class="lead">{text}</p>
        <Actions>
          <LinkButton href="/office" kind="second">
            {context.text.office.toQueues}
          </LinkButton>
        </Actions>
      </>
    ),
  })

/** Codes that are pages of their own, wherever they come from. */
const PAGES: readonly string[] = [
  'officer.session',
  'case.not-assigned',
  'case.budget',
  'officer.role',
  'case.altered',
]

/**
 * What the office says no to, as what is wrong with a form.
 * @param fields ids of the form's fields by the name that the office has for them; `other` where it names none
 * @throws what is no refusal, or one that is a page
 */
export function problemsOf(
  context: OfficerContext,
  error: unknown,
  fields: Readonly<Record<string, string>> & { readonly other: string },
): readonly Problem[] {
  const code = codeOf(error)
  if (code === undefined || PAGES.includes(code)) throw error
  const refusals: Readonly<Record<string, string>> = context.text.office.refusals
  const named = error instanceof CaseRefusal ? error.field : undefined
  return [
    {
      field: fields[named ?? ''] ?? fields.other,
      text: refusals[code] ?? context.text.office.refusals.other,
    },
  ]
}
