import type { Approval } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'
import { assertionIn } from '../sign-in/assertion-in.ts'

/** How this officer signs here: with a passkey in the browser, or, of a specimen office, with a key in its files. */
export function signsBy({ desk, options }: OfficerContext): 'passkey' | 'specimen' | 'nothing' {
  const { id, credential } = desk.officer
  if (credential.kind === 'passkey') return 'passkey'
  const there = options.specimenOfficers?.list().some((officer) => officer.id === id) === true
  return there ? 'specimen' : 'nothing'
}

/**
 * The officer's signature under a challenge: what the script brought, or what their key in a file makes now.
 * @returns undefined where no authenticator answered
 */
export async function approvalOf(context: OfficerContext, challenge: string): Promise<Approval | undefined> {
  const { desk, options, form } = context
  const officer = desk.officer.id
  if (signsBy(context) === 'specimen')
    return { officer, assertion: await options.specimenOfficers!.answer(officer, challenge) }
  const assertion = assertionIn(form)
  return assertion && { officer, assertion }
}
