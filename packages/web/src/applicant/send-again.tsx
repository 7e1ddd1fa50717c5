import { Actions, Button, Form, Heading, Hidden } from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { keep } from '../server/kept.ts'

/**
 * What was sent from a page that was open before somebody came in anew in this browser. It is not saved by itself: the
 * page that is open now may be another person's. Nor is it lost.
 */
export function sendAgainPage(context: Context): Response {
  const t = context.text.applicant.sendAgain
  const { fields } = keep(context)
  return context.page({
    title: t.title,
    status: 409,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        {context.file.kind !== 'none' && <p>{t.picture}</p>}
        <Form action={context.path} token={context.token()} long>
          {fields.map(([name, value]) => (
            <Hidden name={name} value={value} />
          ))}
          <Actions>
            <Button>{t.send}</Button>
            <a href="/my">{t.leave}</a>
          </Actions>
        </Form>
      </>
    ),
  })
}
