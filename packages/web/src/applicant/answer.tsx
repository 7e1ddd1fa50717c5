import { answerRequest, type HolderCase, type HolderRequest } from '@nansen/authority'
import {
  Actions,
  Button,
  FileInput,
  Form,
  Heading,
  Inset,
  type Problem,
  TaskList,
  TextArea,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDayOf } from '../text/dates.ts'
import { forgetAnswers, keepAnswer, keptAnswers, putAway, takeOut } from './kept-answers.ts'
import { pictureProblem } from './picture-problem.ts'
import { caseIn } from './status.tsx'

interface Asked {
  readonly holder: HolderCase
  readonly request: HolderRequest
}

/** The open request of a case, or the answer to give where there is none. */
async function askedOf(context: ApplicantContext): Promise<Asked | Response> {
  const holder = await caseIn(context)
  if (holder === undefined) return context.notFound()
  const { request } = holder
  if (request !== undefined && request.items.length > 0) return { holder, request }
  const t = context.text.applicant.answer
  return context.page({
    title: t.title,
    back: { href: `/my/case/${holder.caseId}` },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p>{request === undefined ? t.notOpen : context.text.applicant.status.words.askAgain}</p>
      </>
    ),
  })
}

/** What the office asks for, point by point, and which of them are answered. */
export async function answer(context: ApplicantContext): Promise<Response> {
  const asked = await askedOf(context)
  return asked instanceof Response ? asked : list(context, asked)
}

/** Sends all answers at once. Sent twice, they arrive once. P26 */
export async function answerPost(context: ApplicantContext): Promise<Response> {
  const asked = await askedOf(context)
  if (asked instanceof Response) return asked
  const { holder, request } = asked
  const t = context.text.applicant.answer
  const kept = keptAnswers(context, request.id)
  const missing = request.items.flatMap((_, item) =>
    kept.has(item) ? [] : [{ field: `item-${item}`, text: t.missing(item + 1) }],
  )
  if (missing.length > 0) return list(context, asked, missing)
  const answers = await Promise.all(
    [...kept].map(async ([item, { text, file }]) => {
      const bytes = file === undefined ? undefined : await takeOut(context, file)
      return { item, text, ...(bytes && { file: bytes }) }
    }),
  )
  await answerRequest(context.office, context.door, holder.caseId, request.id, answers)
  await forgetAnswers(context, request.id)
  return context.redirect(`/my/case/${holder.caseId}`)
}

function list(
  context: ApplicantContext,
  { holder, request }: Asked,
  problems: readonly Problem[] = [],
): Response {
  const t = context.text.applicant.answer
  const kept = keptAnswers(context, request.id)
  const here = `/my/case/${holder.caseId}/answer`
  return context.page({
    title: t.title,
    problems,
    back: { href: `/my/case/${holder.caseId}` },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <p>{t.by(longDayOf(request.due, context.language))}</p>
        <TaskList
          tasks={request.items.map(({ text }, item) => ({
            id: `item-${item}`,
            name: t.item(item + 1),
            href: `${here}/${item}`,
            hint: <span lang={languageOf(holder, request)}>{text}</span>,
            state: kept.has(item)
              ? { text: t.states.done, tone: 'good' }
              : { text: t.states['not-begun'], tone: 'plain' },
          }))}
        />
        <Inset>
          <p>{t.kept}</p>
        </Inset>
        <Form action={here} token={context.token()}>
          <Actions>
            <Button>{t.send}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

/** The request's letter says in which language it was written. */
const languageOf = ({ letters }: HolderCase, request: HolderRequest): string | undefined =>
  letters.find(({ content }) => content.request === request.id)?.content.language

/** One point. */
export async function answerItem(context: ApplicantContext): Promise<Response> {
  const asked = await askedOf(context)
  return asked instanceof Response ? asked : itemPage(context, asked)
}

export async function answerItemPost(context: ApplicantContext): Promise<Response> {
  const asked = await askedOf(context)
  if (asked instanceof Response) return asked
  const { holder, request } = asked
  const item = itemOf(context, request)
  if (item === undefined) return context.notFound()
  const t = context.text.applicant
  const text = context.form.get('text')
  const before = keptAnswers(context, request.id).get(item)
  if (context.file.kind === 'too-large')
    return itemPage(context, asked, [{ field: 'file', text: t.pictures['picture.too-large'] }])
  if ([...text].length > LONGEST) return itemPage(context, asked, [{ field: 'text', text: t.answer.tooLong }])
  if (text === '' && context.file.kind === 'none' && before?.file === undefined)
    return itemPage(context, asked, [{ field: 'text', text: t.answer.empty }])
  let file = before?.file
  if (context.file.kind === 'file') {
    try {
      file = await putAway(context, await context.office.pictures.picture(context.file.bytes))
    } catch (error) {
      const sentence = pictureProblem(error, context.text)
      if (sentence === undefined) throw error
      // What was written is kept all the same.
      if (text !== '') await keepAnswer(context, request.id, item, { text, file: before?.file })
      return itemPage(context, asked, [{ field: 'file', text: sentence }])
    }
  }
  await keepAnswer(context, request.id, item, { text, file })
  return context.redirect(`/my/case/${holder.caseId}/answer`)
}

/** Characters: as much as the office takes. */
const LONGEST = 10_000

function itemOf(context: ApplicantContext, request: HolderRequest): number | undefined {
  const item = /^\d{1,2}$/u.test(context.param('item')) ? Number(context.param('item')) : -1
  return request.items[item] === undefined ? undefined : item
}

function itemPage(context: ApplicantContext, asked: Asked, problems: readonly Problem[] = []): Response {
  const { holder, request } = asked
  const item = itemOf(context, request)
  if (item === undefined) return context.notFound()
  const t = context.text.applicant.answer
  const kept = keptAnswers(context, request.id).get(item)
  return context.page({
    title: t.title,
    problems,
    status: context.file.kind === 'too-large' ? 413 : undefined,
    back: { href: `/my/case/${holder.caseId}/answer` },
    main: (
      <>
        <Heading above={t.item(item + 1)}>{t.itemHeading}</Heading>
        <Inset lang={languageOf(holder, request)}>
          <p class="letter">{request.items[item]!.text}</p>
        </Inset>
        <Form action={context.path} token={context.token()} upload>
          <TextArea
            name="text"
            label={t.text}
            hint={t.textHint}
            value={context.method === 'POST' ? context.form.get('text') : kept?.text}
            problems={problems}
          />
          <FileInput
            name="file"
            label={t.file}
            hint={kept?.file === undefined ? t.fileHint : `${t.fileHint} ${t.haveFile}`}
            problems={problems}
          />
          <Actions>
            <Button>{t.keep}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}
