import { PLACES, recordIdentityCheck } from '@nansen/authority'
import { Actions, Button, DateInput, Form, Heading, Radios, Select, TextArea } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'
import { ruleWord } from '../frame/rule-words.ts'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'
import { SeenKinds } from './seen-kinds.tsx'

const LEVELS = ['1', '2', '3', '4'] as const

/** Who saw whom, where and when, with what evidence, and whether it is the face of the photograph. */
export const identityCheck = actForm({
  title: ({ text }) => text.office.identityCheck.title,
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
  check({ text, office }, { place, day, level, portrait }) {
    const t = text.office
    const iso = dayOf(day)
    return those(
      [!PLACES.some(({ code }) => code === place), 'place', t.chooseOne(t.identityCheck.place)],
      [iso === undefined, 'day', t.badDate],
      [iso !== undefined && iso > today(office.clock()), 'day', t.futureDate],
      [!LEVELS.some((other) => other === level), 'level', t.chooseOne(t.identityCheck.level)],
      [portrait !== 'yes' && portrait !== 'no', 'portrait', t.chooseOne(t.identityCheck.portrait)],
    )
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
  view({ context, file, values, problems }) {
    const t = context.text.office.identityCheck
    return (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Form action={caseHref(file.row.caseId, 'identity-check')} token={context.token()}>
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
          <DateInput
            name="day"
            label={t.day}
            value={values.day}
            problems={problems}
            words={context.text.common.date}
          />
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
          <Actions>
            <Button>{t.save}</Button>
          </Actions>
        </Form>
      </>
    )
  },
})

const today = (at: Date): string => at.toISOString().slice(0, 10)
