import { type DecisionInput, GROUNDS, groundOf } from '@nansen/authority'
import type { Problem } from '../../html/index.ts'
import type { FormValues } from '../../server/context.ts'
import { CATALOGUES, type Catalogue, type Language } from '../../text/catalogue.ts'
import { those } from '../frame/act-form.tsx'
import { ruleWord } from '../frame/rule-words.ts'

/** A first decision as it was typed. */
export interface TypedDecision {
  readonly decision: string
  readonly approveGrounds: readonly string[]
  readonly refuseGrounds: readonly string[]
  readonly documentCode: string
  /** The officer's own words. */
  readonly letter: string
}

export const readDecision = (form: FormValues): TypedDecision => ({
  decision: form.get('decision'),
  approveGrounds: form.all('approve-ground'),
  refuseGrounds: form.all('refuse-ground'),
  documentCode: form.get('document'),
  letter: form.get('letter'),
})

/** And back, for the form that signs it. */
export const fieldsOf = (typed: TypedDecision): readonly (readonly [string, string])[] => [
  ['decision', typed.decision],
  ...typed.approveGrounds.map((code) => ['approve-ground', code] as const),
  ...typed.refuseGrounds.map((code) => ['refuse-ground', code] as const),
  ['document', typed.documentCode],
  ['letter', typed.letter],
]

export const groundsOf = (kind: 'approve' | 'refuse') => GROUNDS.filter((ground) => ground.kind === kind)

const chosen = (typed: TypedDecision): readonly string[] =>
  typed.decision === 'approve' ? typed.approveGrounds : typed.refuseGrounds

export function decisionProblems({ office }: Catalogue, typed: TypedDecision): readonly Problem[] {
  const t = office.decide
  const [approves, refuses] = [typed.decision === 'approve', typed.decision === 'refuse']
  const grounds = chosen(typed)
  return those(
    [!approves && !refuses, 'decision', t.noDecision],
    [approves && !groundsAre(grounds, 'approve'), 'approve-ground', t.noGrounds],
    [refuses && !groundsAre(grounds, 'refuse'), 'refuse-ground', t.noGrounds],
    [approves && !['PR', 'PS', 'PT'].includes(typed.documentCode), 'document', t.noDocument],
    [refuses && typed.letter === '', 'letter', t.noLetter],
  )
}

const groundsAre = (codes: readonly string[], kind: 'approve' | 'refuse'): boolean =>
  codes.length > 0 && codes.every((code) => groundOf(code)?.kind === kind)

/** What the office is asked: with the whole letter, as the applicant will read it. */
export function decisionFrom(typed: TypedDecision, language: Language): DecisionInput {
  const decision = typed.decision === 'approve' ? 'approve' : 'refuse'
  const grounds = chosen(typed)
  return {
    decision,
    grounds,
    documentCode: isDocument(typed.documentCode) ? typed.documentCode : 'PT',
    letter: decision === 'refuse' ? refusalLetter(typed.letter, grounds, language) : typed.letter,
  }
}

const isDocument = (code: string): code is DecisionInput['documentCode'] => ['PR', 'PS', 'PT'].includes(code)

/** The officer's words, the grounds with the law, and how to appeal: in the applicant's language. */
function refusalLetter(words: string, codes: readonly string[], language: Language): string {
  const text = CATALOGUES[language]
  const t = text.office.decide.letterParts
  const lines = codes.map((code) => {
    const law = groundOf(code)?.law.join('; ') ?? ''
    return `– ${ruleWord(text, 'grounds', code)} (${law})`
  })
  return [words, [t.grounds, ...lines].join('\n'), t.appeal].join('\n\n')
}
