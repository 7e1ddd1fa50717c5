import {
  type DraftPerson,
  EVIDENCE_KINDS,
  evidenceKindOf,
  putFile,
  readDraft,
  readFile,
  writeDraft,
} from '@nansen/authority'
import {
  Actions,
  Button,
  FileInput,
  Form,
  Heading,
  Hidden,
  Inset,
  LinkButton,
  type Problem,
  Radios,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { aboutWhom, personIn, type Somebody, withPerson } from './draft.ts'
import { isId, newId } from './ids.ts'
import { AskedFor } from './parts.tsx'
import { pictureProblem } from './picture-problem.ts'

/** What somebody shows, with the way to add to it. */
export async function evidence(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  if (somebody === undefined) return context.notFound()
  const { person, place } = somebody
  const t = context.text.applicant.evidence
  const next = place === 0 ? '/my/reasons' : '/my/family'
  const add = `${context.path}/add`
  return context.page({
    title: t.title,
    back: { href: `/my/person/${person.id}/photo` },
    main: (
      <>
        <Heading above={aboutWhom(somebody, context.text)}>
          {place === 0 ? t.heading : t.headingChild}
        </Heading>
        <p class="lead">{t.lead}</p>
        <AskedFor context={context} words={t} who={context.text.applicant.seen.officers} />
        {person.evidence.length === 0 ? (
          <Inset>
            <p>{t.none}</p>
          </Inset>
        ) : (
          <>
            <h2>{t.added}</h2>
            <ul class="tasks">
              {person.evidence.map(({ id, kind, file }) => (
                <li>
                  <span>{kindName(context, kind)}</span>
                  <div class="row">
                    <a href={`/my/file/${file}`}>
                      {t.look}
                      <span class="unseen">: {kindName(context, kind)}</span>
                    </a>
                    <Form action={context.path} token={context.token()}>
                      <Hidden name="remove" value={id} />
                      <Button kind="second">
                        {context.text.common.remove}
                        <span class="unseen">: {kindName(context, kind)}</span>
                      </Button>
                    </Form>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
        <Actions>
          <LinkButton href={add} {...(person.evidence.length > 0 && { kind: 'second' })}>
            {t.add}
          </LinkButton>
          {person.evidence.length > 0 ? (
            <LinkButton href={next}>{t.ready}</LinkButton>
          ) : (
            <a href={next}>{t.nothingToShow}</a>
          )}
        </Actions>
      </>
    ),
  })
}

/** Takes something back. */
export async function evidenceRemove(context: ApplicantContext): Promise<Response> {
  const id = context.param('person')
  const removed = context.form.get('remove')
  const draft = await readDraft(context.office, context.door)
  if (personIn(draft, id) === undefined) return context.notFound()
  await writeDraft(context.office, context.door, (now) =>
    withPerson(now, id, (person) => ({
      ...person,
      evidence: person.evidence.filter((one) => one.id !== removed),
    })),
  )
  return context.redirect(context.path)
}

export async function evidenceAdd(context: ApplicantContext): Promise<Response> {
  const draft = await readDraft(context.office, context.door)
  const somebody = personIn(draft, context.param('person'))
  return somebody === undefined ? context.notFound() : addPage(context, somebody)
}

/** Adds one thing. The form carries its id, so that the same form sent again adds nothing. P26 */
export async function evidenceAddPost(context: ApplicantContext): Promise<Response> {
  const { office, door, file, form } = context
  const id = context.param('person')
  const draft = await readDraft(office, door)
  const somebody = personIn(draft, id)
  if (somebody === undefined) return context.notFound()
  const list = `/my/person/${id}/evidence`
  const t = context.text.applicant
  const own = form.get('id')
  if (!isId(own)) return context.redirect(list)
  if (somebody.person.evidence.some((one) => one.id === own)) return context.redirect(list)

  const kind = evidenceKindOf(form.get('kind'))
  const problems: Problem[] = []
  if (kind === undefined) problems.push({ field: 'kind', text: t.evidence.kindMissing })
  if (file.kind === 'none') problems.push({ field: 'file', text: t.evidence.fileMissing })
  if (file.kind === 'too-large') problems.push({ field: 'file', text: t.pictures['picture.too-large'] })
  if (kind === undefined || file.kind !== 'file') return addPage(context, somebody, problems)
  if (kind.upload === 'chip' && !isArchive(file.bytes))
    return addPage(context, somebody, [{ field: 'file', text: t.evidence.notArchive }])
  try {
    const bytes = kind.upload === 'chip' ? file.bytes : await office.pictures.picture(file.bytes)
    // Whoever went back after a lost answer has a form with another id, and sends the same picture. P26
    if (await isThere(context, somebody.person, kind.code, bytes)) return context.redirect(list)
    const kept = await putFile(office, door, bytes)
    await writeDraft(office, door, (now) =>
      withPerson(now, id, (person) =>
        person.evidence.some((one) => one.id === own)
          ? person
          : { ...person, evidence: [...person.evidence, { id: own, kind: kind.code, file: kept }] },
      ),
    )
  } catch (error) {
    const sentence = pictureProblem(error, context.text)
    if (sentence === undefined) throw error
    return addPage(context, somebody, [{ field: 'file', text: sentence }])
  }
  return context.redirect(list)
}

async function isThere(
  { office, door }: ApplicantContext,
  { evidence }: DraftPerson,
  kind: string,
  bytes: Uint8Array,
): Promise<boolean> {
  for (const one of evidence) {
    if (one.kind !== kind) continue
    const known = await readFile(office, door, one.file)
    if (known !== undefined && Buffer.from(known).equals(bytes)) return true
  }
  return false
}

/** What no decoder looks at: `inspect` reads it, and nobody is shown it. */
const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

function addPage(context: ApplicantContext, somebody: Somebody, problems: readonly Problem[] = []): Response {
  const t = context.text.applicant.evidence
  const sent = context.form.get('id')
  return context.page({
    title: t.addTitle,
    problems,
    status: context.file.kind === 'too-large' ? 413 : undefined,
    back: { href: `/my/person/${somebody.person.id}/evidence` },
    main: (
      <>
        <Heading above={aboutWhom(somebody, context.text)}>{t.addHeading}</Heading>
        <Form action={context.path} token={context.token()} upload>
          <Hidden name="id" value={isId(sent) ? sent : newId(context)} />
          <Radios
            name="kind"
            label={t.kind}
            value={context.form.get('kind')}
            problems={problems}
            choices={EVIDENCE_KINDS.map(({ code }) => ({ value: code, text: kindName(context, code) }))}
          />
          <FileInput name="file" label={t.file} hint={t.fileHint} problems={problems} />
          <Actions>
            <Button>{t.send}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

const kindName = (context: ApplicantContext, code: string): string =>
  (context.text.rules.evidenceKinds as Readonly<Record<string, string>>)[code] ?? code
