import type { CaseFile, DecisionInput, ToBeSigned } from '@nansen/authority'
import { Heading, Inset, type Problem, Tag } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { Zone } from '../case/application-section.tsx'
import { GroundList } from '../case/ground-list.tsx'
import { caseHref, casePage } from '../frame/case-page.tsx'
import { fieldsOf, type TypedDecision } from './decision-input.ts'
import { digestOf, Exact } from './exact.tsx'
import { SignForm, signLabel } from './sign-form.tsx'

export interface Previewed {
  readonly typed: TypedDecision
  readonly input: DecisionInput
  readonly signed: ToBeSigned
  readonly problems: readonly Problem[]
}

/** Exactly what the first officer signs and the second will see, and below it the signature. */
export async function previewPage(
  context: OfficerContext,
  file: CaseFile,
  { typed, input, signed, problems }: Previewed,
): Promise<Response> {
  const t = context.text.office.preview
  const { rpId } = await context.office.signing.officers.rootOf()
  const href = caseHref(file.row.caseId, 'decide')
  return casePage(context, file, {
    title: t.title,
    problems,
    script: 'office.js',
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p class="lead">{t.second}</p>
        <Decided context={context} file={file} decision={input} />
        <Exact
          context={context}
          text={signed.text}
          title={input.decision === 'approve' ? t.order : t.orderRefuse}
        />
        <SignForm
          context={context}
          action={caseHref(file.row.caseId, 'decide/sign')}
          challenge={signed.challenge}
          rpId={rpId}
          fields={[...fieldsOf(typed), ['seen', digestOf(signed.text)]]}
          problems={problems}
          label={signLabel(context, context.text.office.decide[input.decision])}
        >
          <button type="submit" class="second" name="change" value="yes" formaction={href} data-plain>
            {t.change}
          </button>
        </SignForm>
      </>
    ),
  })
}

/** A decision in words: what, on which grounds, with which letter, and how it will stand in the zone. */
export function Decided({
  context,
  file,
  decision,
}: {
  context: OfficerContext
  file: CaseFile
  decision: DecisionInput
}) {
  const t = context.text.office
  return (
    <>
      <h2>{t.preview.decision}</h2>
      <p>
        <Tag tone={decision.decision === 'approve' ? 'good' : 'bad'}>{t.decide[decision.decision]}</Tag>{' '}
        {decision.decision === 'approve' && t.decide.documentCodes[decision.documentCode]}
      </p>
      <h3>{t.preview.grounds}</h3>
      <GroundList context={context} codes={decision.grounds} />
      {decision.letter !== '' && (
        <>
          <h3>{t.preview.letter}</h3>
          <Inset lang={file.application.language}>
            <p class="letter">{decision.letter}</p>
          </Inset>
        </>
      )}
      {decision.decision === 'approve' && (
        <>
          <h3>{t.preview.zone}</h3>
          <p>
            <Zone lines={zoneWith(file.zone, decision.documentCode)} />
          </p>
          <p class="hint">{t.preview.zoneHint}</p>
        </>
      )}
    </>
  )
}

/** The zone begins with the kind of paper, which the officer chooses. [9303-4 §4.2.2] */
const zoneWith = (lines: readonly string[], documentCode: string): readonly string[] =>
  lines.map((line, i) => (i === 0 ? documentCode + line.slice(documentCode.length) : line))
