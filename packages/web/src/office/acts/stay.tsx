import { recordStay, STAY_BASES } from '@nansen/authority'
import { countryName } from '../../applicant/country.ts'
import { DateInput, Inset, Radios, Select } from '../../html/index.ts'
import { longDayOf } from '../../text/dates.ts'
import { actForm, type FormView, those } from '../frame/act-form.tsx'
import { ruleWord } from '../frame/rule-words.ts'
import { dayOf, isEmptyDay, typedDay } from '../frame/typed-day.ts'
import { SeenKinds } from './seen-kinds.tsx'

/** Whether the person stays lawfully where they are. */
export const stay = actForm({
  words: ({ text }) => text.office.stay,
  initial: (_, { application }) => ({
    lawful: '',
    basis: application.stay.basis,
    until: typedUntil(application.stay.until),
    seen: [] as readonly string[],
  }),
  read: (form) => ({
    lawful: form.get('lawful'),
    basis: form.get('basis'),
    until: typedDay(form, 'until'),
    seen: form.all('seen'),
  }),
  check: ({ text }, { lawful, basis, until }) =>
    those(
      [lawful !== 'yes' && lawful !== 'no', 'lawful', text.office.chooseOne(text.office.stay.lawful)],
      [
        !STAY_BASES.some(({ code }) => code === basis),
        'basis',
        text.office.chooseOne(text.office.stay.basis),
      ],
      [!isEmptyDay(until) && dayOf(until) === undefined, 'until', text.office.badDate],
    ),
  act: ({ office, desk }, caseId, { lawful, basis, until, seen }) =>
    recordStay(office, desk, caseId, { lawful: lawful === 'yes', basis, until: dayOf(until) ?? '', seen }),
  fields: { basis: 'basis', until: 'until', seen: 'seen', other: 'lawful' },
  before: (view) => <Claimed {...view} />,
  inputs({ context, values, problems }) {
    const t = context.text.office.stay
    return (
      <>
        <Radios
          name="lawful"
          label={t.lawful}
          value={values.lawful}
          problems={problems}
          inline
          choices={[
            { value: 'yes', text: t.yes },
            { value: 'no', text: t.no },
          ]}
        />
        <Select
          name="basis"
          label={t.basis}
          value={values.basis}
          problems={problems}
          options={STAY_BASES.map(({ code }) => ({
            value: code,
            text: ruleWord(context.text, 'stayBases', code),
          }))}
        />
        <DateInput
          name="until"
          label={t.until}
          hint={t.untilHint}
          value={values.until}
          problems={problems}
          words={context.text.common.date}
        />
        <SeenKinds context={context} label={t.seen} values={values.seen} problems={problems} />
      </>
    )
  },
})

/** What the applicant says. */
function Claimed({ context, file }: Pick<FormView<unknown>, 'context' | 'file'>) {
  const t = context.text.office
  const { country, basis, until } = file.application.stay
  return (
    <Inset>
      <p>
        {t.stay.claimed}: {countryName(country, context.language)},{' '}
        {ruleWord(context.text, 'stayBases', basis)}
        {until !== '' && <>, {t.case.application.stayUntil(longDayOf(until, context.language))}</>}
      </p>
    </Inset>
  )
}

function typedUntil(until: string) {
  const [year = '', month = '', day = ''] = until.split('-')
  return { day, month, year }
}
