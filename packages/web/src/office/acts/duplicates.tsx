import { type CaseFile, openCase, settleDuplicate } from '@nansen/authority'
import { countryName } from '../../applicant/country.ts'
import { Actions, Button, Form, Heading, Hidden, Inset, type Problem, Radios, Tag } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { birthDay } from '../../text/dates.ts'
import { fullName } from '../case/identity-bar.tsx'
import { caseHref, casePage, openThis } from '../frame/case-page.tsx'
import { rememberDone } from '../frame/done.ts'
import { codeOf, problemsOf } from '../frame/refusal.tsx'
import { evidenceWord, ruleWord } from '../frame/rule-words.ts'

/** Two cases side by side, that may be of the same person. */
export const duplicates = (context: OfficerContext): Promise<Response> =>
  duplicatesPage(context, context.query('with'))

/** Says whether they are. */
export async function settle(context: OfficerContext): Promise<Response> {
  const { office, desk, form, text } = context
  const caseId = context.param('id')
  const [other, verdict] = [form.get('with'), form.get('verdict')]
  if (verdict !== 'same' && verdict !== 'different')
    return duplicatesPage(context, other, [
      { field: 'verdict', text: text.office.chooseOne(text.office.duplicates.verdict) },
    ])
  try {
    await settleDuplicate(office, desk, caseId, other, verdict)
  } catch (error) {
    return duplicatesPage(context, other, problemsOf(context, error, { other: 'verdict' }))
  }
  await rememberDone(context, caseId)
  return context.redirect(caseHref(caseId))
}

async function duplicatesPage(
  context: OfficerContext,
  asked: string,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const file = await openThis(context)
  const t = context.text.office
  const { candidates } = file
  const chosen =
    candidates.find(({ caseId }) => caseId === asked) ??
    candidates.find(({ settled }) => settled === undefined) ??
    candidates[0]
  return casePage(context, file, {
    title: t.duplicates.title,
    problems,
    main: (
      <>
        <Heading>{t.duplicates.heading}</Heading>
        <p class="lead">{chosen === undefined ? t.duplicates.none : t.duplicates.lead}</p>
        {candidates.length > 1 && (
          <nav class="tabs" aria-label={t.duplicates.choose}>
            <ul>
              {candidates.map(({ caseId, code }) => (
                <li>
                  <a
                    class="code"
                    href={caseHref(file.row.caseId, `duplicates?with=${caseId}`)}
                    aria-current={caseId === chosen?.caseId ? 'page' : undefined}
                  >
                    {code.slice(0, 11)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {chosen !== undefined && (
          <SideBySide
            context={context}
            file={file}
            chosen={chosen}
            other={await opened(context, chosen.caseId)}
            problems={problems}
          />
        )}
      </>
    ),
  })
}

/** The other case, where this officer holds it too; what is not theirs stays closed. P8 */
async function opened({ office, desk }: OfficerContext, caseId: string): Promise<CaseFile | undefined> {
  try {
    return await openCase(office, desk, caseId)
  } catch (error) {
    if (codeOf(error) === 'case.not-assigned') return undefined
    throw error
  }
}

interface SideBySideProps {
  readonly context: OfficerContext
  readonly file: CaseFile
  readonly chosen: CaseFile['candidates'][number]
  readonly other: CaseFile | undefined
  readonly problems: readonly Problem[]
}

function SideBySide({ context, file, chosen, other, problems }: SideBySideProps) {
  const t = context.text.office
  const here = caseHref(file.row.caseId, 'duplicates')
  const may = file.mayDo.includes('settle-duplicate') && chosen.settled === undefined
  return (
    <>
      <div class="side-by-side">
        <One context={context} file={file} title={t.duplicates.here} />
        {other === undefined ? (
          <section aria-labelledby="there">
            <h2 id="there">{t.duplicates.there}</h2>
            <p>
              <span class="code">{chosen.code}</span> <Tag>{t.status[chosen.status]}</Tag>
            </p>
            <Inset>
              <p>{t.duplicates.closed}</p>
            </Inset>
            <Form action="/office/take" token={context.token()}>
              <Hidden name="take" value={chosen.caseId} />
              <Hidden name="then" value={`${here}?with=${chosen.caseId}`} />
              <Button kind="second">{t.duplicates.take}</Button>
            </Form>
          </section>
        ) : (
          <One context={context} file={other} title={t.duplicates.there} />
        )}
      </div>
      {chosen.settled !== undefined && (
        <p>
          <Tag>{t.case.checks[chosen.settled]}</Tag>
        </p>
      )}
      {may && (
        <Form action={here} token={context.token()}>
          <Hidden name="with" value={chosen.caseId} />
          <Radios
            name="verdict"
            label={t.duplicates.verdict}
            value={context.form.get('verdict')}
            problems={problems}
            choices={[
              { value: 'different', text: t.duplicates.different },
              { value: 'same', text: t.duplicates.same },
            ]}
          />
          <Actions>
            <Button>{t.duplicates.save}</Button>
          </Actions>
        </Form>
      )}
    </>
  )
}

/** What tells two people apart, in the same order on both sides. */
function One({ context, file, title }: { context: OfficerContext; file: CaseFile; title: string }) {
  const t = context.text.office
  const { row, application, photo, evidence } = file
  const { person, stay } = application
  const id = `case-${row.caseId.slice(0, 8)}`
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>
        <span class="code">{row.code}</span> <Tag>{t.status[row.status]}</Tag>
      </p>
      {photo !== undefined && (
        <img
          class="photo"
          src={caseHref(row.caseId, 'picture/photo')}
          alt={t.case.evidence.photoAlt}
          width={413}
          height={531}
        />
      )}
      <dl class="supported">
        {[
          [t.case.application.name, fullName(person)],
          [t.case.application.birth, birthDay(person.birthDate, context.language, t.notTold)],
          [t.case.application.sex, person.sex],
          [t.case.application.nationality, countryName(person.nationality, context.language)],
          [
            t.case.application.stay,
            `${countryName(stay.country, context.language)}: ${ruleWord(context.text, 'stayBases', stay.basis)}`,
          ],
          [
            t.case.application.supports,
            evidence.map(({ kind }) => evidenceWord(context.text, kind)).join(', ') || t.none,
          ],
        ].map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
