import { requestMore as askFor } from '@nansen/authority'
import { Checkboxes, DateInput, TextArea } from '../../html/index.ts'
import { CATALOGUES } from '../../text/catalogue.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { openThis } from '../frame/case-page.tsx'
import { languageWord } from '../frame/rule-words.ts'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'

const MOST_LINES = 12
const FOUR_WEEKS = 28 * 86_400_000

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Asks the applicant for more, in their language, item by item. */
export const requestMore = actForm({
  words: ({ text }) => text.office.requestMore,
  initial: ({ office }) => ({
    codes: [] as readonly string[],
    other: '',
    due: typedFrom(new Date(office.clock().getTime() + FOUR_WEEKS)),
  }),
  read: (form) => ({ codes: form.all('item'), other: form.get('other'), due: typedDay(form, 'due') }),
  check({ text, office }, { codes, other, due }) {
    const t = text.office
    const iso = dayOf(due)
    const known = codes.every((code) => code in t.requestMore.codes)
    return those(
      [!known || (codes.length === 0 && other === ''), 'item', t.requestMore.noItems],
      [linesOf(other).length > MOST_LINES, 'other', t.tooLong],
      [iso === undefined, 'due', t.badDate],
      [iso !== undefined && iso <= office.clock().toISOString().slice(0, 10), 'due', t.pastDate],
    )
  },
  async act(context, caseId, { codes, other, due }) {
    const { language } = (await openThis(context)).application
    const sentences: Readonly<Record<string, string>> = CATALOGUES[language].office.requestMore.letter
    await askFor(context.office, context.desk, caseId, {
      items: [
        ...codes.map((code) => ({ code, text: sentences[code] ?? '' })),
        ...linesOf(other).map((text) => ({ code: 'other', text })),
      ],
      due: dayOf(due) ?? '',
      language,
    })
  },
  fields: { due: 'due', items: 'other', other: 'item' },
  inputs({ context, file, values, problems }) {
    const t = context.text.office.requestMore
    const { language } = file.application
    return (
      <>
        <Checkboxes
          name="item"
          label={t.items}
          values={values.codes}
          problems={problems}
          choices={Object.entries(t.codes).map(([value, text]) => ({ value, text }))}
        />
        <TextArea
          name="other"
          label={t.other}
          hint={`${t.otherHint} ${t.language(languageWord(context.language, language))}`}
          lang={language}
          value={values.other}
          problems={problems}
          rows={4}
        />
        <DateInput
          name="due"
          label={t.due}
          hint={t.dueHint}
          value={values.due}
          problems={problems}
          words={context.text.common.date}
        />
      </>
    )
  },
})
