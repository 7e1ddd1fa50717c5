import { recordScreening } from '@nansen/authority'
import { Radios } from '../../html/index.ts'
import { actForm, those } from '../frame/act-form.tsx'
import { dayOf, typedDay, typedFrom } from '../frame/typed-day.ts'
import { dayProblems, PastDay } from './past-day.tsx'

/** What the host state's own screening says: there is no field for what a state of origin says. */
export const screening = actForm({
  words: ({ text }) => text.office.screening,
  initial: ({ office }) => ({ result: '', day: typedFrom(office.clock()) }),
  read: (form) => ({ result: form.get('result'), day: typedDay(form, 'day') }),
  check(context, { result, day }) {
    const t = context.text.office
    const unsaid = result !== 'clear' && result !== 'concern'
    return [...those([unsaid, 'result', t.chooseOne(t.screening.result)]), ...dayProblems(context, day)]
  },
  act: ({ office, desk }, caseId, { result, day }) =>
    recordScreening(office, desk, caseId, {
      result: result === 'clear' ? 'clear' : 'concern',
      by: 'host-state',
      day: dayOf(day) ?? '',
    }),
  fields: { day: 'day', other: 'result' },
  inputs({ context, values, problems }) {
    const t = context.text.office.screening
    return (
      <>
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
        <PastDay context={context} label={t.day} value={values.day} problems={problems} />
      </>
    )
  },
})
