import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../exit.ts'
import { runIssue } from '../issue/run-issue.ts'
import { makeOffice, NEW_OFFICE_HELP, NEW_OFFICE_OPTIONS, settingsFor } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'
import { programVersion } from '../program-version.ts'

const HELP = `nansen issue --in people.csv --out DIR [options]

Makes passports for a list of people: specimens of a state that does not exist, whatever the options. A paper of
a real state needs two officers and an entry in a signed arrangement.

  --in FILE        the list: CSV in UTF-8, with these columns
                   id,family_name,given_names,language,nationality,birth_date,sex,document_code,portrait
                   birth_date 1987-04-12, unknown parts as X (1987-XX-XX); document_code PR, PS or PT;
                   portrait a JPEG or PNG beside the list, or empty for a drawn silhouette
  --out DIR        trust/ (csca.cer, dsc.cer, crl.crl, masterlist.ml), a folder for each paper, and papers.csv,
                   which says whose is which
  --office DIR     the office that issues: keys, register, log (default: office inside --out; made if new)
  --no-pages       no datapage.pdf; they take most of the time
  --lanes N        threads to issue in, on PostgreSQL: 1 to 8 (default: for a long list one for each processor,
                   and at most 4)
  --help

${NEW_OFFICE_HELP}
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
    ...NEW_OFFICE_OPTIONS,
    'no-pages': { type: 'boolean' },
    lanes: { type: 'string' },
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
  const settings = await makeOffice(officeFolder, await settingsFor(officeFolder, values))
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
      ...(values.lanes !== undefined && { lanes: parseLanes(values.lanes) }),
    },
    output,
  )
  output.out(`${report.rows.length} papers in ${printable(out)}`)
  output.out(report.problems === 0 ? '\n' : `, ${report.problems} rows with problems\n`)
  output.out('They are specimens of a state that does not exist.\n')
  return report.problems === 0 ? 0 : 1
}

function parseLanes(text: string): number {
  if (!/^[1-8]$/.test(text)) throw new UsageError('--lanes wants a number from 1 to 8')
  return Number(text)
}
