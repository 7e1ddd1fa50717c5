import { type CaseFile, decideSecond, decisionOver, type ToBeSigned } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, TextArea } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { caseHref, casePage, openThis } from '../frame/case-page.tsx'
import { officerNames } from '../frame/officer-names.ts'
import { plainPage, problemsOf } from '../frame/refusal.tsx'
import { approvalOf } from './approval-of.ts'
import { digestOf, Exact } from './exact.tsx'
import { Decided } from './preview.tsx'
import { SignForm, signLabel } from './sign-form.tsx'

/** The second decision: over the very bytes that the first officer signed. P1 */
export async function second(context: OfficerContext): Promise<Response> {
  return secondPage(context)
}

/** Agrees, with a signature over what was shown. */
export async function agree(context: OfficerContext): Promise<Response> {
  const { office, desk, form, text } = context
  const caseId = context.param('id')
  try {
    const { text: now, challenge } = await decisionOver(office, desk, caseId)
    if (form.get('seen') !== digestOf(now))
      return secondPage(context, [{ field: 'signature', text: text.office.refusals['decision.changed'] }])
    const approval = await approvalOf(context, challenge)
    if (approval === undefined)
      return secondPage(context, [{ field: 'signature', text: text.office.signature.missing }])
    await decideSecond(office, desk, caseId, { agree: true, reason: '' }, approval)
  } catch (error) {
    return secondPage(context, problemsOf(context, error, { other: 'signature' }))
  }
  return context.redirect('/office?queue=second&moved=1')
}

/** Gives it back for another first decision, and says why. */
export async function giveBack(context: OfficerContext): Promise<Response> {
  const { office, desk, form, text } = context
  const reason = form.get('reason')
  if (reason === '') return secondPage(context, [{ field: 'reason', text: text.office.second.noReason }])
  try {
    await decideSecond(office, desk, context.param('id'), { agree: false, reason }, undefined)
  } catch (error) {
    return secondPage(context, problemsOf(context, error, { other: 'reason' }))
  }
  return context.redirect('/office?queue=second&moved=1')
}

async function secondPage(context: OfficerContext, problems: readonly Problem[] = []): Promise<Response> {
  const file = await openThis(context)
  const t = context.text.office
  if (file.decision === undefined || file.row.status !== 'second')
    return plainPage(context, t.preview.headingSecond, t.refusals['case.status'], 409)
  let signed: ToBeSigned | undefined
  let told = problems
  try {
    signed = await decisionOver(context.office, context.desk, file.row.caseId)
  } catch (error) {
    told = told.length > 0 ? told : problemsOf(context, error, { other: 'signature' })
  }
  return view(context, file, signed, told)
}

async function view(
  context: OfficerContext,
  file: CaseFile,
  signed: ToBeSigned | undefined,
  problems: readonly Problem[],
): Promise<Response> {
  const t = context.text.office
  const decision = file.decision!
  const names = await officerNames(context)
  const { rpId } = await context.office.signing.officers.rootOf()
  const deed = decision.decision === 'approve' ? t.second.agree : t.second.agreeRefuse
  return casePage(context, file, {
    title: t.preview.title,
    problems,
    script: 'office.js',
    main: (
      <>
        <Heading>{t.preview.headingSecond}</Heading>
        <p class="lead">{t.preview.first(names(decision.by), longDay(decision.at, context.language))}</p>
        <Decided context={context} file={file} decision={decision} />
        <Exact
          context={context}
          text={signed?.text ?? decision.text}
          title={decision.decision === 'approve' ? t.preview.order : t.preview.orderRefuse}
        />
        <h2>{t.second.agreeHeading}</h2>
        <SignForm
          context={context}
          action={caseHref(file.row.caseId, 'second')}
          challenge={signed?.challenge ?? ''}
          rpId={rpId}
          fields={[['seen', signed === undefined ? '' : digestOf(signed.text)]]}
          problems={problems}
          label={signLabel(context, deed)}
          not={signed === undefined ? problems[0]?.text : undefined}
        />
        <h2>{t.second.returnHeading}</h2>
        <Form action={caseHref(file.row.caseId, 'second/return')} token={context.token()}>
          <TextArea
            name="reason"
            label={t.second.reason}
            hint={t.second.reasonHint}
            value={context.form.get('reason')}
            problems={problems}
            rows={4}
          />
          <Actions>
            <Button kind="second">{t.second.return}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}
