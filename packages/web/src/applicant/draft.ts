import {
  CaseRefusal,
  type Draft,
  type DraftPerson,
  draftProblems,
  type TaskName,
  writeDraft,
} from '@nansen/authority'
import type { Problem } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import type { Catalogue } from '../text/catalogue.ts'

/** Somebody of a draft, and which place they have: 0 is the applicant. */
export interface Somebody {
  readonly person: DraftPerson
  readonly place: number
}

/** @returns undefined where nobody of this draft has that id (P8) */
export function personIn(draft: Draft, id: string): Somebody | undefined {
  const place = draft.people.findIndex((person) => person.id === id)
  return place === -1 ? undefined : { person: draft.people[place]!, place }
}

export const withPerson = (
  draft: Draft,
  id: string,
  change: (person: DraftPerson) => DraftPerson,
): Draft => ({
  ...draft,
  people: draft.people.map((person) => (person.id === id ? change(person) : person)),
})

/** How somebody is called in headings: by name, or as what number of child. */
export function calledIn({ person, place }: Somebody, text: Catalogue): string {
  const name = `${person.givenNames} ${person.familyName}`.trim()
  return name !== '' ? name : place === 0 ? text.applicant.children.you : text.applicant.family.unnamed(place)
}

/** The line above a heading: whom the page is about, where it is about a child. */
export const aboutWhom = (somebody: Somebody, text: Catalogue): string | undefined =>
  somebody.place === 0 ? undefined : text.applicant.children.of(calledIn(somebody, text))

/** What one page is about. */
export interface Of {
  readonly tasks: readonly TaskName[]
  readonly person?: string
}

/** What stands in the way of handing in, of the fields of one page: sentences, in the order of the fields. */
export function problemsOf(
  context: ApplicantContext,
  draft: Draft,
  of: Of,
): readonly (Problem & { readonly missing: boolean })[] {
  return draftProblems(draft, context.office.clock())
    .filter(({ task, person }) => of.tasks.includes(task) && person === of.person)
    .map((problem) => ({
      field: fieldOf(problem.field),
      text: sentenceOf(problem, context.text),
      missing: problem.code === 'draft.missing',
    }))
}

/** `familyName` → `family-name`: fields of forms are written so. */
export const fieldOf = (name: string): string =>
  name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)

/** A rule's code as a sentence that says what to do. */
export function sentenceOf({ code, field }: { code: string; field: string }, text: Catalogue): string {
  const sentences: Readonly<Record<string, string>> = text.applicant.problems
  return (
    (code === 'draft.missing' ? sentences[field] : sentences[code]) ??
    sentences[field] ??
    text.applicant.problems.other
  )
}

export interface Saved {
  /** The draft as it stands now. */
  readonly draft: Draft | undefined
  readonly problems: readonly Problem[]
}

/**
 * Keeps what a page brought, right or not, so that nothing is typed twice; and says what is not right yet.
 * @param typed what could not even be understood, and is not kept
 */
export async function save(
  context: ApplicantContext,
  of: Of,
  change: (draft: Draft) => Draft,
  typed: readonly Problem[] = [],
): Promise<Saved> {
  try {
    const draft = await writeDraft(context.office, context.door, change)
    const stopping = context.form.get('go') === 'home'
    const found = problemsOf(context, draft, of).filter(
      ({ field, missing }) => !(stopping && missing) && !typed.some((problem) => problem.field === field),
    )
    return { draft, problems: [...typed, ...found] }
  } catch (error) {
    if (!(error instanceof CaseRefusal) || !error.code.startsWith('draft.')) throw error
    const field = fieldOf(error.field ?? of.tasks[0]!)
    return {
      draft: undefined,
      problems: [
        ...typed,
        { field, text: sentenceOf({ code: 'draft.too-large', field }, context.text), unsaved: true },
      ],
    }
  }
}

/** Where a page leads once it is right: the next one, or home. */
export const onward = (context: ApplicantContext, next: string): Response =>
  context.redirect(context.form.get('go') === 'home' ? '/my' : next)
