import { CaseRefusal, type HelperScope, helpersOf, makeHelper, revokeHelper } from '@nansen/authority'
import {
  Actions,
  Button,
  Checkboxes,
  Form,
  Heading,
  Hidden,
  Inset,
  LinkButton,
  type Problem,
  Radios,
  Tag,
  TextInput,
} from '../html/index.ts'
import type { ApplicantContext } from '../server/context.ts'
import { longDay } from '../text/dates.ts'
import { isId, newId } from './ids.ts'
import { Words } from './words.tsx'

const SCOPES: readonly HelperScope[] = ['draft', 'answer', 'status']

/** Whom the holder lets in, and how far. */
export async function helpers(context: ApplicantContext): Promise<Response> {
  const all = await helpersOf(context.office, context.door)
  const t = context.text.applicant.helpers
  return context.page({
    title: t.title,
    back: { href: '/my' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        {all.length === 0 ? (
          <Inset>
            <p>{t.none}</p>
          </Inset>
        ) : (
          <>
            <h2>{t.list}</h2>
            <ul class="tasks">
              {all.map(({ doorId, name, scopes, since, open }) => (
                <li>
                  <div>
                    <strong>{name}</strong>
                    <p class="hint">
                      {t.may}: {scopes.map((scope) => t.scopes[scope]).join('; ')}.<br />
                      {t.since}: {longDay(since, context.language)}
                    </p>
                  </div>
                  {open ? (
                    <Form action={`/my/helpers/${doorId}/revoke`} token={context.token()}>
                      <Button kind="second">
                        {t.revoke}
                        <span class="unseen">: {name}</span>
                      </Button>
                    </Form>
                  ) : (
                    <Tag>{t.ended}</Tag>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        <Actions>
          <LinkButton href="/my/helpers/add">{t.add}</LinkButton>
        </Actions>
      </>
    ),
  })
}

export async function helperAdd(
  context: ApplicantContext,
  problems: readonly Problem[] = [],
): Promise<Response> {
  if (context.door.as !== 'holder') throw new CaseRefusal('door.scope')
  const t = context.text.applicant
  const { form } = context
  return context.page({
    title: t.helpers.addTitle,
    problems,
    back: { href: '/my/helpers' },
    main: (
      <>
        <Heading>{t.helpers.addHeading}</Heading>
        <Form action="/my/helpers/add" token={context.token()}>
          <Hidden name="id" value={isId(form.get('id')) ? form.get('id') : newId(context)} />
          <TextInput
            name="name"
            label={t.helpers.name}
            hint={t.helpers.nameHint}
            value={form.get('name')}
            width={20}
            problems={problems}
          />
          <Checkboxes
            name="scopes"
            label={t.helpers.scopesLabel}
            values={form.all('scopes')}
            problems={problems}
            choices={SCOPES.map((scope) => ({ value: scope, text: t.helpers.scopes[scope] }))}
          />
          <Radios
            name="script"
            label={t.helpers.script}
            value={form.get('script') || (context.language === 'ru' ? 'cyrillic' : 'latin')}
            choices={[
              { value: 'latin', text: t.begin.latin },
              { value: 'cyrillic', text: t.begin.cyrillic },
            ]}
          />
          <Actions>
            <Button>{t.helpers.make}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

/** What is remembered of the helper made last, until the words are written down. */
interface Made {
  readonly id: string
  readonly words: readonly string[]
}
const madeIn = ({ session }: ApplicantContext): Made | undefined => session.content?.made as Made | undefined

/** Makes a helper's words. The same form sent again makes no second helper, and shows the same words. P26 */
export async function helperAddPost(context: ApplicantContext): Promise<Response> {
  const { form } = context
  const t = context.text.applicant.helpers
  const id = form.get('id')
  if (madeIn(context)?.id === id) return context.redirect('/my/helpers/words')
  const scopes = SCOPES.filter((scope) => form.all('scopes').includes(scope))
  const problems: Problem[] = []
  if (form.get('name') === '') problems.push({ field: 'name', text: t.nameMissing })
  if (scopes.length === 0) problems.push({ field: 'scopes', text: t.scopesMissing })
  if (problems.length > 0 || !isId(id)) return helperAdd(context, problems)
  const script = form.get('script') === 'cyrillic' ? 'cyrillic' : 'latin'
  try {
    await once(id, async () => {
      const words = await makeHelper(context.office, context.door, { name: form.get('name'), scopes, script })
      await context.session.write({ ...context.session.content, made: { id, words } satisfies Made })
    })
  } catch (error) {
    if (error instanceof CaseRefusal && error.code === 'helper.name')
      return helperAdd(context, [{ field: 'name', text: t.nameMissing }])
    if (error instanceof CaseRefusal && error.code === 'helper.too-many')
      return helperAdd(context, [{ field: 'name', text: t.tooMany }])
    throw error
  }
  return context.redirect('/my/helpers/words')
}

/** Helpers that are being made, by the id of their form. */
const making = new Map<string, Promise<void>>()

/** The same form sent several times at the same moment is done once; sent later, the session knows it. P4 */
function once(id: string, make: () => Promise<void>): Promise<void> {
  const begun = making.get(id) ?? make().finally(() => making.delete(id))
  making.set(id, begun)
  return begun
}

export function helperWords(context: ApplicantContext): Response {
  const t = context.text.applicant.helpers
  const made = madeIn(context)
  return context.page({
    title: t.wordsTitle,
    back: made === undefined ? { href: '/my/helpers' } : undefined,
    main: (
      <>
        <Heading>{t.wordsHeading}</Heading>
        {made === undefined ? (
          <p>{t.gone}</p>
        ) : (
          <>
            <p class="lead">{t.wordsLead}</p>
            <Words words={made.words} label={t.wordsHeading} />
            <Form action="/my/helpers/words" token={context.token()}>
              <Actions>
                <Button>{t.wordsNext}</Button>
              </Actions>
            </Form>
          </>
        )}
      </>
    ),
  })
}

/** The words are written down: they are forgotten here. */
export async function helperWordsPost(context: ApplicantContext): Promise<Response> {
  const { made: _, ...content } = context.session.content ?? {}
  await context.session.write(content)
  return context.redirect('/my/helpers')
}

export async function helperRevoke(context: ApplicantContext): Promise<Response> {
  await revokeHelper(context.office, context.door, context.param('helper'))
  return context.redirect('/my/helpers')
}
