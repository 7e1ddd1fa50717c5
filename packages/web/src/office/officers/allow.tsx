import { type DayOfOfficer, MOST_OPENINGS, type Officer } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { those } from '../frame/act-form.tsx'
import { officePage } from '../frame/office-page.tsx'
import { addPending } from './pending.ts'

/** An officer has read as many cases as they may today, and has reason to read more: two security officers allow it. P8 */
export const allow = (context: OfficerContext): Promise<Response> =>
  withDay(context, (day) => allowPage(context, day))

/** Drafts the record that allows it, for today. */
export const draftAllowance = (context: OfficerContext): Promise<Response> =>
  withDay(context, async (today) => {
    const { office, form, text } = context
    const { officer, most } = today
    const openings = /^\d{1,4}$/.test(form.get('openings')) ? Number(form.get('openings')) : 0
    if (openings <= most || openings > MOST_OPENINGS) {
      const wrong = text.office.officers.openingsWrong(most + 1, MOST_OPENINGS)
      return allowPage(context, today, those([true, 'openings', wrong]))
    }
    const day = office.clock().toISOString().slice(0, 10)
    const change = { kind: 'allow', officerId: officer.id, day, openings } as const
    const draft = await office.signing.officers.draftEnrolment(change)
    const { id } = addPending(office, { kind: 'allow', label: officer.label, ...draft })
    return context.redirect(`/office/officers/pending/${id}`)
  })

/** What an officer opened and may open today, as it stands now. */
type Today = DayOfOfficer & { readonly officer: Officer }

async function withDay(context: OfficerContext, work: (day: Today) => Promise<Response>): Promise<Response> {
  const { officers } = context.office.signing
  const wanted = context.param('officer')
  const officer = (await officers.list()).find(({ id }) => id === wanted)
  const day = (await officers.today(context.desk.token)).find(({ officerId }) => officerId === wanted)
  return officer === undefined || day === undefined ? context.notFound() : work({ ...day, officer })
}

async function allowPage(
  context: OfficerContext,
  { officer, opened, most }: Today,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { office, text, language } = context
  const t = text.office.officers
  return officePage(context, {
    title: t.allowTitle,
    back: { href: '/office/officers' },
    problems,
    main: (
      <>
        <Heading>{t.allowHeading(officer.label)}</Heading>
        <p class="lead">{t.allowLead(longDay(office.clock(), language))}</p>
        <p>{t.today(opened, most)}</p>
        <Form action={context.path} token={context.token()}>
          <TextInput
            name="openings"
            label={t.openings}
            hint={t.openingsHint}
            value={context.form.get('openings')}
            problems={problems}
            width={4}
            inputmode="numeric"
          />
          <Actions>
            <Button>{t.allow}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}
