import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../exit.ts'
import { runIssue } from '../issue/run-issue.ts'
import { isOffice, makeOffice, type OfficeSettings, readSettings, specimenState } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'
import { programVersion } from '../program-version.ts'

const HELP = `nansen issue --in people.csv --out DIR [options]

Makes passports for a list of people: specimens of a state that does not exist, whatever the options. A paper of
a real state needs the signatures of two officers over its order.

  --in FILE        the list: CSV in UTF-8, with these columns
                   id,family_name,given_names,language,nationality,birth_date,sex,document_code,portrait
                   birth_date 1987-04-12, unknown parts as X (1987-XX-XX); document_code PR, PS or PT;
                   portrait a JPEG or PNG beside the list, or empty for a drawn silhouette
  --out DIR        trust/ (csca.cer, dsc.cer, crl.crl, masterlist.ml), a folder for each paper, and papers.csv,
                   which says whose is which
  --office DIR     the office that issues: keys, register, log (default: office inside --out; made if new)
  --state CODE     of a new office: UTO (default), QRR or QZZ
  --postgresql     a new office keeps its data in the PostgreSQL that NANSEN_DATABASE names
  --named-curves   a new office's certificates name their curve; readers such as OpenSSL want that, the profile
                   of passports wants the parameters written out
  --no-pages       no datapage.pdf; they take most of the time
  --help

A row that is wrong is told with its line, and the others go on. Stopped at any moment, also by a power cut on
PostgreSQL, the same command goes on where it was; run again when all is done, it changes nothing.

Exit code          0 every row has its paper; 1 not every; 64 the command was not understood

  nansen issue --in people.csv --out papers
  nansen inspect --trust papers/trust papers/FOLDER
`

/** `nansen issue`. */
export async function issueCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    in: { type: 'string' },
    out: { type: 'string' },
    office: { type: 'string' },
    state: { type: 'string' },
    postgresql: { type: 'boolean' },
    'named-curves': { type: 'boolean' },
    'no-pages': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  const { in: list, out } = values
  if (positionals.length > 0 || list === undefined || out === undefined)
    throw new UsageError('name a list and a folder: nansen issue --in people.csv --out DIR')
  if (!existsSync(list)) throw new UsageError(`--in ${list}: there is no such file`)
  await mkdir(out, { recursive: true })
  const officeFolder = values.office ?? join(out, 'office')
  const settings = await settingsFor(officeFolder, values)
  const report = await runIssue(
    {
      list,
      out,
      officeFolder,
      settings,
      version: await programVersion(),
      pages: values['no-pages'] !== true,
      environment: process.env,
      terminal: process.stderr.isTTY === true,
    },
    output,
  )
  output.out(`${report.rows.length} papers in ${printable(out)}`)
  output.out(report.problems === 0 ? '\n' : `, ${report.problems} rows with problems\n`)
  output.out('They are specimens of a state that does not exist.\n')
  return report.problems === 0 ? 0 : 1
}

interface OfficeOptions {
  readonly state?: string | undefined
  readonly postgresql?: boolean | undefined
  readonly 'named-curves'?: boolean | undefined
}

async function settingsFor(folder: string, options: OfficeOptions): Promise<OfficeSettings> {
  if (isOffice(folder)) {
    const there = await readSettings(folder)
    const { state } = options
    if (state !== undefined && specimenState(state) !== there.state)
      throw new UsageError(`${folder} is the office of ${there.state}`)
    return there
  }
  const state = specimenState(options.state ?? 'UTO')
  return makeOffice(folder, {
    version: 1,
    state,
    store: options.postgresql
      ? { kind: 'postgresql', schema: `nansen_${state.toLowerCase()}` }
      : { kind: 'embedded' },
    keys: { kind: 'files' },
    ecParameters: options['named-curves'] ? 'named' : 'explicit',
  })
}
