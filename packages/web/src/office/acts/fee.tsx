import { type FeeEntry, feesOf, payFee, waiveFee } from '@nansen/authority'
import { Actions, Button, Form, Heading, type Problem, Table, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { money } from '../../text/money.ts'
import { caseHref, casePage, openThis } from '../frame/case-page.tsx'
import { problemsOf } from '../frame/refusal.tsx'

/** What the case costs, what was paid, waived or given: a receipt by hand. */
export const fee = (context: OfficerContext): Promise<Response> => feePage(context)

/** Records a payment, or waives what is open: the button says which. */
export async function settleFee(context: OfficerContext): Promise<Response> {
  const { office, desk, form } = context
  const caseId = context.param('id')
  try {
    if (form.get('do') === 'waive') await waiveFee(office, desk, caseId)
    else await payFee(office, desk, caseId, { receipt: form.get('receipt') })
  } catch (error) {
    return feePage(context, problemsOf(context, error, { other: 'receipt' }))
  }
  return context.redirect(caseHref(caseId, 'fee'))
}

async function feePage(context: OfficerContext, problems: readonly Problem[] = []): Promise<Response> {
  const { language, office, desk } = context
  const file = await openThis(context)
  const { caseId } = file.row
  const { entries, open } = await feesOf(office, desk, caseId)
  const t = context.text.office.fee
  const may = (act: 'pay-fee' | 'waive-fee') => open > 0 && file.mayDo.includes(act)
  return casePage(context, file, {
    title: t.title,
    problems,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{open > 0 ? t.open(money(open, language)) : t.settled}</p>
        {entries.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <Table
            caption={t.entries}
            columns={[
              { head: t.day, cell: ({ day }: FeeEntry) => longDay(day, language) },
              { head: t.kind, cell: ({ kind }: FeeEntry) => t.kinds[kind] },
              { head: t.amount, cell: ({ amount }: FeeEntry) => money(amount, language), numeric: true },
            ]}
            rows={entries}
          />
        )}
        {(may('pay-fee') || may('waive-fee')) && (
          <Form action={caseHref(caseId, 'fee')} token={context.token()}>
            {may('pay-fee') && (
              <TextInput
                name="receipt"
                label={t.receipt}
                hint={t.receiptHint}
                value={context.form.get('receipt')}
                problems={problems}
                width={20}
                maxlength={40}
              />
            )}
            <Actions>
              {may('pay-fee') && (
                <Button name="do" value="pay">
                  {t.pay}
                </Button>
              )}
              {may('waive-fee') && (
                <Button kind="second" name="do" value="waive">
                  {t.waive}
                </Button>
              )}
            </Actions>
          </Form>
        )}
      </>
    ),
  })
}
