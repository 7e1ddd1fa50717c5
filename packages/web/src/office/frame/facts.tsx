import type { Child } from 'hono/jsx'

/** One fact, and how it is known. */
export interface Fact {
  readonly term: Child
  readonly value: Child
  /** Who says so, or when and by whom it was found. */
  readonly source?: Child
  readonly lang?: string | undefined
}

/** Facts under each other, each with its provenance. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts sourced">
      {facts.map(({ term, value, source, lang }) => (
        <div>
          <dt>{term}</dt>
          <dd lang={lang}>{value}</dd>
          {source && <dd class="source">{source}</dd>}
        </div>
      ))}
    </dl>
  )
}
