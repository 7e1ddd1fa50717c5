import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { CURRENT_PROFILE } from '@nansen/authority'
import type { OfficeSettings } from '../office/index.ts'
import { type Output, printable } from '../output.ts'
import { PeopleFileError, readPeople } from '../people/index.ts'
import { issueSentence } from '../text/issue-en.ts'
import { peopleFileSentence, rowSentence } from '../text/people-en.ts'
import { type IssuedRow, issuePeople, type NoPage, type RowOutcome } from './issue-people.ts'
import { openForIssuing } from './open-for-issuing.ts'
import { removePartialFolders } from './paper-folder.ts'
import { readPapersCsv, writePapersCsv } from './papers-csv.ts'
import { Progress } from './progress.ts'
import { writeTrust } from './renew-trust.ts'
import { type OpenWorkers, openWorkers } from './workers.ts'

export interface IssueRun {
  /** Of people.csv. */
  readonly list: string
  readonly out: string
  readonly officeFolder: string
  readonly settings: OfficeSettings
  readonly version: string
  /** Draw data pages; they take most of the time. */
  readonly pages: boolean
  readonly environment: NodeJS.ProcessEnv
  /** Whether the error stream is a terminal. */
  readonly terminal: boolean
  /** Threads to issue in; as many as is good where it is not given. */
  readonly lanes?: number
}

export interface IssueReport {
  readonly rows: readonly IssuedRow[]
  /** Rows without a paper, or with one that lacks its page. */
  readonly problems: number
}

/**
 * Issues a list of people into a folder: its office is opened, its keys and lists are made or renewed where need be,
 * then each row gets its paper. What is wrong with a row is said on the error stream, by line and field.
 */
export async function runIssue(run: IssueRun, output: Output): Promise<IssueReport> {
  const { out, settings } = run
  const opened = await openForIssuing(run)
  const progress = new Progress(output, run.terminal, () => performance.now())
  const rows: IssuedRow[] = []
  const listed: IssuedRow[] = []
  let problems = 0
  let workers: OpenWorkers | undefined
  try {
    await writeTrust(opened, join(out, 'trust'))
    await removePartialFolders(out)
    const before = await readPapersCsv(out)
    let typesetter = true
    const people = readPeople(run.list, { state: settings.state, profile: CURRENT_PROFILE, at: new Date() })
    const lines = await linesOf(run.list)
    workers = await openWorkers(run, opened, lines)
    for await (const outcomes of issuePeople(people, workers)) {
      for (const outcome of outcomes) {
        if (typesetter && isWithoutTypesetter(outcome)) {
          typesetter = false
          output.error(
            'No data pages: the optional part that draws them is not installed. All else is made.\n',
          )
        }
        if ('row' in outcome) rows.push(outcome.row)
        listed.push(...listedAs(outcome, before))
        const told = sentencesOf(outcome)
        if (told.length === 0) continue
        problems++
        progress.end()
        for (const sentence of told) output.error(`${printable(`${run.list}: ${sentence}`)}\n`)
      }
      const last = outcomes.at(-1)?.line ?? 0
      progress.at(rows.length, lines === 0 ? 1 : last / lines)
    }
    // Papers of other lists keep their line: without it nobody knows whose folder it is.
    const ids = new Set(listed.map(({ reference }) => reference))
    const others = [...before].map(([reference, folder]) => ({ reference, folder }))
    await writePapersCsv(out, [...listed, ...others.filter(({ reference }) => !ids.has(reference))])
  } catch (error) {
    if (!(error instanceof PeopleFileError)) throw error
    problems++
    output.error(`${printable(`${run.list}: ${peopleFileSentence(error)}`)}\n`)
  } finally {
    progress.end()
    await workers?.close()
    await opened.close()
  }
  return { rows, problems }
}

/** An outage does not take from the list what was handed over before it. */
function listedAs(outcome: RowOutcome, before: ReadonlyMap<string, string>): readonly IssuedRow[] {
  if ('row' in outcome) return [outcome.row]
  if (!('reference' in outcome)) return []
  const folder = before.get(outcome.reference)
  return folder === undefined ? [] : [{ reference: outcome.reference, folder }]
}

function sentencesOf(outcome: RowOutcome): readonly string[] {
  if ('problems' in outcome) return outcome.problems.map(rowSentence)
  if (outcome.outcome === 'refused')
    return [`line ${outcome.line}: ${issueSentence(outcome.code, outcome.cause)}`]
  const { noPage } = outcome as { noPage?: NoPage }
  return noPage === undefined || noPage === 'typesetter-missing'
    ? []
    : [`line ${outcome.line}: the data page could not be drawn [${noPage}]`]
}

const isWithoutTypesetter = (outcome: RowOutcome): boolean =>
  'noPage' in outcome && outcome.noPage === 'typesetter-missing'

/** How many lines a list has, for the bar. What is wrong with the file is for its reader to say. */
async function linesOf(path: string): Promise<number> {
  let lines = 0
  try {
    for await (const octets of createReadStream(path) as AsyncIterable<Buffer>)
      for (const octet of octets) if (octet === 0x0a) lines++
  } catch {
    return 0
  }
  return lines
}
