import type { Child } from 'hono/jsx'
import { type FieldProps, Group, Hint } from './field.tsx'
import { problemOf } from './problem.ts'

export interface Choice {
  readonly value: string
  readonly text: Child
  readonly hint?: Child
  readonly lang?: string | undefined
}

export interface RadiosProps extends FieldProps {
  readonly value?: string | undefined
  readonly choices: readonly Choice[]
  /** Beside each other; for two short ones. */
  readonly inline?: boolean | undefined
}

/** One of several. The first has the name's id, so that an error leads to it. */
export function Radios(props: RadiosProps) {
  return <Choices {...props} type="radio" chosen={props.value === undefined ? [] : [props.value]} />
}

export interface CheckboxesProps extends FieldProps {
  readonly values?: readonly string[] | undefined
  readonly choices: readonly Choice[]
}

/** Any of several. */
export function Checkboxes(props: CheckboxesProps) {
  return <Choices {...props} type="checkbox" chosen={props.values ?? []} />
}

interface ChoicesProps extends FieldProps {
  readonly type: 'radio' | 'checkbox'
  readonly chosen: readonly string[]
  readonly choices: readonly Choice[]
  readonly inline?: boolean | undefined
}

function Choices({ type, name, label, hint, problems, chosen, choices, inline }: ChoicesProps) {
  return (
    <Group name={name} label={label} hint={hint} problem={problemOf(problems, name)}>
      <div class={inline ? 'choices inline' : 'choices'}>
        {choices.map((choice, index) => {
          const id = index === 0 ? name : `${name}-${index + 1}`
          return (
            <div class="choice">
              <input
                type={type}
                id={id}
                name={name}
                value={choice.value}
                checked={chosen.includes(choice.value)}
                aria-describedby={choice.hint ? `${id}-about` : undefined}
              />
              <label for={id} lang={choice.lang}>
                {choice.text}
              </label>
              {choice.hint && <Hint id={`${id}-about`}>{choice.hint}</Hint>}
            </div>
          )
        })}
      </div>
    </Group>
  )
}
