import type { Child } from 'hono/jsx'
import { Actions, Button, Form, Hidden, type Problem, problemOf } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { ScriptWords } from '../sign-in/sign-in.tsx'
import { signsBy } from './approval-of.ts'

export interface SignFormProps {
  readonly context: OfficerContext
  readonly action: string
  /** What is signed, base64url. */
  readonly challenge: string
  readonly rpId: string
  /** What goes along unchanged. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly problems: readonly Problem[]
  readonly label: string
  /** Why it cannot be signed now, where that is so. */
  readonly not?: string | undefined
  /** Other buttons. */
  readonly children?: Child
}

/** By which an officer signs: with their passkey, through the script, or, in a specimen office, with a button alone. */
export function SignForm(props: SignFormProps) {
  const { context, action, challenge, rpId, fields, problems, label, not, children } = props
  const t = context.text.office.signature
  const by = signsBy(context)
  const against = not ?? (by === 'nothing' ? t.noKey : undefined)
  const problem = problemOf(problems, 'signature')
  return (
    <Form action={action} token={context.token()} id={by === 'passkey' ? 'by-passkey' : undefined}>
      {fields.map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
      {by === 'passkey' && (
        <>
          <Hidden name="challenge" value={challenge} />
          <Hidden name="rp" value={rpId} />
          <Hidden name="credential" value={context.desk.officer.credential.id} />
          <Hidden name="assertion" value="" />
          <ScriptWords context={context} />
        </>
      )}
      {problem && <p class="error">{problem}</p>}
      <Actions>
        <Button
          id="signature"
          name="signature"
          value="yes"
          disabled={against !== undefined}
          describedBy={against === undefined ? 'sign-hint' : 'sign-not'}
        >
          {label}
        </Button>
        {children}
      </Actions>
      {against === undefined ? (
        <p class="hint" id="sign-hint">
          {by === 'specimen' ? t.specimenHint : t.hint}
        </p>
      ) : (
        <p id="sign-not">{against}</p>
      )}
      {by === 'passkey' && (
        <noscript>
          <p>{context.text.office.signIn.script}</p>
        </noscript>
      )}
    </Form>
  )
}

/** What the button says: with what it signs. */
export const signLabel = (context: OfficerContext, deed?: string): string => {
  const t = context.text.office.signature
  const how = signsBy(context) === 'specimen' ? t.specimen(context.desk.officer.label) : t.passkey
  return deed === undefined ? how : `${deed} · ${how}`
}
