import { readDraft } from '@nansen/authority'
import { Form, Heading, type Problem, Radios } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { fees, money } from '../text/money.ts'
import { onward, save } from './draft.ts'
import { AskedFor, SaveButtons } from './parts.tsx'

/** What can be given for others, in cents. */
const GIFTS = [0, 500, 1_000, 2_500, 5_000]

interface Values {
  readonly waiver: boolean
  readonly solidarity: number
}

export async function fee(context: ApplicantContext): Promise<Response> {
  return page(context, await readDraft(context.office, context.door), [])
}

export async function feePost(context: ApplicantContext): Promise<Response> {
  const waiver = context.form.get('waiver') === 'cannot'
  const gift = GIFTS.find((cents) => String(cents) === context.form.get('solidarity')) ?? 0
  const values: Values = { waiver, solidarity: gift }
  const { problems } = await save(context, { tasks: ['fee'] }, (draft) => ({ ...draft, ...values }))
  return problems.length > 0 ? page(context, values, problems) : onward(context, '/my/check')
}

function page(context: ApplicantContext, values: Values, problems: readonly Problem[]): Response {
  const t = context.text.applicant.fee
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my/meeting' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead(...fees(context.language))}</p>
        <AskedFor context={context} words={t} who={t.seen} />
        <Form action={context.path} token={context.token()}>
          <Radios
            name="waiver"
            label={t.waiver}
            value={values.waiver ? 'cannot' : 'pay'}
            problems={problems}
            choices={[
              { value: 'pay', text: t.pay },
              { value: 'cannot', text: t.cannot, hint: t.cannotHint },
            ]}
          />
          <Radios
            name="solidarity"
            label={t.solidarity}
            hint={t.solidarityHint}
            value={String(values.solidarity)}
            choices={GIFTS.map((cents) => ({
              value: String(cents),
              text: cents === 0 ? t.nothing : money(cents, context.language),
            }))}
          />
          <SaveButtons context={context} />
        </Form>
      </>
    ),
  })
}
