import type { Officer, OfficerRole } from '@nansen/authority'
import {
  Actions,
  Button,
  Checkboxes,
  Form,
  Heading,
  Hidden,
  type Problem,
  problemOf,
  TextInput,
} from '../../html/index.ts'
import type { FormValues, OfficerContext } from '../../server/context.ts'
import { those } from '../frame/act-form.tsx'
import { officePage } from '../frame/office-page.tsx'
import { ScriptWords } from '../sign-in/sign-in.tsx'
import { addPending } from './pending.ts'

const ROLES: readonly OfficerRole[] = ['intake', 'decision', 'production', 'security', 'audit']
/** They go with no other. */
const ALONE: readonly OfficerRole[] = ['security', 'audit']

interface Typed {
  readonly label: string
  readonly roles: readonly OfficerRole[]
  /** 16 octets by chance, base64url: the new officer's id, which their authenticator keeps. */
  readonly user: string
  /** Of the new passkey; base64url. */
  readonly keyId: string
  readonly key: string
}

/** A new officer makes a passkey here, at a security officer's desk. */
export const enrol = (context: OfficerContext): Promise<Response> =>
  enrolPage(context, { label: '', roles: [], user: chance(context), keyId: '', key: '' })

/** Drafts the record that enrols them, which two security officers sign. */
export async function draftEnrolment(context: OfficerContext): Promise<Response> {
  const { office, text } = context
  const typed = readTyped(context.form)
  const known = (await office.signing.officers.list()).some(({ credential }) => credential.id === typed.keyId)
  const problems = [...problemsIn(context, typed), ...those([known, 'create', text.office.officers.keyWrong])]
  if (problems.length > 0)
    return enrolPage(context, known ? { ...typed, keyId: '', key: '' } : typed, problems)
  const officer: Officer = {
    id: Buffer.from(typed.user, 'base64url').toString('hex'),
    label: typed.label,
    roles: typed.roles,
    credential: { kind: 'passkey', id: typed.keyId, publicKey: typed.key },
  }
  const draft = await office.signing.officers.draftEnrolment({ kind: 'enrol', officer })
  const { id } = addPending(office, { kind: 'enrol', label: officer.label, ...draft })
  return context.redirect(`/office/officers/pending/${id}`)
}

const readTyped = (form: FormValues): Typed => ({
  label: form.get('label'),
  roles: ROLES.filter((role) => form.all('role').includes(role)),
  user: form.raw('user'),
  keyId: form.raw('key-id'),
  key: form.raw('key'),
})

function problemsIn({ text }: OfficerContext, { label, roles, user, keyId, key }: Typed): readonly Problem[] {
  const t = text.office.officers
  const mixed = roles.length > 1 && roles.some((role) => ALONE.includes(role))
  return those(
    [!/^[\p{L}\p{N}][\p{L}\p{N} .'-]{0,59}$/u.test(label), 'label', t.labelWrong],
    [roles.length === 0 || mixed, 'role', t.rolesWrong],
    [
      !/^[\w-]{22}$/.test(user) || !isBase64url(keyId, 1_400) || !isBase64url(key, 300),
      'create',
      t.keyMissing,
    ],
  )
}

const isBase64url = (text: string, most: number): boolean =>
  text !== '' && text.length <= most && /^[\w-]+$/.test(text)

const chance = ({ office }: OfficerContext): string => Buffer.from(office.random(16)).toString('base64url')

async function enrolPage(
  context: OfficerContext,
  typed: Typed,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const t = context.text.office
  const { rpId } = await context.office.signing.officers.rootOf()
  const problem = problemOf(problems, 'create')
  return officePage(context, {
    title: t.officers.enrolTitle,
    back: { href: '/office/officers' },
    problems,
    script: 'office.js',
    main: (
      <>
        <Heading>{t.officers.enrolHeading}</Heading>
        <p class="lead">{t.officers.enrolLead}</p>
        <Form action="/office/officers/enrol" token={context.token()} id="new-passkey">
          <TextInput
            name="label"
            label={t.officers.label}
            hint={t.officers.labelHint}
            value={typed.label}
            problems={problems}
            width={20}
            maxlength={60}
          />
          <Checkboxes
            name="role"
            label={t.officers.rolesLabel}
            hint={t.officers.rolesHint}
            values={typed.roles}
            problems={problems}
            choices={ROLES.map((role) => ({ value: role, text: t.roles[role] }))}
          />
          <Hidden name="user" value={typed.user} />
          <Hidden name="rp" value={rpId} />
          <Hidden name="challenge" value={chance(context)} />
          <Hidden name="key-id" value={typed.keyId} />
          <Hidden name="key" value={typed.key} />
          <ScriptWords context={context} />
          {problem && <p class="error">{problem}</p>}
          <Actions>
            <Button id="create" describedBy="create-hint">
              {t.officers.create}
            </Button>
          </Actions>
          <p class="hint" id="create-hint">
            {t.officers.createHint}
          </p>
          <noscript>
            <p>{t.signIn.script}</p>
          </noscript>
        </Form>
      </>
    ),
  })
}
