import { type CaseFile, confirmWords, endWords, proposeWords, type WordsProposal } from '@nansen/authority'
import { Checkboxes, Hidden, Inset, Radios, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay, longDayOf } from '../../text/dates.ts'
import { actForm, type FormView, those } from '../frame/act-form.tsx'
import { evidenceWord, ruleWord } from '../frame/rule-words.ts'
import {
  nobodySeen,
  PERSON_FIELDS,
  PersonFields,
  personProblems,
  readPerson,
  seenPerson,
  type TypedPerson,
} from './seen-person.tsx'

interface Values extends TypedPerson {
  /** Code of the new page. */
  readonly page: string
  /** Of the second officer. */
  readonly verdict: string
  readonly face: string
}

/**
 * Somebody who stands there lost the words of their page: one officer sees that it is the person of the case, another one
 * sees it too. Neither sees words, old or new.
 */
export const newWords = actForm<Values>({
  words({ text }, { words }) {
    const { newWords: t } = text.office
    return words === undefined
      ? t
      : { ...t, heading: t.confirmHeading, lead: t.confirmLead, save: t.confirmSave }
  },
  initial: (context, file) => ({ ...nobodySeen(context, file), page: '', verdict: '', face: '' }),
  read: (form) => ({
    ...readPerson(form),
    page: form.get('page'),
    verdict: form.get('verdict'),
    face: form.get('face'),
  }),
  check(context, values) {
    const t = context.text.office
    if (context.form.get('do') === 'propose')
      return [
        ...those([values.page === '', 'page', t.newWords.noPage]),
        ...personProblems(context, values),
        ...those([values.portrait === 'no', 'portrait', t.newWords.notThem]),
      ]
    return those(
      [values.verdict !== 'give' && values.verdict !== 'end', 'verdict', t.chooseOne(t.newWords.verdict)],
      [values.verdict === 'give' && values.page === '', 'page', t.newWords.noPage],
      [values.verdict === 'give' && values.face !== 'yes', 'face', t.newWords.noFace],
    )
  },
  async act({ office, desk, form }, caseId, { page, verdict, face, ...typed }) {
    if (form.get('do') === 'propose') await proposeWords(office, desk, caseId, { ...seenPerson(typed), page })
    else if (verdict === 'end') await endWords(office, desk, caseId)
    else await confirmWords(office, desk, caseId, { page, portraitMatches: face === 'yes' })
  },
  fields: { ...PERSON_FIELDS, place: 'place', page: 'page', other: 'save' },
  before: (view) => <Before {...view} />,
  inputs: (view) => (view.file.words === undefined ? <Propose {...view} /> : <Confirm {...view} />),
  against({ context, file }) {
    const may = file.words === undefined ? 'propose-words' : 'end-words'
    if (file.mayDo.includes(may)) return undefined
    return context.text.office.case.whyNot.wordsNone
  },
})

/** What to know before: what was said, and that an open request stays with the old words. */
function Before({ context, file }: Pick<FormView<Values>, 'context' | 'file'>) {
  const t = context.text.office.newWords
  const { words, row } = file
  return (
    <>
      {words !== undefined && (
        <Inset>
          <p>{t.proposed(longDay(words.at, context.language))}</p>
          <ProposalFacts context={context} proposal={words} />
          {isOwn(context, file) && <p>{t.own}</p>}
        </Inset>
      )}
      {row.waiting && <p class="hint">{t.requestOpen}</p>}
    </>
  )
}

const isOwn = ({ desk }: OfficerContext, { words }: CaseFile): boolean => words?.by === desk.officer.id

/** Where and with what the first officer saw the person. */
export function ProposalFacts({ context, proposal }: { context: OfficerContext; proposal: WordsProposal }) {
  const { checks } = context.text.office.case
  const { evidenceLevel, place, day, seen, note } = proposal
  const where = ruleWord(context.text, 'places', place)
  return (
    <>
      <p>{checks.identityDetail(evidenceLevel, where, longDayOf(day, context.language))}</p>
      {seen.length > 0 && (
        <p>
          {checks.originals} {seen.map((kind) => evidenceWord(context.text, kind)).join(', ')}
        </p>
      )}
      {note !== '' && <p class="letter">{note}</p>}
    </>
  )
}

function PageCode({ context, values, problems }: FormView<Values>) {
  const t = context.text.office.newWords
  return (
    <TextInput
      name="page"
      label={t.page}
      hint={t.pageHint}
      value={values.page}
      problems={problems}
      maxlength={60}
      spellcheck={false}
    />
  )
}

function Propose(view: FormView<Values>) {
  return (
    <>
      <Hidden name="do" value="propose" />
      <PageCode {...view} />
      <PersonFields {...view} />
    </>
  )
}

function Confirm(view: FormView<Values>) {
  const { context, file, values, problems } = view
  const t = context.text.office.newWords
  const choices = [
    ...(file.mayDo.includes('confirm-words') ? [{ value: 'give', text: t.give }] : []),
    { value: 'end', text: t.end },
  ]
  return (
    <>
      <Hidden name="do" value="confirm" />
      <Radios name="verdict" label={t.verdict} value={values.verdict} problems={problems} choices={choices} />
      {choices.length > 1 && (
        <>
          <Checkboxes
            name="face"
            label={t.face}
            values={values.face === '' ? [] : [values.face]}
            problems={problems}
            choices={[{ value: 'yes', text: t.faceYes }]}
          />
          <PageCode {...view} />
        </>
      )}
    </>
  )
}
