import { type CaseFile, decideAppeal } from '@nansen/authority'
import { Inset, Radios, TextArea } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { GroundList } from '../case/ground-list.tsx'
import { actForm, those } from '../frame/act-form.tsx'
import { languageWord } from '../frame/rule-words.ts'

/** Decides an appeal: an officer who had no part in anything of the case before. */
export const appeal = actForm({
  words: ({ text }) => text.office.appeal,
  initial: () => ({ outcome: '', letter: '' }),
  read: (form) => ({ outcome: form.get('outcome'), letter: form.get('letter') }),
  check: ({ text }, { outcome, letter }) =>
    those(
      [
        outcome !== 'upheld' && outcome !== 'reversed',
        'outcome',
        text.office.chooseOne(text.office.appeal.outcome),
      ],
      [letter === '', 'letter', text.office.decide.noLetter],
    ),
  act: ({ office, desk }, caseId, { outcome, letter }) =>
    decideAppeal(office, desk, caseId, { outcome: outcome === 'reversed' ? 'reversed' : 'upheld', letter }),
  fields: { letter: 'letter', other: 'outcome' },
  before: ({ context, file }) => <Said context={context} file={file} />,
  inputs({ context, file, values, problems }) {
    const t = context.text.office.appeal
    const { language } = file.application
    return (
      <>
        <Radios
          name="outcome"
          label={t.outcome}
          value={values.outcome}
          problems={problems}
          choices={[
            { value: 'upheld', text: t.upheld },
            { value: 'reversed', text: t.reversed },
          ]}
        />
        <TextArea
          name="letter"
          label={t.letter(languageWord(context.language, language))}
          lang={language}
          value={values.letter}
          problems={problems}
        />
      </>
    )
  },
})

/** What the applicant finds wrong, beside what was decided. */
function Said({ context, file }: { context: OfficerContext; file: CaseFile }) {
  const t = context.text.office.appeal
  const part = file.parts.findLast(({ kind }) => kind === 'appeal')
  const { text = '' } = (part?.content ?? {}) as { readonly text?: string }
  return (
    <div class="side-by-side">
      <section aria-labelledby="said">
        <h2 id="said">{t.said}</h2>
        <Inset lang={file.application.language}>
          <p class="letter">{text}</p>
        </Inset>
      </section>
      {file.decision !== undefined && (
        <section aria-labelledby="refusal">
          <h2 id="refusal">{t.refusal}</h2>
          <GroundList context={context} codes={file.decision.grounds} />
          <Inset lang={file.decision.language}>
            <p class="letter">{file.decision.letter}</p>
          </Inset>
        </section>
      )}
    </div>
  )
}
