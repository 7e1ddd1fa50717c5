import { PictureRefusal, putFile, readDraft, writeDraft } from '@nansen/authority'
import {
  Actions,
  Button,
  Details,
  Done,
  FileInput,
  Form,
  Heading,
  LinkButton,
  type Problem,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { aboutWhom, personIn, type Somebody, withPerson } from './draft.ts'
import { AskedFor } from './parts.tsx'
import { pictureProblem } from './picture-problem.ts'

export async function photo(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  return somebody === undefined ? context.notFound() : page(context, somebody)
}

/** A photograph takes the place of the one before; what speaks against it is advice. */
export async function photoPost(context: ApplicantContext): Promise<Response> {
  const { office, door, file } = context
  const id = context.param('person')
  const draft = await readDraft(office, door)
  const somebody = personIn(draft, id)
  if (somebody === undefined) return context.notFound()
  const t = context.text.applicant
  const problem = (text: string) => page(context, somebody, [{ field: 'photo', text }])
  if (file.kind === 'none') return problem(t.photo.missing)
  if (file.kind === 'too-large') return problem(t.pictures['picture.too-large'])
  try {
    const { jpeg, advice } = await office.pictures.portrait(file.bytes)
    const kept = await putFile(office, door, jpeg)
    await writeDraft(office, door, (now) =>
      withPerson(now, id, (person) => ({ ...person, photo: kept, photoAdvice: advice })),
    )
  } catch (error) {
    const sentence = pictureProblem(error, context.text)
    if (sentence === undefined) throw error
    if (error instanceof PictureRefusal) context.options.report(error.code)
    return problem(sentence)
  }
  return context.redirect(context.path)
}

function page(context: ApplicantContext, somebody: Somebody, problems: readonly Problem[] = []): Response {
  const { person, place } = somebody
  const t = context.text.applicant.photo
  const has = person.photo !== undefined
  return context.page({
    title: t.title,
    problems,
    status: context.file.kind === 'too-large' ? 413 : undefined,
    back: { href: `/my/person/${person.id}/birth` },
    main: (
      <>
        <Heading above={aboutWhom(somebody, context.text)}>
          {place === 0 ? t.heading : t.headingChild}
        </Heading>
        {has && (
          <Done title={t.have}>
            <p>{person.photoAdvice.length === 0 ? t.good : t.but}</p>
            {person.photoAdvice.length > 0 && (
              <ul>
                {person.photoAdvice.map((advice) => (
                  <li>{t.remarks[advice]}</li>
                ))}
              </ul>
            )}
            <p>
              <a href={`/my/file/${person.photo}`}>{t.look}</a>
            </p>
          </Done>
        )}
        {has && (
          <Actions>
            <LinkButton href={`/my/person/${person.id}/evidence`}>{context.text.common.continue}</LinkButton>
            <a href="/my">{context.text.applicant.home.title}</a>
          </Actions>
        )}
        {!has && <AskedFor context={context} words={t} who={context.text.applicant.seen.page} />}
        <Details summary={t.advice.heading} open={!has}>
          <ul>
            {t.advice.items.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        </Details>
        <Form action={context.path} token={context.token()} upload>
          <FileInput name="photo" label={has ? t.chooseOther : t.choose} hint={t.hint} problems={problems} />
          <Actions>
            <Button kind={has ? 'second' : 'main'}>{t.upload}</Button>
            {!has && <a href={`/my/person/${person.id}/evidence`}>{context.text.applicant.later}</a>}
          </Actions>
        </Form>
      </>
    ),
  })
}
