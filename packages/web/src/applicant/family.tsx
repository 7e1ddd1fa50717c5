import { CaseRefusal, emptyPerson, readDraft, writeDraft } from '@nansen/authority'
import { Actions, Button, Form, Heading, Hidden, Inset, LinkButton, type Problem } from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { calledIn, personIn } from './draft.ts'
import { isId, newId } from './ids.ts'
import { AskedFor } from './parts.tsx'

/** Children of this application, each with pages of their own. */
export async function family(
  context: ApplicantContext,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const t = context.text.applicant.family
  const children = draft.people.slice(1)
  return context.page({
    title: t.title,
    problems,
    back: { href: '/my/stay' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <AskedFor context={context} words={t} who={context.text.applicant.seen.officers} />
        {children.length === 0 ? (
          <Inset>
            <p>{t.none}</p>
          </Inset>
        ) : (
          <ul class="tasks">
            {children.map((person, index) => {
              const called = calledIn({ person, place: index + 1 }, context.text)
              return (
                <li>
                  <a href={`/my/person/${person.id}/name`} lang={person.nameLanguage || undefined}>
                    {called}
                  </a>
                  <a href={`/my/family/${person.id}/remove`}>
                    {context.text.common.remove}
                    <span class="unseen" lang={person.nameLanguage || undefined}>
                      {' '}
                      {called}
                    </span>
                  </a>
                </li>
              )
            })}
          </ul>
        )}
        <Form action="/my/family" token={context.token()}>
          <Hidden name="id" value={newId(context)} />
          <Actions>
            <Button kind="second" id="add">
              {t.add}
            </Button>
            <LinkButton href="/my/meeting">{t.ready}</LinkButton>
          </Actions>
        </Form>
      </>
    ),
  })
}

/** One child more. The form carries its id, so that the same form sent again adds nobody. P26 */
export async function familyAdd(context: ApplicantContext): Promise<Response> {
  const id = context.form.get('id')
  if (!isId(id)) return context.redirect('/my/family')
  try {
    await writeDraft(context.office, context.door, (draft) =>
      personIn(draft, id) === undefined ? { ...draft, people: [...draft.people, emptyPerson(id)] } : draft,
    )
  } catch (error) {
    if (!(error instanceof CaseRefusal) || error.code !== 'draft.too-large') throw error
    return family(context, [{ field: 'add', text: context.text.applicant.family.tooMany }])
  }
  return context.redirect(`/my/person/${id}/name`)
}

/** Asks once more before anything is thrown away. */
export async function familyRemove(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  if (somebody === undefined || somebody.place === 0) return context.notFound()
  const t = context.text.applicant.family
  return context.page({
    title: t.title,
    back: { href: '/my/family' },
    main: (
      <>
        <Heading>{t.removeHeading(calledIn(somebody, context.text))}</Heading>
        <p>{t.removeText}</p>
        <Form action={context.path} token={context.token()}>
          <Actions>
            <Button kind="warning">{t.removeYes}</Button>
            <a href="/my/family">{t.removeNo}</a>
          </Actions>
        </Form>
      </>
    ),
  })
}

export async function familyRemovePost(context: ApplicantContext): Promise<Response> {
  const id = context.param('person')
  await writeDraft(context.office, context.door, (draft) => ({
    ...draft,
    people: draft.people.filter((person, place) => place === 0 || person.id !== id),
  }))
  return context.redirect('/my/family')
}
