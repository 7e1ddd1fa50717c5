import { type CaseFile, PLACES, type SeenPerson } from '@nansen/authority'
import { type Problem, Radios, Select, TextArea, type TypedDate } from '../../html/index.ts'
import type { FormValues, OfficerContext } from '../../server/context.ts'
import { those } from '../frame/act-form.tsx'
import { ruleWord } from '../frame/rule-words.ts'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'
import { dayProblems, PastDay } from './past-day.tsx'
import { SeenKinds } from './seen-kinds.tsx'

const LEVELS = ['1', '2', '3', '4'] as const

/** As it was typed: who saw whom, where and when, with what evidence, and whether it is the face of the photograph. */
export interface TypedPerson {
  readonly place: string
  readonly day: TypedDate
  readonly level: string
  readonly seen: readonly string[]
  readonly portrait: string
  readonly note: string
}

/** Before anything was typed. */
export const nobodySeen = ({ office }: OfficerContext, { application }: CaseFile): TypedPerson => ({
  place: application.meeting,
  day: typedFrom(office.clock()),
  level: '',
  seen: [],
  portrait: '',
  note: '',
})

export const readPerson = (form: FormValues): TypedPerson => ({
  place: form.get('place'),
  day: typedDay(form, 'day'),
  level: form.get('level'),
  seen: form.all('seen'),
  portrait: form.get('portrait'),
  note: form.get('note'),
})

/** What is wrong with it, in the order of the fields. */
export function personProblems(
  context: OfficerContext,
  { place, day, level, portrait }: TypedPerson,
): readonly Problem[] {
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
}

export const seenPerson = ({ place, day, level, seen, portrait, note }: TypedPerson): SeenPerson => ({
  place,
  day: dayOf(day) ?? '',
  evidenceLevel: Number(level) as 1 | 2 | 3 | 4,
  portraitMatches: portrait === 'yes',
  seen,
  note,
})

/** Fields by the names that the office has for them. */
export const PERSON_FIELDS = {
  day: 'day',
  seen: 'seen',
  note: 'note',
  evidenceLevel: 'level',
  portraitMatches: 'portrait',
} as const

export interface PersonFieldsProps {
  readonly context: OfficerContext
  readonly values: TypedPerson
  readonly problems: readonly Problem[]
}

export function PersonFields({ context, values, problems }: PersonFieldsProps) {
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
}
