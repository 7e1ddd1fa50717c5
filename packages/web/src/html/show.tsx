import type { Child } from 'hono/jsx'

/** The one first heading of a page, with a line above where it belongs to something. */
export function Heading({
  children,
  above,
  lang,
}: {
  children?: Child
  above?: Child
  lang?: string | undefined
}) {
  return (
    <h1 lang={lang}>
      {above && <span class="above">{above}</span>}
      {children}
    </h1>
  )
}

export interface SummaryRow {
  /** For links that lead to the row. */
  readonly id?: string | undefined
  readonly term: Child
  readonly value: Child
  /** What of the change link only a screen reader hears: `Change` + `name`. */
  readonly change?: { readonly href: string; readonly text: string; readonly about: string } | undefined
  readonly lang?: string | undefined
}

/** Facts under each other, each with the way to change it. */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl class="facts">
      {rows.map((row) => (
        <div id={row.id}>
          <dt>{row.term}</dt>
          <dd lang={row.lang}>{row.value}</dd>
          {row.change && (
            <dd class="change">
              <a href={row.change.href}>
                {row.change.text}
                <span class="unseen"> {row.change.about}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** One word about a state; the colour only repeats it. */
export function Tag({
  children,
  tone = 'plain',
}: {
  children?: Child
  tone?: 'plain' | 'good' | 'warm' | 'bad'
}) {
  return <strong class={`tag ${tone}`}>{children}</strong>
}

/** What must not be overlooked. */
export function Warning({ children, word }: { children?: Child; word: string }) {
  return (
    <div class="warning">
      <strong class="unseen">{word}</strong>
      {children}
    </div>
  )
}

/** What is set apart a little: an explanation, a quotation. */
export function Inset({ children, lang }: { children?: Child; lang?: string | undefined }) {
  return (
    <div class="inset" lang={lang}>
      {children}
    </div>
  )
}

/** Good news: done, kept, sent. */
export function Done({ children, title }: { children?: Child; title: Child }) {
  return (
    <div class="done" role="status">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

/** More for whoever wants it. */
export function Details({ summary, children, open }: { summary: Child; children?: Child; open?: boolean }) {
  return (
    <details open={open}>
      <summary>{summary}</summary>
      <div class="inset">{children}</div>
    </details>
  )
}

export interface Column<Row> {
  readonly head: Child
  readonly cell: (row: Row) => Child
  readonly numeric?: boolean | undefined
  /** The cell that names the row. */
  readonly names?: boolean | undefined
}

export interface TableProps<Row> {
  readonly caption: Child
  /** The caption only for who does not see the table. */
  readonly quiet?: boolean | undefined
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** A table that scrolls by itself where the window is narrow. */
export function Table<Row>({ caption, quiet, columns, rows }: TableProps<Row>) {
  return (
    <section class="table" tabindex={0} aria-label={typeof caption === 'string' ? caption : undefined}>
      <table>
        <caption class={quiet ? 'unseen' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, numeric }) => (
              <th scope="col" class={numeric ? 'number' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map(({ cell, numeric, names }) =>
                names ? (
                  <th scope="row">{cell(row)}</th>
                ) : (
                  <td class={numeric ? 'number' : undefined}>{cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export interface TaskRow {
  readonly name: Child
  /** No link where it cannot be started yet. */
  readonly href?: string | undefined
  readonly state: { readonly text: string; readonly tone?: 'plain' | 'good' | 'warm' | 'bad' | undefined }
  readonly hint?: Child
  readonly id: string
}

/** What there is to do, and how far it is. */
export function TaskList({ tasks }: { tasks: readonly TaskRow[] }) {
  return (
    <ul class="tasks">
      {tasks.map((task) => (
        <li>
          <div>
            {task.href === undefined ? (
              <span>{task.name}</span>
            ) : (
              <a href={task.href} aria-describedby={`${task.id}-state`}>
                {task.name}
              </a>
            )}
            {task.hint && <p class="hint">{task.hint}</p>}
          </div>
          <span id={`${task.id}-state`}>
            <Tag tone={task.state.tone ?? 'plain'}>{task.state.text}</Tag>
          </span>
        </li>
      ))}
    </ul>
  )
}

export interface AskedProps {
  readonly words: { readonly why: string; readonly who: string; readonly leaveOut: string }
  readonly why: Child
  readonly who: Child
  readonly leaveOut: Child
}

/** With each question: why it is asked, who sees the answer, whether it can be left out. */
export function Asked({ words, why, who, leaveOut }: AskedProps) {
  return (
    <dl class="asked">
      <div>
        <dt>{words.why}</dt>
        <dd>{why}</dd>
      </div>
      <div>
        <dt>{words.who}</dt>
        <dd>{who}</dd>
      </div>
      <div>
        <dt>{words.leaveOut}</dt>
        <dd>{leaveOut}</dd>
      </div>
    </dl>
  )
}
