import { unescaped } from './form-of-page.ts'
import type { Answer, HttpVisitor } from './http-visitor.ts'

/** Takes the seat of an officer who does not exist, such as `Iris`. @throws where the office has no such page */
export async function signInAs(visitor: HttpVisitor, name: string): Promise<Answer> {
  const page = await visitor.get('/office/sign-in')
  const buttons = [...page.text.matchAll(/<button[^>]*name="officer" value="([^"]*)"[^>]*>([^<]*)</g)]
  const [, officer] = buttons.find(([, , label]) => unescaped(label!).includes(name)) ?? []
  if (officer === undefined) throw new Error(`${page.status}: no officer to sign in as`)
  return visitor.send('/office/sign-in/specimen', { officer })
}

/** Of a case. */
const of = (caseId: string, page = '') => `/office/case/${caseId}${page && `/${page}`}`

/** Takes a case; one that this officer has already stays theirs. */
export async function take(visitor: HttpVisitor, caseId: string): Promise<Answer> {
  await visitor.get('/office')
  return visitor.send('/office/take', { take: caseId, 'give-back': '' })
}

export async function giveBack(visitor: HttpVisitor, caseId: string): Promise<Answer> {
  await visitor.get('/office')
  return visitor.send('/office/take', { 'give-back': caseId })
}

/** A form about a case: shown, filled in, sent. */
export async function act(
  visitor: HttpVisitor,
  caseId: string,
  page: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<Answer> {
  await visitor.get(of(caseId, page))
  return visitor.send(of(caseId, page), fields)
}

/** Asks for two things. */
export const askForMore = (visitor: HttpVisitor, caseId: string) =>
  act(visitor, caseId, 'request', { item: [], other: 'Вся страница с фотографией.\nГде вы живёте сейчас?' })

/** Everything that a case needs before it is decided on. */
export async function gather(visitor: HttpVisitor, caseId: string): Promise<void> {
  await act(visitor, caseId, 'identity-check', { level: '3', portrait: 'yes', seen: ['internal-passport'] })
  await act(visitor, caseId, 'stay', { lawful: 'yes', seen: ['internal-passport'] })
  await act(visitor, caseId, 'screening', { result: 'clear' })
}

/** Decides first, up to the signature. */
export async function decideFirst(
  visitor: HttpVisitor,
  caseId: string,
  decision: 'approve' | 'refuse' = 'approve',
): Promise<Answer> {
  await visitor.get(of(caseId, 'decide'))
  await visitor.post(of(caseId, 'decide'), {
    decision,
    'approve-ground': 'passport-not-to-be-asked-for',
    'refuse-ground': 'no-ground-shown',
    document: 'PT',
    letter: 'Мы не нашли основания.',
  })
  return visitor.send(of(caseId, 'decide/sign'))
}

/** Signs the same once more, as the second. */
export async function decideSecond(visitor: HttpVisitor, caseId: string): Promise<Answer> {
  await visitor.get(of(caseId, 'second'))
  return visitor.send(of(caseId, 'second'))
}
