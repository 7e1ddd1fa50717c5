import { drawPassphrase, encodeDoor, openAccount, type Script } from '@nansen/authority'
import {
  Actions,
  Button,
  Form,
  Heading,
  LinkButton,
  type Problem,
  Radios,
  TextInput,
  Warning,
} from '../html/index.ts'
import type { Context } from '../server/context.ts'
import { Words } from './words.tsx'

/** An account that is being made: its words, and which of them are asked for. Sealed in the session. */
interface Beginning {
  readonly words: readonly string[]
  readonly asked: readonly number[]
}

const beginningOf = (context: Context): Beginning | undefined =>
  context.session.content?.beginning as Beginning | undefined

/** In which letters the words are to be. */
export function begin(context: Context, problems: readonly Problem[] = []): Response {
  const t = context.text.applicant.begin
  return context.page({
    title: t.title,
    problems,
    back: { href: '/' },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Form action="/begin" token={context.token()}>
          <Radios
            name="script"
            label={t.script}
            hint={t.hint}
            value={context.form.get('script') || (context.language === 'ru' ? 'cyrillic' : 'latin')}
            problems={problems}
            choices={[
              { value: 'latin', text: t.latin },
              { value: 'cyrillic', text: t.cyrillic },
            ]}
          />
          <Actions>
            <Button>{t.next}</Button>
            <a href="/enter">{t.have}</a>
          </Actions>
        </Form>
      </>
    ),
  })
}

export async function beginPost(context: Context): Promise<Response> {
  const script = context.form.get('script')
  if (script !== 'latin' && script !== 'cyrillic')
    return begin(context, [{ field: 'script', text: context.text.applicant.begin.missing }])
  const words = drawPassphrase(context.office.random, script satisfies Script)
  await context.session.begin({ beginning: { words, asked: threeOf(words.length, context) } })
  return context.redirect('/begin/words')
}

/** Three places of the words, in order. */
function threeOf(count: number, { office }: Context): readonly number[] {
  const places = Array.from({ length: count }, (_, place) => place)
  while (places.length > 3) places.splice(office.random(1)[0]! % places.length, 1)
  return places
}

/** The words, the only time that they are shown. */
export function words(context: Context): Response {
  const t = context.text.applicant.words
  const beginning = beginningOf(context)
  if (beginning === undefined) return context.redirect('/begin')
  return context.page({
    title: t.title,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Words words={beginning.words} label={t.label} />
        <ul>
          {t.advice.map((advice) => (
            <li>{advice}</li>
          ))}
        </ul>
        <Warning word={context.text.common.warning}>
          <p>{t.lost}</p>
        </Warning>
        <Actions>
          <LinkButton href="/begin/check">{t.next}</LinkButton>
        </Actions>
      </>
    ),
  })
}

/** Three of them, typed back. */
export function check(context: Context, problems: readonly Problem[] = []): Response {
  const t = context.text.applicant.check
  const beginning = beginningOf(context)
  if (beginning === undefined) return context.redirect('/begin')
  return context.page({
    title: t.title,
    problems,
    back: { href: '/begin/words', text: t.again },
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p>{t.lead}</p>
        <Form action="/begin/check" token={context.token()}>
          {beginning.asked.map((place) => (
            <TextInput
              name={`word-${place + 1}`}
              label={t.word(place + 1)}
              width={20}
              value={context.form.get(`word-${place + 1}`)}
              problems={problems}
            />
          ))}
          <Actions>
            <Button>{t.next}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

export async function checkPost(context: Context): Promise<Response> {
  const t = context.text.applicant.check
  const beginning = beginningOf(context)
  if (beginning === undefined) return context.redirect(context.session.content?.door ? '/my' : '/begin')
  const problems = beginning.asked
    .filter((place) => plain(context.form.get(`word-${place + 1}`)) !== plain(beginning.words[place]!))
    .map((place) => ({ field: `word-${place + 1}`, text: t.wrong(place + 1) }))
  if (problems.length > 0) return check(context, problems)
  const door = await openAccount(context.office, beginning.words.join(' '))
  // The session before stays for a while, so that a post whose answer was lost can be sent again. P26
  await context.session.begin({ door: encodeDoor(door) })
  return context.redirect('/my')
}

const plain = (word: string): string => word.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').trim()
