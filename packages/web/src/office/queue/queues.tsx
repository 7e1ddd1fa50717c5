import {
  assignCase,
  findCase,
  parseCaseCode,
  type QueueName,
  type QueuePage,
  type QueueRow,
  queue,
  queuesOf,
  releaseCase,
} from '@nansen/authority'
import { Button, Done, Form, Heading, type Problem, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import { officePage } from '../frame/office-page.tsx'
import { officerNames } from '../frame/officer-names.ts'
import { problemsOf } from '../frame/refusal.tsx'
import { CaseList } from './case-list.tsx'
import { givesWords } from './lost-words.tsx'

/** The cases of a queue, what is due first in front. */
export const queues = (context: OfficerContext): Promise<Response> =>
  queuePage(context, { name: nameIn(context, context.query('queue')), after: context.query('after') })

const nameIn = ({ desk }: OfficerContext, asked: string): QueueName | undefined => {
  const names = queuesOf(desk.officer)
  return names.find((name) => name === asked) ?? names[0]
}

interface Shown {
  readonly name: QueueName | undefined
  readonly after?: string
  readonly problems?: readonly Problem[]
  /** Instead of the queue: what was looked for. */
  readonly found?: QueueRow
  readonly typed?: string
}

async function queuePage(context: OfficerContext, shown: Shown): Promise<Response> {
  const { name, after, problems, found, typed } = shown
  const t = context.text.office.queues
  const names = await officerNames(context)
  const page: QueuePage | undefined =
    found !== undefined
      ? { rows: [found], total: 1 }
      : name && (await queue(context.office, context.desk, name, after ? { after } : {}))
  if (page === undefined) return noQueues(context)
  return officePage(context, {
    title: t.title,
    problems,
    main: (
      <>
        {context.query('back') !== '' && <Done title={t.gaveBack} />}
        {context.query('moved') !== '' && <Done title={t.moved} />}
        <div class="beside">
          <Heading>{t.heading}</Heading>
          <Search context={context} typed={typed} problems={problems} />
        </div>
        <Tabs context={context} current={found === undefined ? name : undefined} />
        <h2 class="unseen" id="list">
          {found !== undefined ? t.found : t.names[name!]}
        </h2>
        {page.rows.length === 0 ? (
          <p class="lead empty">{t.empty[name!]}</p>
        ) : (
          <>
            <p class="hint">{t.total(page.total, longDay(context.office.clock(), context.language))}</p>
            <CaseList context={context} rows={page.rows} names={names} queue={name ?? 'mine'} />
          </>
        )}
        <Further context={context} name={name} after={after} next={page.next} />
        {givesWords(context) && (
          <p>
            <a href="/office/lost-words">{context.text.office.lostWords.heading}</a>
          </p>
        )}
      </>
    ),
  })
}

function Search({
  context,
  typed,
  problems,
}: {
  context: OfficerContext
  typed: string | undefined
  problems: readonly Problem[] | undefined
}) {
  const t = context.text.office.queues
  return (
    <search class="find">
      <Form action="/office/find" token={context.token()}>
        <TextInput
          name="code"
          label={t.search}
          hint={t.searchHint}
          value={typed}
          problems={problems}
          maxlength={60}
        />
        <Button kind="second">{t.searchButton}</Button>
      </Form>
    </search>
  )
}

function Tabs({ context, current }: { context: OfficerContext; current: QueueName | undefined }) {
  const t = context.text.office.queues
  return (
    <nav class="tabs" aria-label={t.label}>
      <ul>
        {queuesOf(context.desk.officer).map((name) => (
          <li>
            <a href={`/office?queue=${name}`} aria-current={name === current ? 'page' : undefined}>
              {t.names[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Further({
  context,
  name,
  after,
  next,
}: {
  context: OfficerContext
  name: QueueName | undefined
  after: string | undefined
  next: string | undefined
}) {
  const t = context.text.office.queues
  if (name === undefined || (!after && next === undefined)) return null
  return (
    <p class="further">
      {after && <a href={`/office?queue=${name}`}>{t.first}</a>}
      {next !== undefined && <a href={`/office?queue=${name}&after=${next}`}>{t.next}</a>}
    </p>
  )
}

/** Whoever enrols officers or reads counts has no cases. */
function noQueues(context: OfficerContext): Promise<Response> | Response {
  const { roles } = context.desk.officer
  if (roles.includes('audit')) return context.redirect('/office/statistics')
  if (roles.includes('security')) return context.redirect('/office/officers')
  const t = context.text.office.queues
  return officePage(context, {
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.noQueues}</p>
      </>
    ),
  })
}

/** By its code, and by nothing else. */
export async function find(context: OfficerContext): Promise<Response> {
  const t = context.text.office.queues
  const typed = context.form.get('code')
  const found = await findCase(context.office, context.desk, typed)
  const name = nameIn(context, '')
  if (found !== undefined) return queuePage(context, { name, found, typed })
  const text = parseCaseCode(typed) === undefined ? t.notCode : t.notFound
  return queuePage(context, { name, typed, problems: [{ field: 'code', text }] })
}

/** Takes a case, or gives one back: the button says which. */
export async function takeOrGiveBack(context: OfficerContext): Promise<Response> {
  const { office, desk, form } = context
  const [take, back] = [form.get('take'), form.get('give-back')]
  try {
    if (back !== '') {
      await releaseCase(office, desk, back)
      return context.redirect('/office?queue=mine&back=1')
    }
    await assignCase(office, desk, take)
    return context.redirect(then(form.get('then')) ?? caseHref(take))
  } catch (error) {
    const problems = problemsOf(context, error, { other: 'list' })
    return queuePage(context, { name: nameIn(context, form.get('queue')), problems })
  }
}

/** Where to after taking: a page of another case, which is not believed to be anything else. */
const then = (path: string): string | undefined =>
  /^\/office\/case\/[0-9a-f]{32}\/duplicates\?with=[0-9a-f]{32}$/.test(path) ? path : undefined
