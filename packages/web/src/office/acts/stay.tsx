import { recordStay, STAY_BASES } from '@nansen/authority'
import { countryName } from '../../applicant/country.ts'
import { Actions, Button, DateInput, Form, Heading, Inset, Radios, Select } from '../../html/index.ts'
import { longDayOf } from '../../text/dates.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'
import { ruleWord } from '../frame/rule-words.ts'
import { dayOf, isEmptyDay, typedDay } from '../frame/typed-day.ts'
import { SeenKinds } from './seen-kinds.tsx'

/** Whether the person stays lawfully where they are. */
export const stay = actForm({
  title: ({ text }) => text.office.stay.title,
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
  view({ context, file, values, problems }) {
    const t = context.text.office.stay
    const { stay: claimed } = file.application
    return (
      <>
        <Heading>{t.heading}</Heading>
        <Inset>
          <p>
            {t.claimed}: {countryName(claimed.country, context.language)},{' '}
            {ruleWord(context.text, 'stayBases', claimed.basis)}
            {claimed.until !== '' && (
              <>
                , {context.text.office.case.application.stayUntil(longDayOf(claimed.until, context.language))}
              </>
            )}
          </p>
        </Inset>
        <Form action={caseHref(file.row.caseId, 'stay')} token={context.token()}>
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
          <Actions>
            <Button>{t.save}</Button>
          </Actions>
        </Form>
      </>
    )
  },
})

function typedUntil(until: string) {
  const [year = '', month = '', day = ''] = until.split('-')
  return { day, month, year }
}
