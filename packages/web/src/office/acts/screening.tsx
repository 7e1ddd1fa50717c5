import { recordScreening } from '@nansen/authority'
import { Actions, Button, DateInput, Form, Heading, Radios } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { caseHref } from '../frame/case-page.tsx'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'

/** What the host state's own screening says: there is no field for what a state of origin says. */
export const screening = actForm({
  title: ({ text }) => text.office.screening.title,
  initial: ({ office }) => ({ result: '', day: typedFrom(office.clock()) }),
  read: (form) => ({ result: form.get('result'), day: typedDay(form, 'day') }),
  check({ text, office }, { result, day }) {
    const iso = dayOf(day)
    return those(
      [
        result !== 'clear' && result !== 'concern',
        'result',
        text.office.chooseOne(text.office.screening.result),
      ],
      [iso === undefined, 'day', text.office.badDate],
      [iso !== undefined && iso > office.clock().toISOString().slice(0, 10), 'day', text.office.futureDate],
    )
  },
  act: ({ office, desk }, caseId, { result, day }) =>
    recordScreening(office, desk, caseId, {
      result: result === 'clear' ? 'clear' : 'concern',
      by: 'host-state',
      day: dayOf(day) ?? '',
    }),
  fields: { day: 'day', other: 'result' },
  view({ context, file, values, problems }) {
    const t = context.text.office.screening
    return (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Form action={caseHref(file.row.caseId, 'screening')} token={context.token()}>
          <Radios
            name="result"
            label={t.result}
            value={values.result}
            problems={problems}
            choices={[
              { value: 'clear', text: t.clear },
              { value: 'concern', text: t.concern },
            ]}
          />
          <DateInput
            name="day"
            label={t.day}
            value={values.day}
            problems={problems}
            words={context.text.common.date}
          />
          <Actions>
            <Button>{t.save}</Button>
          </Actions>
        </Form>
      </>
    )
  },
})
