import { type DraftPerson, machineSpelling, readDraft, writeDraft } from '@nansen/authority'
import { Actions, Button, Details, Form, Heading, Hidden, SummaryList } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { aboutWhom, onward, personIn, withPerson } from './draft.ts'
import { AskedFor } from './parts.tsx'

/** How the name will stand in the zone, to be looked at and confirmed. */
export async function spelling(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  if (somebody === undefined) return context.notFound()
  const { person } = somebody
  const t = context.text.applicant.spelling
  const change = `/my/person/${person.id}/name`
  const spelled = spelledOf(person)
  if (spelled === undefined) return context.redirect(change)
  return context.page({
    title: t.title,
    back: { href: change },
    main: (
      <>
        <Heading above={aboutWhom(somebody, context.text)}>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <SummaryList
          rows={[
            {
              term: t.written,
              value: `${person.givenNames} ${person.familyName}`.trim(),
              lang: person.nameLanguage,
            },
            { term: t.family, value: <code>{spelled.familyName}</code> },
            ...(spelled.givenNames === ''
              ? []
              : [{ term: t.given, value: <code>{spelled.givenNames}</code> }]),
          ]}
        />
        <AskedFor context={context} words={t} who={context.text.applicant.seen.page} />
        <Details summary={t.differs}>
          <p>{t.differsText}</p>
        </Details>
        <Form action={context.path} token={context.token()}>
          <Hidden name="spelling" value={textOf(spelled)} />
          <Actions>
            <Button name="go" value="next">
              {t.confirm}
            </Button>
            <a href={change}>{t.change}</a>
          </Actions>
        </Form>
      </>
    ),
  })
}

/** Confirms what was shown, and nothing that it has become since. */
export async function spellingPost(context: ApplicantContext): Promise<Response> {
  const id = context.param('person')
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, id)
  if (somebody === undefined) return context.notFound()
  const seen = context.form.raw('spelling')
  const isSeen = (person: DraftPerson) => {
    const spelled = spelledOf(person)
    return spelled !== undefined && textOf(spelled) === seen
  }
  if (!isSeen(somebody.person)) return context.redirect(context.path)
  await writeDraft(context.office, context.door, (now) =>
    withPerson(now, id, (person) => ({ ...person, spellingConfirmed: isSeen(person) })),
  )
  return onward(context, `/my/person/${id}/birth`)
}

interface Spelled {
  readonly familyName: string
  readonly givenNames: string
}

const textOf = ({ familyName, givenNames }: Spelled): string => `${familyName}<<${givenNames}`

/** @returns undefined where the name is not told yet, or cannot be written */
export function spelledOf({ familyName, givenNames, nameLanguage }: DraftPerson): Spelled | undefined {
  if (familyName === '' || nameLanguage === '') return undefined
  try {
    const spelled = machineSpelling(familyName, givenNames, nameLanguage)
    return spelled.familyName === '' ? undefined : spelled
  } catch {
    return undefined
  }
}
