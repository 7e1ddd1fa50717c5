import { type CaseFile, decideFirst, decisionOver, type Ground, RULES_VERSION } from '@nansen/authority'
import {
  Actions,
  Button,
  Checkboxes,
  Form,
  Heading,
  type Problem,
  Radios,
  Tag,
  TextArea,
} from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { Lacks } from '../case/checks-section.tsx'
import { caseHref, casePage, openThis } from '../frame/case-page.tsx'
import { codeOf, problemsOf } from '../frame/refusal.tsx'
import { languageWord, ruleWord } from '../frame/rule-words.ts'
import { approvalOf } from './approval-of.ts'
import {
  decisionFrom,
  decisionProblems,
  groundsOf,
  readDecision,
  type TypedDecision,
} from './decision-input.ts'
import { digestOf } from './exact.tsx'
import { previewPage } from './preview.tsx'

/** The first decision: 1 what is decided and why, 2 exactly what will be signed, 3 the signature. */
export async function decide(context: OfficerContext): Promise<Response> {
  const file = await openThis(context)
  return decidePage(context, file, startOf(file))
}

const startOf = ({ application }: CaseFile): TypedDecision => ({
  decision: '',
  approveGrounds: groundsOf('approve')
    .map(({ code }) => code)
    .filter((code) => application.reasons.includes(code)),
  refuseGrounds: [],
  documentCode: '',
  letter: '',
})

/** Step 2; or step 1 once more, with what was typed. */
export async function preview(context: OfficerContext): Promise<Response> {
  const file = await openThis(context)
  const typed = readDecision(context.form)
  if (context.form.has('change')) return decidePage(context, file, typed)
  const problems = decisionProblems(context.text, typed)
  if (problems.length > 0) return decidePage(context, file, typed, problems)
  return looked(context, file, typed)
}

/** Step 3: over what this officer looked at, and nothing else. P1 */
export async function signDecision(context: OfficerContext): Promise<Response> {
  const { office, desk, form, text } = context
  const file = await openThis(context)
  const typed = readDecision(form)
  const { caseId } = file.row
  const input = decisionFrom(typed, file.application.language)
  try {
    const { text: now, challenge } = await decisionOver(office, desk, caseId, input)
    if (form.get('seen') !== digestOf(now))
      return looked(context, file, typed, [
        { field: 'signature', text: text.office.refusals['decision.changed'] },
      ])
    const approval = await approvalOf(context, challenge)
    if (approval === undefined)
      return looked(context, file, typed, [{ field: 'signature', text: text.office.signature.missing }])
    await decideFirst(office, desk, caseId, input, approval)
  } catch (error) {
    const field = codeOf(error) === 'officer.assertion' ? 'signature' : undefined
    if (field !== undefined)
      return looked(context, file, typed, [{ field, text: text.office.refusals['officer.assertion'] }])
    return decidePage(context, file, typed, problemsOf(context, error, FIELDS))
  }
  return context.redirect('/office?queue=decision&moved=1')
}

async function looked(
  context: OfficerContext,
  file: CaseFile,
  typed: TypedDecision,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const input = decisionFrom(typed, file.application.language)
  try {
    const signed = await decisionOver(context.office, context.desk, file.row.caseId, input)
    return await previewPage(context, file, { typed, input, signed, problems })
  } catch (error) {
    return decidePage(context, file, typed, problemsOf(context, error, FIELDS))
  }
}

/** Fields of the form by the names that the office has for them. */
const FIELDS = { documentCode: 'document', letter: 'letter', grounds: 'approve-ground', other: 'decision' }

function decidePage(
  context: OfficerContext,
  file: CaseFile,
  typed: TypedDecision,
  problems: readonly Problem[] = [],
): Promise<Response> {
  const t = context.text.office.decide
  return casePage(context, file, {
    title: t.title,
    problems,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.lead}</p>
        <Lacks context={context} file={file} />
        <Form action={caseHref(file.row.caseId, 'decide')} token={context.token()}>
          <Radios
            name="decision"
            label={t.decision}
            value={typed.decision}
            problems={problems}
            inline
            choices={[
              { value: 'approve', text: t.approve },
              { value: 'refuse', text: t.refuse },
            ]}
          />
          <div class="side-by-side">
            <div>
              <Grounds
                context={context}
                file={file}
                kind="approve"
                values={typed.approveGrounds}
                problems={problems}
              />
              <Radios
                name="document"
                label={t.documentCode}
                hint={t.documentHint}
                value={typed.documentCode}
                problems={problems}
                choices={(['PR', 'PS', 'PT'] as const).map((code) => ({
                  value: code,
                  text: t.documentCodes[code],
                }))}
              />
            </div>
            <Grounds
              context={context}
              file={file}
              kind="refuse"
              values={typed.refuseGrounds}
              problems={problems}
            />
          </div>
          <TextArea
            name="letter"
            label={t.letter(languageWord(context.language, file.application.language))}
            hint={t.letterHint}
            lang={file.application.language}
            value={typed.letter}
            problems={problems}
          />
          <Actions>
            <Button>{t.preview}</Button>
          </Actions>
        </Form>
      </>
    ),
  })
}

interface GroundsProps {
  readonly context: OfficerContext
  readonly file: CaseFile
  readonly kind: 'approve' | 'refuse'
  readonly values: readonly string[]
  readonly problems: readonly Problem[]
}

/** The grounds of the published rules, each with the law. */
function Grounds({ context, file, kind, values, problems }: GroundsProps) {
  const t = context.text.office.decide
  return (
    <Checkboxes
      name={`${kind}-ground`}
      label={kind === 'approve' ? t.approveGrounds : t.refuseGrounds}
      hint={t.groundsHint(RULES_VERSION)}
      values={values}
      problems={problems}
      choices={groundsOf(kind).map((ground: Ground) => ({
        value: ground.code,
        text: (
          <>
            {ruleWord(context.text, 'grounds', ground.code)}
            {file.application.reasons.includes(ground.code) && (
              <>
                {' '}
                <Tag>{t.claimedGround}</Tag>
              </>
            )}
          </>
        ),
        hint: [...ground.law, ...(ground.documents ?? [])].join(' · '),
      }))}
    />
  )
}
