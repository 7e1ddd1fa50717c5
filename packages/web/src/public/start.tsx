import { Actions, Heading, LinkButton } from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { fees } from '../text/money.ts'
import { Bullets } from './bullets.tsx'

/** The first page: what this is, who will see what, what is never asked, what it costs. */
export function start(context: Context): Response {
  const { start: t } = context.text.public
  const signedIn = context.session.content?.door !== undefined
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <p>{t.nothing}</p>
        <Actions>
          {signedIn ? (
            <LinkButton href="/my">{t.goOn}</LinkButton>
          ) : (
            <>
              <LinkButton href="/begin">{t.begin}</LinkButton> <a href="/enter">{t.enter}</a>
            </>
          )}
        </Actions>
        <p>
          <a href="/about">{t.safe}</a>
        </p>
        <h2>{t.how.heading}</h2>
        <ol class="steps">
          {t.how.steps.map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <h2>{t.who.heading}</h2>
        <dl class="facts">
          {t.who.rows.map(([when, who]) => (
            <div>
              <dt>{when}</dt>
              <dd>{who}</dd>
            </div>
          ))}
        </dl>
        <Bullets {...t.never} />
        <Bullets {...t.neverDo} />
        <Bullets {...t.need} />
        <h2>{t.time.heading}</h2>
        <p>{t.time.text}</p>
        <h2>{t.cost.heading}</h2>
        <p>{t.cost.text(...fees(context.language))}</p>
        <p>{t.cost.free}</p>
      </>
    ),
  })
}
