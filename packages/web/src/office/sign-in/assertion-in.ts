import { type Assertion, isAssertion } from '@nansen/authority'
import type { FormValues } from '../../server/context.ts'

/** What the script put into the form: an authenticator's answer as JSON in base64url; undefined where it is none. */
export function assertionIn(form: FormValues, field = 'assertion'): Assertion | undefined {
  const text = form.raw(field)
  if (text.length === 0 || text.length > 8_000) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (!isAssertion(value)) return undefined
    // Whatever else came along goes no further.
    const { credentialId, authenticatorData, clientDataJSON, signature } = value
    return { credentialId, authenticatorData, clientDataJSON, signature }
  } catch {
    return undefined
  }
}
