import type { Child } from 'hono/jsx'

export interface FormProps {
  readonly action: string
  /** From `context.token()`. */
  readonly token: string
  /** Of a form that brings a file. */
  readonly upload?: boolean | undefined
  /**
   * Of a form with a long text: sent in fewer octets. Otherwise each Cyrillic letter is six of them, and a page of text
   * is beyond the limit of 64 KiB.
   */
  readonly long?: boolean | undefined
  readonly id?: string | undefined
  readonly children?: Child
}

/** An action: posted, with the token that only our own pages have. The browser checks nothing, so that the sentences are ours. */
export function Form({ action, token, upload, long, id, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      enctype={upload || long ? 'multipart/form-data' : undefined}
      id={id}
      novalidate
    >
      <Hidden name="token" value={token} />
      {children}
    </form>
  )
}

export function Hidden({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />
}

export interface ButtonProps {
  readonly children?: Child
  readonly kind?: 'main' | 'second' | 'warning' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly disabled?: boolean | undefined
  readonly id?: string | undefined
  /** The id of what says why it is disabled, or more about it. */
  readonly describedBy?: string | undefined
}

/** Sends the form. */
export function Button({ children, kind = 'main', name, value, disabled, id, describedBy }: ButtonProps) {
  return (
    <button
      type="submit"
      class={kind === 'main' ? undefined : kind}
      name={name}
      value={value}
      disabled={disabled}
      id={id}
      aria-describedby={describedBy}
    >
      {children}
    </button>
  )
}

/** Buttons and the link beside them, with a space between for browsers that only read. */
export function Actions({ children }: { children?: Child }) {
  return <div class="actions">{[children].flat().map((child) => [child, ' '])}</div>
}

/** A link that looks like a button: leads on, changes nothing. */
export function LinkButton({ href, children, kind }: { href: string; children?: Child; kind?: 'second' }) {
  return (
    <a class={kind === undefined ? 'button' : `button ${kind}`} href={href}>
      {children}
    </a>
  )
}
