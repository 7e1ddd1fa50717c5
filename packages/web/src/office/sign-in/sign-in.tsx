import { Actions, Button, Done, Form, Heading, Inset, type Problem } from '../../html/index.ts'
import type { Context } from '../../server/context.ts'

/** The office's way in. */
export function signIn(context: Context): Response {
  return signInPage(context)
}

/** Of whoever is not signed in, or no longer. */
export const enter = (context: Context): Response =>
  context.redirect(context.query('over') === '' ? '/office/sign-in' : '/office/sign-in?over=1')

export function signInPage(context: Context, problems: readonly Problem[] = []): Response {
  const t = context.text.office.signIn
  return context.page({
    title: t.title,
    problems,
    style: 'office.css',
    script: 'office.js',
    main: (
      <>
        {context.query('out') !== '' && <Done title={t.out} />}
        <Heading>{t.heading}</Heading>
        {context.query('over') !== '' && (
          <Inset>
            <p>{t.over}</p>
          </Inset>
        )}
        <p class="lead">{t.lead}</p>
        <Form action="/office/sign-in/passkey" token={context.token()}>
          <Button id="passkey" describedBy="passkey-hint">
            {t.passkey}
          </Button>
          <p class="hint" id="passkey-hint">
            {t.passkeyHint}
          </p>
        </Form>
        <noscript>
          <p>{t.script}</p>
        </noscript>
        <Chooser context={context} />
      </>
    ),
  })
}

/** Of a specimen office: every desk may be tried. */
function Chooser({ context }: { context: Context }) {
  const { specimenOfficers } = context.options
  if (specimenOfficers === undefined) return null
  const t = context.text.office
  return (
    <>
      <h2>{t.signIn.chooserHeading}</h2>
      <p>{t.signIn.chooser}</p>
      <Form action="/office/sign-in/specimen" token={context.token()}>
        <ul class="chooser">
          {specimenOfficers.list().map(({ id, label, roles }) => (
            <li>
              <button type="submit" class="second" name="officer" value={id}>
                {t.signIn.as(label)}
              </button>
              <span class="hint">{roles.map((role) => t.roles[role]).join(', ')}</span>
            </li>
          ))}
        </ul>
      </Form>
    </>
  )
}

/** With a challenge that is good for two minutes: so it is asked for only when somebody is about to answer. */
export async function passkeyPage(context: Context): Promise<Response> {
  const { officers } = context.office.signing
  const [challenge, { rpId }] = await Promise.all([officers.challenge(), officers.rootOf()])
  const t = context.text.office
  return context.page({
    title: t.signIn.title,
    style: 'office.css',
    script: 'office.js',
    back: { href: '/office/sign-in' },
    main: (
      <>
        <Heading>{t.signIn.touchHeading}</Heading>
        <p class="lead">{t.signIn.touch}</p>
        <Form action="/office/sign-in" token={context.token()} id="at-once">
          <input type="hidden" name="challenge" value={challenge} />
          <input type="hidden" name="rp" value={rpId} />
          <input type="hidden" name="credential" value="" />
          <input type="hidden" name="assertion" value="" />
          <ScriptWords context={context} />
          <Actions>
            <Button>{t.signIn.again}</Button>
          </Actions>
        </Form>
        <noscript>
          <p>{t.signIn.script}</p>
        </noscript>
      </>
    ),
  })
}

/** What the script has to say, in the language of the page: it shows one of them. */
export function ScriptWords({ context }: { context: Context }) {
  const t = context.text.office.script
  return (
    <div role="status" class="script-words">
      <p data-say="working" hidden>
        {t.working}
      </p>
      <p class="error" data-say="refused" hidden>
        {t.refused}
      </p>
      <p class="error" data-say="unsupported" hidden>
        {t.unsupported}
      </p>
    </div>
  )
}
