import type { Child } from 'hono/jsx'
import { type Problem, problemOf } from './problem.ts'

export interface FieldProps {
  /** Of the field in the form; its id is the same. */
  readonly name: string
  readonly label: Child
  readonly hint?: Child
  readonly problems?: readonly Problem[] | undefined
}

/** Ids of what a screen reader should read with the field. */
export const describedBy = (name: string, hint: Child, problem: string | undefined): string | undefined =>
  [hint ? `${name}-hint` : '', problem ? `${name}-error` : ''].filter(Boolean).join(' ') || undefined

export function Hint({ id, children }: { id: string; children?: Child }) {
  return (
    <div class="hint" id={id}>
      {children}
    </div>
  )
}

export function FieldError({ id, text }: { id: string; text: string }) {
  return (
    <p class="error" id={id}>
      {text}
    </p>
  )
}

export const fieldClass = (problem: string | undefined): string => (problem ? 'field wrong' : 'field')

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
  const { name, label, hint, problems, value, width, inputmode, lang, maxlength } = props
  const problem = problemOf(problems, name)
  return (
    <div class={fieldClass(problem)}>
      <label for={name}>{label}</label>
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {problem && <FieldError id={`${name}-error`} text={problem} />}
      <input
        type="text"
        id={name}
        name={name}
        value={value}
        class={width && `w${width}`}
        inputmode={inputmode}
        lang={lang}
        maxlength={maxlength}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, problem)}
      />
    </div>
  )
}

export interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly lang?: string | undefined
}

/** Several lines of text. */
export function TextArea({ name, label, hint, problems, value, rows = 6, lang }: TextAreaProps) {
  const problem = problemOf(problems, name)
  return (
    <div class={fieldClass(problem)}>
      <label for={name}>{label}</label>
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {problem && <FieldError id={`${name}-error`} text={problem} />}
      <textarea
        id={name}
        name={name}
        rows={rows}
        lang={lang}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, problem)}
      >
        {/* A first line feed is dropped by browsers: this one, and not the person's own. */}
        {`\n${value ?? ''}`}
      </textarea>
    </div>
  )
}

export interface SelectProps extends FieldProps {
  readonly value?: string | undefined
  readonly options: readonly { readonly value: string; readonly text: string; readonly lang?: string }[]
}

/** One of a list; for short lists {@link Radios} are kinder. */
export function Select({ name, label, hint, problems, value, options }: SelectProps) {
  const problem = problemOf(problems, name)
  return (
    <div class={fieldClass(problem)}>
      <label for={name}>{label}</label>
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {problem && <FieldError id={`${name}-error`} text={problem} />}
      <select
        id={name}
        name={name}
        autocomplete="off"
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, problem)}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} lang={option.lang}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A picture, as the only file of a form with `upload`. The limit is said before. */
export function FileInput({ name, label, hint, problems }: FieldProps) {
  const problem = problemOf(problems, name)
  return (
    <div class={fieldClass(problem)}>
      <label for={name}>{label}</label>
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      {problem && <FieldError id={`${name}-error`} text={problem} />}
      <input
        type="file"
        id={name}
        name={name}
        accept="image/jpeg,image/png"
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, problem)}
      />
    </div>
  )
}
