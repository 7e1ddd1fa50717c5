import * as node from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Inspection, inspect, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { makeForgeries } from '../demo/forgeries.ts'
import { DEMO_PEOPLE, type DemoPerson, demoList } from '../demo/people.ts'
import { UsageError } from '../exit.ts'
import { type IssueReport, runIssue } from '../issue/run-issue.ts'
import { isOffice, makeOffice, readSettings } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { programVersion } from '../program-version.ts'
import { readInputs } from '../read-input.ts'
import { readTrust } from '../read-trust.ts'
import { VERDICTS } from '../text/en.ts'

const HELP = `nansen demo [--out DIR]

Sets up the passport office of Utopia, a state that does not exist, issues papers to twelve people who do not
exist, and inspects each as a border post would. Run again, it finds them there and inspects them again.

  --out DIR   where all of it goes (default: specimens)
  --help
`

const MARKER = 'SPECIMENS.txt'
const MARKER_TEXT = `Specimens of a state that does not exist. Nothing here is a travel document.
This folder is made by "nansen demo" and may be deleted at any time.
`

/** `nansen demo`: also a self-test, as it ends with 1 if anything gets another answer than it must. */
export async function demoCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length > 0) throw new UsageError('it takes no operands. Type: nansen demo --help')
  const out = values.out ?? 'specimens'
  const list = await layOut(out)
  output.out(
    'The passport office of Utopia, a state that does not exist. No paper here is a travel document.\n\n',
  )
  const report = await issueAll(out, list, output)
  if (report.problems > 0) return 1

  const crypto = nodeCrypto(node)
  const trust = await readTrust([join(out, 'trust')], crypto, output)
  const folders = new Map(report.rows.map(({ reference, folder }) => [reference, folder]))
  let surprises = 0
  for (const person of DEMO_PEOPLE) {
    const folder = folders.get(person.row[0])
    const [inspection] = folder === undefined ? [] : await inspectFolder(join(out, folder), trust)
    if (inspection?.verdict.verdict !== 'accepted') surprises++
    output.out(rowOf(person, inspection, folder))
  }
  output.out('\n')
  for (const forgery of await makeForgeries(out, folders)) {
    const [inspection] = await inspectFolder(join(out, forgery.folder), trust)
    const verdict = inspection?.verdict.verdict
    if (verdict !== forgery.verdict) surprises++
    output.out(`  ${told(verdict)}${forgery.folder.padEnd(38)}${forgery.about}\n`)
  }
  const first = join(out, folders.get('anna') ?? '')
  output.out(`\nAll of it lies in ${out}. Look at a data page, and inspect a paper yourself:\n`)
  output.out(`  ${join(first, 'datapage.pdf')}\n`)
  output.out(`  npx nansen inspect --trust ${join(out, 'trust')} ${first}\n`)
  output.out(`  npx nansen check --office ${join(out, 'office')}\n`)
  return surprises === 0 ? 0 : 1
}

/** The folder with the list of people; one of another version is made anew. @throws UsageError for somebody's own folder */
async function layOut(out: string): Promise<string> {
  const list = join(out, 'people.csv')
  if (existsSync(out) && !existsSync(join(out, MARKER)))
    throw new UsageError(`${out} exists and is not a folder of specimens: name another with --out DIR`)
  const text = demoList()
  const there = await readFile(list, 'utf8').catch(() => undefined)
  if (there === text && isOffice(join(out, 'office'))) return list
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  await writeFile(join(out, MARKER), MARKER_TEXT)
  await writeFile(list, text)
  return list
}

async function issueAll(out: string, list: string, output: Output): Promise<IssueReport> {
  const officeFolder = join(out, 'office')
  if (!isOffice(officeFolder)) output.out('Its keys and lists are made first, which takes some seconds.\n\n')
  const settings = isOffice(officeFolder)
    ? await readSettings(officeFolder)
    : await makeOffice(officeFolder, {
        version: 1,
        state: 'UTO',
        store: { kind: 'embedded' },
        keys: { kind: 'files' },
        ecParameters: 'explicit',
      })
  const terminal = process.stderr.isTTY === true
  const common = { list, out, officeFolder, settings, version: await programVersion(), pages: true }
  return runIssue({ ...common, environment: process.env, terminal }, output)
}

async function inspectFolder(folder: string, trust: Trust): Promise<readonly Inspection[]> {
  const crypto = nodeCrypto(node)
  const found: Inspection[] = []
  for await (const { input } of readInputs(folder))
    if (input !== undefined) found.push(await inspect(input, trust, new Date(), crypto))
  return found
}

const told = (verdict: Inspection['verdict']['verdict'] | undefined): string =>
  (verdict === undefined ? 'nothing read' : VERDICTS[verdict]).padEnd(24)

function rowOf({ about, row }: DemoPerson, inspection: Inspection | undefined, folder: string | undefined) {
  const verdict = told(inspection?.verdict.verdict)
  return `  ${verdict}${(folder ?? '').slice(0, 8)}  ${row[7]}  ${row[0].padEnd(11)}${about}\n`
}
