import { type FieldProps, Group } from './field.tsx'
import { problemOf } from './problem.ts'

/** A date as it was typed: nothing is thrown away before it is right. */
export interface TypedDate {
  readonly day: string
  readonly month: string
  readonly year: string
}

export interface DateInputProps extends FieldProps {
  readonly value?: TypedDate | undefined
  readonly words: { readonly day: string; readonly month: string; readonly year: string }
}

/** Three fields: `birth-day`, `birth-month`, `birth-year`. A problem of `birth` as a whole leads to the first. */
export function DateInput({ name, label, hint, problems, value, words }: DateInputProps) {
  const parts = ['day', 'month', 'year'] as const
  const own = parts.find((part) => problemOf(problems, `${name}-${part}`) !== undefined)
  const problem = problemOf(problems, name) ?? problemOf(problems, `${name}-${own}`)
  return (
    <Group name={name} label={label} hint={hint} problem={problem}>
      <div class="date">
        {parts.map((part) => (
          <div>
            <label for={`${name}-${part}`}>{words[part]}</label>
            <input
              type="text"
              id={`${name}-${part}`}
              name={`${name}-${part}`}
              value={value?.[part]}
              class={part === 'year' ? 'w4' : 'w2'}
              inputmode="numeric"
              maxlength={part === 'year' ? 4 : 2}
              autocomplete="off"
              aria-invalid={problem && (own === undefined || own === part) ? 'true' : undefined}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}
