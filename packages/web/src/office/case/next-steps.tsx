import { type CaseFile, hasRoleFor } from '@nansen/authority'
import { Button, Details, Form, Hidden, LinkButton } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { caseHref } from '../frame/case-page.tsx'
import { offersOf } from './acts.ts'

/** What this officer can do here now; what they cannot says why. */
export function NextSteps({ context, file }: { context: OfficerContext; file: CaseFile }) {
  const t = context.text.office.case
  const { caseId } = file.row
  const offers = offersOf(context, file, hasRoleFor)
  const now = offers.filter(({ not }) => not === undefined)
  const next = now.filter((offer) => offer.next)
  const besides = now.filter((offer) => !offer.next)
  const later = offers.filter(({ not }) => not !== undefined)
  return (
    <section class="next-steps" aria-labelledby="next">
      <h2 id="next">{t.next.heading}</h2>
      {next.length === 0 && <p>{t.next.nothing}</p>}
      <div class="actions">
        {next.map(({ word, page }, i) => (
          <LinkButton href={caseHref(caseId, page)} {...(i > 0 && { kind: 'second' as const })}>
            {t.acts[word]}
          </LinkButton>
        ))}
      </div>
      <ul class="besides">
        {besides.map(({ word, page }) => (
          <li>
            <a href={caseHref(caseId, page)}>{t.acts[word]}</a>
          </li>
        ))}
      </ul>
      {later.length > 0 && (
        <Details summary={t.next.notNow}>
          <ul>
            {later.map(({ word, not }) => (
              <li>
                {t.acts[word]}: {t.whyNot[not!]}
              </li>
            ))}
          </ul>
        </Details>
      )}
      <Form action="/office/take" token={context.token()}>
        <Hidden name="give-back" value={caseId} />
        <Button kind="second">{t.next.giveBack}</Button>
      </Form>
    </section>
  )
}
