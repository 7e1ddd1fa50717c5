import {
  type CaseFile,
  collected,
  dispatched,
  type HistoryEntry,
  issueCase,
  type ProductionStage,
  printed,
  qualityChecked,
} from '@nansen/authority'
import type { Child } from 'hono/jsx'
import { Actions, Button, Form, Heading, type Problem, Table, TextInput } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'
import { longDay } from '../../text/dates.ts'
import { caseHref, casePage, openThis } from '../frame/case-page.tsx'
import { actorName, type OfficerNames, officerNames } from '../frame/officer-names.ts'
import { problemsOf } from '../frame/refusal.tsx'

const STAGES: readonly ProductionStage[] = ['generated', 'printed', 'checked', 'dispatched', 'collected']

/** One paper from the decision to the counter, step by step. */
export const paper = (context: OfficerContext): Promise<Response> => paperPage(context)

/** One step on: the button says which. */
export async function step(context: OfficerContext): Promise<Response> {
  const caseId = context.param('id')
  try {
    await stepOf(context, caseId, context.form.get('step'))
  } catch (error) {
    return paperPage(context, problemsOf(context, error, { other: 'step', blank: 'blank' }))
  }
  // Once it is collected, it is on nobody's desk.
  return context.redirect(
    context.form.get('step') === 'collect' ? '/office?queue=mine&moved=1' : caseHref(caseId, 'production'),
  )
}

async function stepOf({ office, desk, options, form }: OfficerContext, caseId: string, step: string) {
  switch (step) {
    case 'generate':
      return issueCase(office, desk, caseId, options.drawPage)
    case 'print':
      return printed(office, desk, caseId, form.get('blank').toUpperCase().replace(/\s/gu, ''))
    case 'pass':
      return qualityChecked(office, desk, caseId, true)
    case 'spoiled':
      return qualityChecked(office, desk, caseId, false)
    case 'dispatch':
      return dispatched(office, desk, caseId)
    case 'collect':
      return collected(office, desk, caseId)
  }
}

async function paperPage(context: OfficerContext, problems: readonly Problem[] = []): Promise<Response> {
  const file = await openThis(context)
  const names = await officerNames(context)
  const t = context.text.office.production
  return casePage(context, file, {
    title: t.title,
    problems,
    main: (
      <>
        <Heading>{t.caseHeading}</Heading>
        <Steps context={context} file={file} names={names} />
        {file.stage !== undefined && <Files context={context} file={file} />}
        <Form action={caseHref(file.row.caseId, 'production')} token={context.token()}>
          <div id="step" tabindex={-1}>
            {nextStep(context, file, problems)}
          </div>
        </Form>
      </>
    ),
  })
}

/** The five steps, with who did each; what was spoiled is told. */
function Steps({ context, file, names }: { context: OfficerContext; file: CaseFile; names: OfficerNames }) {
  const t = context.text.office.production
  return (
    <Table
      caption={t.steps}
      columns={[
        { head: t.step, cell: (stage: ProductionStage) => t.stages[stage], names: true },
        {
          head: t.who,
          cell: (stage: ProductionStage) => {
            const event = eventOf(file, stage)
            return event === undefined ? t.notYet : actorName(context, names, event.actor)
          },
        },
        {
          head: t.day,
          cell: (stage: ProductionStage) => {
            const event = eventOf(file, stage)
            return event === undefined ? '' : longDay(event.at, context.language)
          },
        },
        {
          head: t.stock,
          cell: (stage: ProductionStage) => {
            if (stage === 'printed') return file.blank && <span class="code">{file.blank}</span>
            const spoiled = file.history.filter(
              ({ kind, body }) => kind === 'case.checked' && body.ok === false,
            ).length
            return stage === 'checked' && spoiled > 0 ? t.again(spoiled) : ''
          },
        },
      ]}
      rows={STAGES}
    />
  )
}

/** The event of a step that is done and was not undone by a spoiled booklet. */
function eventOf({ history, stage }: CaseFile, of: ProductionStage): HistoryEntry | undefined {
  const reached = stage === undefined ? -1 : STAGES.indexOf(stage)
  if (STAGES.indexOf(of) > reached) return undefined
  return history.findLast(({ kind, body }) => kind === `case.${of}` && body.ok !== false)
}

/** What goes to the printer. */
function Files({ context, file }: { context: OfficerContext; file: CaseFile }) {
  const t = context.text.office.production
  if (!file.mayDo.includes('paper-files')) return null
  return (
    <>
      <h2>{t.files}</h2>
      <ul>
        <li>
          <a href={caseHref(file.row.caseId, 'paper.zip')} download>
            {t.zip}
          </a>
        </li>
        <li>
          {context.options.drawPage === undefined ? (
            t.noPage
          ) : (
            <a href={caseHref(file.row.caseId, 'datapage.pdf')} download>
              {t.page}
            </a>
          )}
        </li>
      </ul>
    </>
  )
}

/** The one step that comes next. */
function nextStep(context: OfficerContext, file: CaseFile, problems: readonly Problem[]): Child {
  const t = context.text.office.production
  switch (file.stage) {
    case undefined:
      return (
        <>
          <p>{t.generateHint}</p>
          <Actions>
            <Button name="step" value="generate">
              {t.generate}
            </Button>
          </Actions>
        </>
      )
    case 'generated':
      return (
        <>
          <TextInput
            name="blank"
            label={t.blank}
            hint={t.blankHint}
            value={context.form.get('blank')}
            problems={problems}
            width={10}
            maxlength={20}
          />
          <Actions>
            <Button name="step" value="print">
              {t.print}
            </Button>
          </Actions>
        </>
      )
    case 'printed':
      return (
        <>
          <h2>{t.quality}</h2>
          <p>{t.qualityHint}</p>
          <Actions>
            <Button name="step" value="pass">
              {t.pass}
            </Button>
            <Button kind="warning" name="step" value="spoiled">
              {t.fail}
            </Button>
          </Actions>
        </>
      )
    case 'checked':
      return (
        <Actions>
          <Button name="step" value="dispatch">
            {t.dispatch}
          </Button>
        </Actions>
      )
    case 'dispatched':
      return (
        <>
          <p>{t.collectHint}</p>
          <Actions>
            <Button name="step" value="collect">
              {t.collect}
            </Button>
          </Actions>
        </>
      )
    case 'collected':
      return <p>{t.done}</p>
  }
}
