import { hash } from 'node:crypto'
import type { Officer } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDayOf } from '../../text/dates.ts'
import { approvalOf } from '../decision/approval-of.ts'
import { SignForm, signLabel } from '../decision/sign-form.tsx'
import { type Fact, Facts } from '../frame/facts.tsx'
import { officePage } from '../frame/office-page.tsx'
import { codeOf, plainPage } from '../frame/refusal.tsx'
import { officersPage } from './officers.tsx'
import { dropPending, type Pending, pendingNamed, signPending } from './pending.ts'

/** One record of the chain, to be signed by two security officers, each at their own desk. P1 */
export const record = (context: OfficerContext): Promise<Response> =>
  withPending(context, (pending) => recordPage(context, pending))

/** The first signature is kept; with the second one the record goes to the key service, which verifies both. */
export const signRecord = (context: OfficerContext): Promise<Response> =>
  withPending(context, async (pending) => {
    const { office, desk, text } = context
    if (pending.approvals.some(({ officer }) => officer === desk.officer.id))
      return recordPage(context, pending)
    const approval = await approvalOf(context, pending.challenge)
    if (approval === undefined)
      return recordPage(context, pending, [{ field: 'signature', text: text.office.signature.missing }])
    const { approvals } = signPending(office, pending, approval)
    const [first, second] = approvals
    if (first === undefined || second === undefined)
      return context.redirect(`/office/officers/pending/${pending.id}`)
    // Whatever becomes of it, this record is over: signed, or without a place in the chain.
    dropPending(office, pending)
    try {
      await office.signing.officers.enrol(pending.record, [first, second])
    } catch (error) {
      if (codeOf(error) === undefined) throw error
      return officersPage(context, [{ field: 'pending', text: text.office.officers.changed }])
    }
    return context.redirect(`/office/officers?done=${pending.kind}`)
  })

export const throwAway = (context: OfficerContext): Promise<Response> =>
  withPending(context, async (pending) => {
    dropPending(context.office, pending)
    return context.redirect('/office/officers?done=thrown')
  })

async function withPending(
  context: OfficerContext,
  work: (pending: Pending) => Promise<Response>,
): Promise<Response> {
  const pending = pendingNamed(context.office, context.param('pending'))
  const t = context.text.office.officers
  return pending === undefined ? plainPage(context, t.signTitle, t.gone, 404) : work(pending)
}

async function recordPage(
  context: OfficerContext,
  pending: Pending,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const t = context.text.office
  const { rpId } = await context.office.signing.officers.rootOf()
  const all = await context.office.signing.officers.list()
  const text = new TextDecoder().decode(pending.record)
  const href = `/office/officers/pending/${pending.id}`
  const [first] = pending.approvals
  const mine = first?.officer === context.desk.officer.id
  const firstLabel = all.find(({ id }) => id === first?.officer)?.label ?? ''
  return officePage(context, {
    title: t.officers.signTitle,
    back: { href: '/office/officers' },
    problems,
    script: 'office.js',
    main: (
      <>
        <Heading>{t.officers.signHeading[pending.kind]}</Heading>
        <p class="lead">
          {first === undefined
            ? t.officers.first
            : mine
              ? t.officers.signedAlready
              : t.officers.second(firstLabel)}
        </p>
        <h2>{t.officers.record}</h2>
        <Facts facts={factsOf(context, text, pending)} />
        <h3>{t.officers.exact}</h3>
        <pre class="exact">{text}</pre>
        <h3>{t.preview.digest}</h3>
        <p class="digest">{hash('sha256', pending.record)}</p>
        {!mine && (
          <SignForm
            context={context}
            action={href}
            challenge={pending.challenge}
            rpId={rpId}
            fields={[]}
            problems={problems}
            label={signLabel(context)}
          />
        )}
        <Form action={`${href}/throw-away`} token={context.token()}>
          <Actions>
            <Button kind="second">{t.officers.cancel}</Button>
          </Actions>
        </Form>
        <p class="hint">{t.officers.until}</p>
      </>
    ),
  })
}

interface RecordText {
  readonly seq: number
  readonly previous: string
  readonly officer?: Officer
  readonly day?: string
  readonly openings?: number
}

function factsOf(context: OfficerContext, text: string, { label }: Pending): readonly Fact[] {
  const t = context.text.office
  const { seq, previous, officer, day, openings } = JSON.parse(text) as RecordText
  return [
    { term: t.officers.name, value: label },
    ...(officer === undefined
      ? []
      : [
          { term: t.officers.roles, value: officer.roles.map((role) => t.roles[role]).join(', ') },
          { term: t.officers.key, value: t.officers.keys[officer.credential.kind] },
          {
            term: t.officers.credential,
            value: (
              <span class="digest">
                {hash('sha256', Buffer.from(officer.credential.publicKey, 'base64url'))}
              </span>
            ),
          },
        ]),
    ...(day === undefined
      ? []
      : [
          { term: t.officers.day, value: longDayOf(day, context.language) },
          { term: t.officers.openings, value: String(openings) },
        ]),
    { term: t.officers.seq, value: String(seq) },
    { term: t.officers.previous, value: <span class="digest">{previous}</span> },
  ]
}
