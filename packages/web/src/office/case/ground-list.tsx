import { groundOf } from '@nansen/authority'
import type { Context } from '../../server/context.ts'
import { ruleWord } from '../frame/rule-words.ts'

/** Grounds of a decision, each with the law. */
export function GroundList({ context, codes }: { context: Context; codes: readonly string[] }) {
  return (
    <ul>
      {codes.map((code) => (
        <li>
          {ruleWord(context.text, 'grounds', code)}{' '}
          <span class="hint law">{groundOf(code)?.law.join('; ')}</span>
        </li>
      ))}
    </ul>
  )
}
