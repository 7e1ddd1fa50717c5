import type { DayOfOfficer, Officer } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { those } from '../frame/act-form.tsx'
import { officePage } from '../frame/office-page.tsx'
import { opensCases } from '../frame/opens-cases.ts'
import { addPending } from './pending.ts'

/** More is a matter for more people than two; the key service has the same limit. */
const MOST = 1000

/** An officer has read as many cases as they may today, and has reason to read more: two security officers allow it. P8 */
export const allow = (context: OfficerContext): Promise<Response> =>
  withOfficer(context, (officer) => allowPage(context, officer))

/** Drafts the record that allows it, for today. */
export const draftAllowance = (context: OfficerContext): Promise<Response> =>
  withOfficer(context, async (officer) => {
    const { office, form, text } = context
    const least = (await dayOf(context, officer)).most + 1
    const openings = numberIn(form.get('openings'), least)
    if (openings === undefined) {
      const wrong = text.office.officers.openingsWrong(least, MOST)
      return allowPage(context, officer, those([true, 'openings', wrong]))
    }
    const day = office.clock().toISOString().slice(0, 10)
    const change = { kind: 'allow', officerId: officer.id, day, openings } as const
    const draft = await office.signing.officers.draftEnrolment(change)
    const { id } = addPending(office, { kind: 'allow', label: officer.label, ...draft })
    return context.redirect(`/office/officers/pending/${id}`)
  })

function numberIn(text: string, least: number): number | undefined {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return number >= least && number <= MOST ? number : undefined
}

/** What they opened and may open today, as it stands now. */
async function dayOf({ office, desk }: OfficerContext, { id }: Officer): Promise<DayOfOfficer> {
  const days = await office.signing.officers.today(desk.token)
  return days.find(({ officerId }) => officerId === id)!
}

async function withOfficer(
  context: OfficerContext,
  work: (officer: Officer) => Promise<Response>,
): Promise<Response> {
  const all = await context.office.signing.officers.list()
  const officer = all.find(({ id }) => id === context.param('officer'))
  return officer !== undefined && opensCases(officer) ? work(officer) : context.notFound()
}

async function allowPage(
  context: OfficerContext,
  officer: Officer,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const { office, text, language } = context
  const t = text.office.officers
  const { opened, most } = await dayOf(context, officer)
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
