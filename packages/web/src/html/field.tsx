import type { Child } from 'hono/jsx'
import { type Problem, problemOf } from './problem.ts'

export interface FieldProps {
  /** Of the field in the form; its id is the same. */
  readonly name: string
  readonly label: Child
  readonly hint?: Child
  readonly problems?: readonly Problem[] | undefined
}

/** What stands around a control. */
interface AroundProps extends Omit<FieldProps, 'problems'> {
  /** What is wrong. */
  readonly problem: string | undefined
  readonly children?: Child
}

/** Ids of what a screen reader should read with the field. */
const describedBy = ({ name, hint, problem }: AroundProps): string | undefined =>
  [hint ? `${name}-hint` : '', problem ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined

const fieldClass = (problem: string | undefined): string => (problem ? 'field wrong' : 'field')

export function Hint({ id, children }: { id: string; children?: Child }) {
  return (
    <div class="hint" id={id}>
      {children}
    </div>
  )
}

/** The hint, and what is wrong: read before the control itself. */
function Told({ name, hint, problem }: AroundProps) {
  return (
    <>
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {problem && (
        <p class="error" id={`${name}-error`}>
          {problem}
        </p>
      )}
    </>
  )
}

/** Several controls under one question. */
export function Group(props: AroundProps) {
  return (
    <fieldset class={fieldClass(props.problem)} aria-describedby={describedBy(props)}>
      <legend>{props.label}</legend>
      <Told {...props} />
      {props.children}
    </fieldset>
  )
}

/** One control under its label. */
function Labelled(props: AroundProps) {
  return (
    <div class={fieldClass(props.problem)}>
      <label for={props.name}>{props.label}</label>
      <Told {...props} />
      {props.children}
    </div>
  )
}

/** A field as its label and its control need it. */
function fieldOf({ name, label, hint, problems }: FieldProps) {
  const problem = problemOf(problems, name)
  const around = { name, label, hint, problem }
  return {
    around,
    control: {
      id: name,
      name,
      'aria-invalid': problem ? ('true' as const) : undefined,
      'aria-describedby': describedBy(around),
    },
  }
}

export interface TextInputProps extends FieldProps {
  readonly value?: string | undefined
  /** Of characters, roughly; the field is no wider than that. */
  readonly width?: 2 | 4 | 10 | 20 | undefined
  readonly inputmode?: 'numeric' | 'text' | 'email' | undefined
  /** Language of what is typed. */
  readonly lang?: string | undefined
  readonly maxlength?: number | undefined
  readonly spellcheck?: boolean | undefined
}

/** One line of text. Browsers are asked to remember nothing. */
export function TextInput(props: TextInputProps) {
  const { value, width, inputmode, lang, maxlength } = props
  const { around, control } = fieldOf(props)
  return (
    <Labelled {...around}>
      <input
        type="text"
        {...control}
        value={value}
        class={width && `w${width}`}
        inputmode={inputmode}
        lang={lang}
        maxlength={maxlength}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      />
    </Labelled>
  )
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly lang?: string | undefined
}

/** Several lines of text. */
export function TextArea(props: TextAreaProps) {
  const { value, rows = 6, lang } = props
  const { around, control } = fieldOf(props)
  return (
    <Labelled {...around}>
      <textarea
        {...control}
        rows={rows}
        lang={lang}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
      >
        {/* A first line feed is dropped by browsers: this one, and not the person's own. */}
        {`\n${value ?? ''}`}
      </textarea>
    </Labelled>
  )
}

export interface SelectProps extends FieldProps {
  readonly value?: string | undefined
  readonly options: readonly { readonly value: string; readonly text: string; readonly lang?: string }[]
}

/** One of a list; for short lists {@link Radios} are kinder. */
export function Select(props: SelectProps) {
  const { around, control } = fieldOf(props)
  return (
    <Labelled {...around}>
      <select {...control} autocomplete="off">
        {props.options.map(({ value, text, lang }) => (
          <option value={value} selected={value === props.value} lang={lang}>
            {text}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** A picture, as the only file of a form with `upload`. The limit is said before. */
export function FileInput(props: FieldProps) {
  const { around, control } = fieldOf(props)
  return (
    <Labelled {...around}>
      <input type="file" {...control} accept="image/jpeg,image/png" />
    </Labelled>
  )
}
