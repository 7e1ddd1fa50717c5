import { Heading, Inset } from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { Bullets } from './bullets.tsx'

/** The limits, said plainly. */
export function about(context: Context): Response {
  const { about: t } = context.text.public
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Bullets {...t.cannot} />
        <Bullets {...t.can} />
        <Inset>
          <p>{t.onion}</p>
        </Inset>
        <h2>{t.kept.heading}</h2>
        <p>{t.kept.text}</p>
      </>
    ),
  })
}
