import {
  addBlanks as addToStock,
  type QueuePage,
  queue,
  type SolidarityLedger,
  type Stock,
  solidarityLedger,
  stock,
} from '@nansen/authority'
import { Actions, Button, Done, Form, Heading, type Problem, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { money } from '../../text/money.ts'
import { Facts } from '../frame/facts.tsx'
import { officePage } from '../frame/office-page.tsx'
import { officerNames } from '../frame/officer-names.ts'
import { problemsOf } from '../frame/refusal.tsx'
import { CaseList } from '../queue/case-list.tsx'

const MOST_AT_ONCE = 1_000

/** Papers to be made, the stock of blanks, and what was given for others. */
export const board = (context: OfficerContext): Promise<Response> => boardPage(context)

/** Takes numbered blanks into the stock. */
export async function addBlanks(context: OfficerContext): Promise<Response> {
  const { office, desk, form, text } = context
  const from = form.get('from').toUpperCase().replace(/\s/gu, '')
  const count = /^\d{1,4}$/.test(form.get('count')) ? Number(form.get('count')) : 0
  if (count < 1 || count > MOST_AT_ONCE)
    return boardPage(context, [{ field: 'count', text: text.office.production.countWrong }])
  try {
    await addToStock(office, desk, from, count)
  } catch (error) {
    return boardPage(context, problemsOf(context, error, { count: 'count', other: 'from' }))
  }
  return context.redirect('/office/production?added=1')
}

async function boardPage(context: OfficerContext, problems: readonly Problem[] = []): Promise<Response> {
  const { office, desk } = context
  const t = context.text.office.production
  const page: QueuePage = await queue(office, desk, 'production')
  const blanks = await stock(office, desk)
  const ledger = await solidarityLedger(office, desk)
  const names = await officerNames(context)
  return officePage(context, {
    title: t.title,
    problems,
    main: (
      <>
        {context.query('added') !== '' && <Done title={t.added} />}
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <h2 id="list">{t.queue}</h2>
        {page.rows.length === 0 ? (
          <p>{context.text.office.queues.empty.production}</p>
        ) : (
          <>
            <p class="hint">
              {context.text.office.queues.total(page.total, longDay(office.clock(), context.language))}
            </p>
            <CaseList context={context} rows={page.rows} names={names} queue="production" />
            {page.next !== undefined && (
              <p class="further">
                <a href="/office?queue=production">{t.toQueue}</a>
              </p>
            )}
          </>
        )}
        <div class="side-by-side">
          <Blanks context={context} blanks={blanks} problems={problems} />
          <Ledger context={context} ledger={ledger} />
        </div>
      </>
    ),
  })
}

function Blanks({
  context,
  blanks,
  problems,
}: {
  context: OfficerContext
  blanks: Stock
  problems: readonly Problem[]
}) {
  const t = context.text.office.production
  return (
    <section aria-labelledby="stock">
      <h2 id="stock">{t.stock}</h2>
      <Facts
        facts={[
          { term: t.inStock, value: String(blanks.stock) },
          { term: t.used, value: String(blanks.used) },
          { term: t.spoiled, value: String(blanks.spoiled) },
        ]}
      />
      <h3>{t.addHeading}</h3>
      <Form action="/office/production/blanks" token={context.token()}>
        <TextInput
          name="from"
          label={t.from}
          hint={t.fromHint}
          value={context.form.get('from')}
          problems={problems}
          width={10}
          maxlength={20}
        />
        <TextInput
          name="count"
          label={t.count}
          value={context.form.get('count')}
          problems={problems}
          width={4}
          inputmode="numeric"
          maxlength={4}
        />
        <Actions>
          <Button kind="second">{t.add}</Button>
        </Actions>
      </Form>
    </section>
  )
}

/** What was given for those who cannot pay, and what of it was used: sums, nobody's gift. */
export function Ledger({ context, ledger }: { context: OfficerContext; ledger: SolidarityLedger }) {
  const t = context.text.office.production
  const amount = (cents: number) => money(cents, context.language)
  return (
    <section aria-labelledby="ledger">
      <h2 id="ledger">{t.ledger}</h2>
      <Facts
        facts={[
          { term: t.given, value: amount(ledger.given) },
          { term: t.waived, value: amount(ledger.waived) },
          { term: t.balance, value: amount(ledger.balance) },
        ]}
      />
    </section>
  )
}
