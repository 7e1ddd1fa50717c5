import {
  casesMovedOn,
  casesOf,
  type Draft,
  draftProblems,
  readDraft,
  type Task,
  tasksOf,
} from '@nansen/authority'
import { Heading, TaskList, type TaskRow, Warning } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDay } from '../text/dates.ts'
import { calledIn } from './draft.ts'
import { statusPage } from './status.tsx'

/** Where somebody is: what there is to do before it is handed in, where it stands afterwards. */
export async function home(context: ApplicantContext): Promise<Response> {
  const { door, office } = context
  const cases = may(context, 'status', 'answer') ? await casesOf(office, door) : []
  if (cases.length > 0) return statusPage(context, cases)
  const movedOn = await casesMovedOn(office, door)
  if (!may(context, 'draft')) return nothing(context, movedOn)
  return tasks(context, await readDraft(office, door), movedOn)
}

/** That the cases of this page went to another: it may have been somebody else who asked for that. */
function MovedAway({ context, on }: { context: ApplicantContext; on: Date | undefined }) {
  if (on === undefined) return null
  return (
    <Warning word={context.text.common.warning}>
      <p>{context.text.applicant.home.movedAway(longDay(on, context.language))}</p>
    </Warning>
  )
}

const may = (
  { door }: ApplicantContext,
  ...scopes: readonly ApplicantContext['door']['scopes'][number][]
): boolean => door.as === 'holder' || scopes.some((scope) => door.scopes.includes(scope))

/** For a helper, while there is nothing that they may see. */
function nothing(context: ApplicantContext, movedOn: Date | undefined): Response {
  const t = context.text.applicant.home
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <MovedAway context={context} on={movedOn} />
        <p>{t.helperNothing}</p>
      </>
    ),
  })
}

function tasks(context: ApplicantContext, draft: Draft, movedOn: Date | undefined): Response {
  const t = context.text.applicant.home
  const at = context.office.clock()
  const all = tasksOf(draft, at)
  const [applicant, ...children] = draft.people
  const row = rowsOf(context)
  const open = draftProblems(draft, at)
  const pages = new Set(
    open.map(({ task, person }) => `${task === 'nationality' ? 'birth' : task} ${person ?? ''}`),
  )
  const about = (id: string): readonly TaskRow[] => row(all.filter(({ person }) => person === id))
  const ofAll = all.filter(({ person }) => person === undefined)
  const named = (names: readonly string[]) => row(ofAll.filter(({ name }) => names.includes(name)))
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <MovedAway context={context} on={movedOn} />
        <p class="lead">{context.door.as === 'holder' ? t.lead : t.helperLead}</p>
        <p>{progress(context, all)}</p>
        <h2>{t.you}</h2>
        <TaskList tasks={about(applicant!.id)} />
        <h2>{t.situation}</h2>
        <TaskList tasks={named(['reasons', 'stay', 'family'])} />
        {children.map((child, index) => (
          <>
            <h2>{t.child(calledIn({ person: child, place: index + 1 }, context.text))}</h2>
            <TaskList tasks={about(child.id)} />
          </>
        ))}
        <h2>{t.end}</h2>
        <TaskList
          tasks={[
            ...named(['meeting', 'fee']),
            {
              id: 'check',
              name: t.tasks.check,
              href: pages.size === 0 ? '/my/check' : undefined,
              hint: pages.size === 0 ? undefined : t.checkWaits(pages.size),
              state:
                pages.size === 0
                  ? { text: t.states['not-begun'], tone: 'plain' }
                  : { text: t.states.waiting, tone: 'plain' },
            },
          ]}
        />
        {pages.size > 0 && (
          <p>
            <a href="/my/check">{t.lookAnyway}</a>
          </p>
        )}
        {context.door.as === 'holder' && (
          <>
            <h2>{t.helpers}</h2>
            <p>
              <a href="/my/helpers">{t.helpersHint}</a>
            </p>
            <p>
              <a href="/my/lost-words">{t.lostWords}</a>
            </p>
          </>
        )}
      </>
    ),
  })
}

/** Tasks as lines. Sex and nationality stand on one page with birth, as each page is a journey over Tor. */
const rowsOf =
  (context: ApplicantContext) =>
  (tasks: readonly Task[]): readonly TaskRow[] => {
    const t = context.text.applicant.home
    const together = tasks.find(({ name }) => name === 'nationality')
    return tasks
      .filter(({ name }) => name !== 'nationality')
      .map((task) => {
        const state =
          task.name === 'birth' && together !== undefined ? both(task.state, together.state) : task.state
        const optional = state === 'not-begun' && OPTIONAL.includes(task.name)
        return {
          id: `${task.name}-${task.person ?? ''}`,
          name: t.tasks[task.name as Exclude<Task['name'], 'nationality'>],
          href: state === 'waiting' ? undefined : hrefOf(task),
          hint: state === 'waiting' ? t.nameWaits : undefined,
          state: {
            text: optional ? t.states.optional : t.states[state],
            tone: state === 'done' ? 'good' : state === 'begun' ? 'warm' : 'plain',
          },
        } as const
      })
  }

/** How far it is, of what has to be told. */
function progress(context: ApplicantContext, tasks: readonly Task[]): string {
  const needed = tasks.filter(({ name }) => !OPTIONAL.includes(name) && name !== 'nationality')
  const { home } = context.text.applicant
  return home.progress(needed.filter(({ state }) => state === 'done').length, needed.length)
}

const OPTIONAL: readonly Task['name'][] = ['evidence', 'family', 'fee']

const hrefOf = ({ name, person }: Task): string =>
  person === undefined ? `/my/${name}` : `/my/person/${person}/${name}`

/** Of two tasks on one page. */
const both = (one: Task['state'], other: Task['state']): Task['state'] =>
  one === other ? one : one === 'waiting' || other === 'waiting' ? 'waiting' : 'begun'
