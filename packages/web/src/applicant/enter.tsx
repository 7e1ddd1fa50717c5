import { encodeDoor, enter as enterDoor, normalisePassphrase } from '@nansen/authority'
import {
  Actions,
  Button,
  Details,
  Form,
  Heading,
  Hidden,
  Inset,
  type Problem,
  TextArea,
} from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { hiddenOf, type Kept, keptOf } from '../server/kept.ts'

export interface EnterView {
  readonly problems?: readonly Problem[]
  /** What is saved as soon as they are in. */
  readonly kept?: Kept | undefined
  readonly status?: 401
}

/** Where the seven words are typed. What was typed is not shown again: it is a key. */
export function enterPage(context: Context, { problems, kept, status }: EnterView = {}): Response {
  const t = context.text.applicant.enter
  return context.page({
    title: t.title,
    problems,
    status,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        {kept !== undefined ? (
          <Inset>
            <p>{t.kept}</p>
          </Inset>
        ) : (
          context.query('over') !== '' && (
            <Inset>
              <p>{t.over}</p>
            </Inset>
          )
        )}
        <Form action="/enter" token={context.token()} long={kept !== undefined}>
          {kept !== undefined && hiddenOf(kept).map(([name, value]) => <Hidden name={name} value={value} />)}
          <TextArea name="words" label={t.label} hint={t.hint} rows={3} problems={problems} />
          <Actions>
            <Button>{t.next}</Button>
            <a href="/begin">{t.none}</a>
          </Actions>
        </Form>
        <Details summary={t.lost}>
          <p>{t.lostText}</p>
        </Details>
      </>
    ),
  })
}

export const enterGet = (context: Context): Response => enterPage(context)

/**
 * Words that open a page and words that open none are answered alike, with a session each, and in the same time: only
 * the next page, which is somebody's own, says which they were. P11
 */
export async function enterPost(context: Context): Promise<Response> {
  const t = context.text.applicant.enter
  const kept = keptOf(context.form)
  const words = context.form.get('words')
  const problem = (text: string) => enterPage(context, { problems: [{ field: 'words', text }], kept })
  if (words === '') return problem(t.empty)
  if (normalisePassphrase(words) === undefined) return problem(t.shape)
  // Whoever was signed in here before is not any more.
  await context.session.end()
  const door = await enterDoor(context.office, words)
  const content = door === undefined ? { miss: true } : { door: encodeDoor(door) }
  await context.session.begin(kept === undefined ? content : { ...content, kept })
  return context.redirect('/my')
}
