import { Actions, Heading, Inset, LinkButton } from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { Bullets } from './bullets.tsx'

/** What the way out does, and what remains all the same. */
export function leaving(context: Context): Response {
  const { leaving: t } = context.text.public
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Bullets {...t.does} />
        <Bullets {...t.remains} />
        <Inset>
          <p>{t.tor}</p>
        </Inset>
        <Actions>
          <LinkButton href="/exit">{t.leave}</LinkButton>
        </Actions>
      </>
    ),
  })
}
