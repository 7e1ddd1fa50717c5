import { hash } from 'node:crypto'
import { caseCode } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'
import { Facts } from '../frame/facts.tsx'

/** SHA-256 of what is signed, 64 digits: the same on both officers' screens. */
export const digestOf = (text: string): string => hash('sha256', text)

/** What is signed: field by field, as exact text, and as one number to compare. */
export function Exact({ context, text, title }: { context: OfficerContext; text: string; title: string }) {
  const t = context.text.office.preview
  const names: Readonly<Record<string, string>> = t.fields
  return (
    <section aria-labelledby="exact">
      <h2 id="exact">{title}</h2>
      <Facts
        facts={fieldsOf(text).map(([name, value]) => ({
          term: names[name] ?? name,
          value:
            name === 'reference' || name === 'caseId' ? (
              <span class="code">{codeOrId(value)}</span>
            ) : (
              <span class={/^[0-9a-f]{64}$/.test(value) ? 'digest' : undefined}>{value}</span>
            ),
        }))}
      />
      <h3>{t.exact}</h3>
      <pre class="exact">{text}</pre>
      <h3>{t.digest}</h3>
      <p class="digest">{digestOf(text)}</p>
    </section>
  )
}

/** As people read them; whatever else there is comes after, and nothing is left out. */
const ORDER = [
  'familyName',
  'givenNames',
  'birthDate',
  'sex',
  'nationality',
  'documentCode',
  'state',
  'portrait',
]

function fieldsOf(text: string): readonly (readonly [string, string])[] {
  const content = JSON.parse(text) as Readonly<Record<string, unknown>>
  const names = Object.keys(content)
  const first = ORDER.filter((name) => names.includes(name))
  return [...new Set([...first, ...names])].map((name) => {
    const value = content[name]
    return [name, Array.isArray(value) ? value.join(', ') : String(value)]
  })
}

const codeOrId = (id: string): string => (/^[0-9a-f]{32}$/.test(id) ? caseCode(id) : id)
