import type { QueueName, QueueRow } from '@nansen/authority'
import { Form, Hidden } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { caseHref } from '../frame/case-page.tsx'
import { CaseTags, Clock } from '../frame/case-words.tsx'
import type { OfficerNames } from '../frame/officer-names.ts'

export interface CaseListProps {
  readonly context: OfficerContext
  readonly rows: readonly QueueRow[]
  readonly names: OfficerNames
  readonly queue: QueueName
}

/** Cases under each other, with what can be done: nothing of a list says who they are about. */
export function CaseList({ context, rows, names, queue }: CaseListProps) {
  return (
    <Form action="/office/take" token={context.token()}>
      <Hidden name="queue" value={queue} />
      <ol class="cases">
        {rows.map((row) => (
          <li>
            <Line context={context} row={row} names={names} />
          </li>
        ))}
      </ol>
    </Form>
  )
}

function Line({ context, row, names }: { context: OfficerContext; row: QueueRow; names: OfficerNames }) {
  const t = context.text.office.queues
  const { caseId, code, assignedTo } = row
  const mine = assignedTo === context.desk.officer.id
  const about = <span class="unseen"> {t.ofCase(code)}</span>
  return (
    <>
      <span class="code">{mine ? <a href={caseHref(caseId)}>{code}</a> : code}</span>
      <CaseTags context={context} row={row} />
      <Clock context={context} row={row} />
      <span class="desk-of">{assignedTo !== undefined && !mine && t.taken(names(assignedTo))}</span>
      <span class="do">
        {mine ? (
          <>
            <a class="button second" href={caseHref(caseId)}>
              {t.open}
              {about}
            </a>
            <button type="submit" class="linkish" name="give-back" value={caseId}>
              {t.giveBack}
              {about}
            </button>
          </>
        ) : (
          <button type="submit" class="second" name="take" value={caseId}>
            {t.take}
            {about}
          </button>
        )}
      </span>
    </>
  )
}
