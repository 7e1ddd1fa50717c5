import { Heading } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDay, longDayOf } from '../text/dates.ts'
import { caseIn, subjectOf } from './status.tsx'

/** A letter of the office, opened with the holder's key and in the language in which it was written. */
export async function letter(context: ApplicantContext): Promise<Response> {
  const holder = await caseIn(context)
  const found = holder?.letters.find(({ id }) => id === context.param('letter'))
  if (holder === undefined || found === undefined) return context.notFound()
  const t = context.text.applicant.letter
  const { content, day } = found
  const body = (t.bodies as Readonly<Record<string, string>>)[content.subject]
  return context.page({
    title: t.title,
    back: { href: `/my/case/${holder.caseId}` },
    main: (
      <>
        <Heading above={t.of(longDay(day, context.language))}>{subjectOf(context, content.subject)}</Heading>
        {body !== undefined && <p>{body}</p>}
        {content.text !== '' && (
          <div class="letter" lang={content.language}>
            {content.text}
          </div>
        )}
        {content.items !== undefined && (
          <>
            <h2>{t.asked}</h2>
            <ol lang={content.language}>
              {content.items.map(({ text }) => (
                <li class="letter">{text}</li>
              ))}
            </ol>
          </>
        )}
        {content.due !== undefined && <p>{t.by(longDayOf(content.due, context.language))}</p>}
        {holder.request !== undefined && holder.request.id === content.request && (
          <p>
            <a class="button" href={`/my/case/${holder.caseId}/answer`}>
              {context.text.applicant.status.answer}
            </a>
          </p>
        )}
      </>
    ),
  })
}
