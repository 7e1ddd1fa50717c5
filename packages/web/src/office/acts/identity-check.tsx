import { PLACES, recordIdentityCheck } from '@nansen/authority'
import { Radios, Select, TextArea } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { ruleWord } from '../frame/rule-words.ts'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'
import { dayProblems, PastDay } from './past-day.tsx'
import { SeenKinds } from './seen-kinds.tsx'

const LEVELS = ['1', '2', '3', '4'] as const

/** Who saw whom, where and when, with what evidence, and whether it is the face of the photograph. */
export const identityCheck = actForm({
  words: ({ text }) => text.office.identityCheck,
  initial: ({ office }, { application }) => ({
    place: application.meeting,
    day: typedFrom(office.clock()),
    level: '',
    seen: [] as readonly string[],
    portrait: '',
    note: '',
  }),
  read: (form) => ({
    place: form.get('place'),
    day: typedDay(form, 'day'),
    level: form.get('level'),
    seen: form.all('seen'),
    portrait: form.get('portrait'),
    note: form.get('note'),
  }),
  check(context, { place, day, level, portrait }) {
    const t = context.text.office
    const { identityCheck } = t
    return [
      ...those(
        [portrait !== 'yes' && portrait !== 'no', 'portrait', t.chooseOne(identityCheck.portrait)],
        [!PLACES.some(({ code }) => code === place), 'place', t.chooseOne(identityCheck.place)],
      ),
      ...dayProblems(context, day),
      ...those([!LEVELS.some((other) => other === level), 'level', t.chooseOne(identityCheck.level)]),
    ]
  },
  act: ({ office, desk }, caseId, { place, day, level, seen, portrait, note }) =>
    recordIdentityCheck(office, desk, caseId, {
      place,
      day: dayOf(day) ?? '',
      evidenceLevel: Number(level) as 1 | 2 | 3 | 4,
      portraitMatches: portrait === 'yes',
      seen,
      note,
    }),
  fields: { day: 'day', seen: 'seen', note: 'note', evidenceLevel: 'level', other: 'place' },
  inputs({ context, values, problems }) {
    const t = context.text.office.identityCheck
    return (
      <>
        <Radios
          name="portrait"
          label={t.portrait}
          value={values.portrait}
          problems={problems}
          choices={[
            { value: 'yes', text: t.matches },
            { value: 'no', text: t.matchesNot },
          ]}
        />
        <Select
          name="place"
          label={t.place}
          value={values.place}
          problems={problems}
          options={PLACES.map(({ code }) => ({
            value: code,
            text: ruleWord(context.text, 'places', code),
          }))}
        />
        <PastDay context={context} label={t.day} value={values.day} problems={problems} />
        <SeenKinds
          context={context}
          label={t.seen}
          hint={t.seenHint}
          values={values.seen}
          problems={problems}
        />
        <Radios
          name="level"
          label={t.level}
          value={values.level}
          problems={problems}
          choices={LEVELS.map((level) => ({ value: level, text: t.levels[level] }))}
        />
        <TextArea
          name="note"
          label={context.text.common.optional(t.note)}
          hint={t.noteHint}
          value={values.note}
          problems={problems}
          rows={4}
        />
      </>
    )
  },
})
