import type { DayOfOfficer, Officer } from '@nansen/authority'
import { Actions, Button, Done, Form, Heading, LinkButton, type Problem, Tag } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { officePage } from '../frame/office-page.tsx'
import { plainPage } from '../frame/refusal.tsx'
import { addPending, type Pending, pendingOf } from './pending.ts'

/** Who works here, as the chain of enrolments says; and what waits for a signature. */
export function officers(context: OfficerContext): Promise<Response> {
  const { roles } = context.desk.officer
  const t = context.text.office.refused.role
  return roles.includes('security') || roles.includes('audit')
    ? officersPage(context)
    : plainPage(context, t.title, t.text, 403)
}

export async function officersPage(
  context: OfficerContext,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const t = context.text.office.officers
  const signs = context.desk.officer.roles.includes('security')
  const all = await context.office.signing.officers.list()
  const days = await context.office.signing.officers.today(context.desk.token)
  return officePage(context, {
    title: t.title,
    problems,
    main: (
      <>
        <Banner context={context} />
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        {signs && (
          <>
            <h2 id="pending">{t.pending}</h2>
            <PendingList context={context} all={all} />
            <Actions>
              <LinkButton href="/office/officers/enrol">{t.enrol}</LinkButton>
            </Actions>
          </>
        )}
        <Form action="/office/officers/end" token={context.token()}>
          <ul class="tasks">
            {all.map((officer) => (
              <li>
                <div>
                  <strong>{officer.label}</strong>
                  <p class="hint">
                    {officer.roles.map((role) => context.text.office.roles[role]).join(', ')} ·{' '}
                    {t.keys[officer.credential.kind]}
                  </p>
                  <Day
                    context={context}
                    day={days.find(({ officerId }) => officerId === officer.id)}
                    officer={officer}
                  />
                </div>
                {signs && <End context={context} officer={officer} />}
              </li>
            ))}
          </ul>
        </Form>
      </>
    ),
  })
}

/** What they opened today of what they may; and where that was not enough, that it was asked for. P8 */
function Day({
  context,
  day,
  officer,
}: {
  context: OfficerContext
  day: DayOfOfficer | undefined
  officer: Officer
}) {
  const t = context.text.office.officers
  if (day === undefined) return null
  return (
    <p>
      {t.today(day.opened, day.most)} {day.stopped && <Tag tone="bad">{t.stopped}</Tag>}{' '}
      {context.desk.officer.roles.includes('security') && (
        <a href={`/office/officers/allow/${officer.id}`}>
          {t.allow}
          <span class="unseen"> {officer.label}</span>
        </a>
      )}
    </p>
  )
}

function Banner({ context }: { context: OfficerContext }) {
  const t = context.text.office.officers
  switch (context.query('done')) {
    case 'enrol':
      return <Done title={t.done.enrol} />
    case 'end':
      return <Done title={t.done.end} />
    case 'allow':
      return <Done title={t.done.allow} />
    case 'thrown':
      return <Done title={t.thrown} />
    default:
      return null
  }
}

function End({ context, officer }: { context: OfficerContext; officer: Officer }) {
  const t = context.text.office.officers
  if (officer.id === context.desk.officer.id) return <span>{context.text.office.you}</span>
  return (
    <Button kind="second" name="officer" value={officer.id}>
      {t.end}
      <span class="unseen"> {officer.label}</span>
    </Button>
  )
}

function PendingList({ context, all }: { context: OfficerContext; all: readonly Officer[] }) {
  const t = context.text.office.officers
  const waiting = pendingOf(context.office)
  if (waiting.length === 0) return <p>{t.pendingNone}</p>
  return (
    <ul class="tasks">
      {waiting.map((pending) => (
        <li>
          <div>
            <a href={`/office/officers/pending/${pending.id}`}>
              {t.pendingOf[pending.kind](pending.label)}: {t.look}
            </a>
            <p class="hint">{signersOf(context, pending, all) || t.until}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Who has signed it so far. */
export const signersOf = (context: OfficerContext, { approvals }: Pending, all: readonly Officer[]): string =>
  approvals
    .map(({ officer }) => all.find(({ id }) => id === officer)?.label ?? '')
    .map(context.text.office.officers.signedBy)
    .join(', ')

/** Drafts the record by which an officer leaves. */
export async function end(context: OfficerContext): Promise<Response> {
  const { office, form, desk, text } = context
  const t = text.office.officers
  const all = await office.signing.officers.list()
  const officer = all.find(({ id }) => id === form.get('officer'))
  if (officer === undefined) return context.notFound()
  if (officer.id === desk.officer.id) return officersPage(context, [{ field: 'pending', text: t.self }])
  const draft = await office.signing.officers.draftEnrolment({ kind: 'end', officerId: officer.id })
  const { id } = addPending(office, { kind: 'end', label: officer.label, ...draft })
  return context.redirect(`/office/officers/pending/${id}`)
}
