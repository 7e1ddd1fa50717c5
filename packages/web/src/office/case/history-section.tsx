import type { HistoryEntry, WordsProposal } from '@nansen/authority'
import { Inset, Table } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { ProposalFacts } from '../acts/new-words.tsx'
import { actorName } from '../frame/officer-names.ts'
import type { SectionProps } from './case.tsx'

/** What was done here, by whom, on which day, the newest first; and what was noted. */
export function HistorySection({ context, file, names }: SectionProps) {
  const t = context.text.office.case.history
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.heading}</h2>
      <Notes context={context} file={file} names={names} />
      <p class="hint">{context.text.office.case.seenBy(file.openings)}</p>
      <Table
        caption={t.lead}
        columns={[
          { head: t.when, cell: ({ at }: HistoryEntry) => longDay(at, context.language) },
          { head: t.what, cell: ({ kind }: HistoryEntry) => kindText(context, kind) },
          { head: t.who, cell: ({ actor }: HistoryEntry) => actorName(context, names, actor) },
        ]}
        rows={file.history.toReversed()}
      />
    </section>
  )
}

function kindText(context: OfficerContext, kind: string): string {
  const { kinds, other } = context.text.office.case.history
  return (kinds as Readonly<Record<string, string>>)[kind] ?? other
}

interface NoteContent {
  readonly text?: string
  readonly origin?: string
  readonly outcome?: string
}

/** What officers wrote down: notes, of notices what they say and what was found, of new words who was seen. */
function Notes({ context, file, names }: SectionProps) {
  const t = context.text.office.case.history
  const notes = file.parts.filter(({ kind }) => ['note', 'notice', 'new-words'].includes(kind))
  return (
    <>
      <h3>{t.notes}</h3>
      {notes.length === 0 && <p>{t.noNotes}</p>}
      {notes.map(({ id, kind, content }) => {
        const event = file.history.find(({ body }) => body.part === id)
        const { text = '' } = content as NoteContent
        return (
          <Inset>
            <p class="hint">
              {event !== undefined &&
                `${kindText(context, event.kind)}: ${actorName(context, names, event.actor)}, ${longDay(event.at, context.language)}`}
            </p>
            {kind === 'new-words' ? (
              <ProposalFacts context={context} proposal={content as WordsProposal} />
            ) : (
              <p class="letter">{text}</p>
            )}
          </Inset>
        )
      })}
    </>
  )
}
