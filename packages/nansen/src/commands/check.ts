import { checkOffice } from '@nansen/authority'
import { openCheckpointStore } from '@nansen/store/log'
import { drawAhead } from '../chance.ts'
import { foldersOf, logOriginOf, openOfficeStore, readSettings, roleAdvice } from '../office/index.ts'
import { parseOfficeOptions } from '../options.ts'
import { jsonLine, type Output } from '../output.ts'

const HELP = `nansen check --office DIR [--json]

Reads all that an office has stored, without a key, and says what does not fit together: signatures of which
nothing was recorded, papers that the journal does not know, numbers used twice, a log that was rewritten. It
changes nothing.

  --office DIR
  --json         one line of JSON for each thing found
  --help

What it prints are ids and codes. The number in front is that of the invariant:
  1 no signature without a record      2 every record signed, or void      3 nothing used twice
  4 two officers' decision behind each 6 the log only grows                7 what was promised is there
  8 nothing else is                    9 what was done is what the journal says
A paper that a crash left behind is found as 2, until "nansen recover" has finished it. What it advises about the
role of the database goes to standard error and changes no exit code.

Exit code   0 everything fits; 1 something does not
`

/** `nansen check`. */
export async function checkCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const options = parseOfficeOptions('nansen check', arguments_, { json: { type: 'boolean' } }, output, HELP)
  if (options === undefined) return 0
  const settings = await readSettings(options.office)
  const { keyJournal, log, checkpoints } = foldersOf(options.office)
  const store = await openOfficeStore(options.office, settings, process.env, false)
  try {
    const advice = await roleAdvice(store)
    if (advice !== undefined) output.error(`${advice}\n`)
    const problems = await checkOffice({
      store,
      keyJournal,
      log: {
        folder: log,
        checkpoints: openCheckpointStore(checkpoints, drawAhead()),
        origin: logOriginOf(settings),
      },
    })
    for (const problem of problems)
      output.out(
        options.json ? jsonLine(problem) : `${problem.invariant} ${problem.code}  ${problem.where}\n`,
      )
    if (problems.length === 0 && !options.json) output.out('everything fits\n')
    return problems.length === 0 ? 0 : 1
  } finally {
    await store.close()
  }
}
