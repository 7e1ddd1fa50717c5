import type { Problem } from './problem.ts'

/** What went wrong, first on the page and linked to the fields. */
export function ErrorSummary({ title, problems }: { title: string; problems: readonly Problem[] }) {
  return (
    <div class="summary" role="alert" aria-labelledby="summary-title" tabindex={-1}>
      <h2 id="summary-title">{title}</h2>
      <ul>
        {problems.map(({ field, text }) => (
          <li>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
