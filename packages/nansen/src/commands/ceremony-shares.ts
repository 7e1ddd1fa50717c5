import { readFile, writeFile } from 'node:fs/promises'
import { joinPassphrase, ShareError, splitPassphrase } from '@nansen/signing'
import { drawAhead } from '../chance.ts'
import { EXIT, UsageError } from '../exit.ts'
import { readSettings, stateOf } from '../office/index.ts'
import { passphraseOf } from '../office/secrets.ts'
import { parseOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'
import { SHARE_ERRORS } from '../text/ceremony-en.ts'

const SHARES_HELP = `nansen ceremony shares --shares N --threshold K [--office DIR] [--out PREFIX]

Prints the passphrase of the office's keys on N sheets, of which any K give it back and fewer tell nothing.
Print them on a printer that keeps nothing, seal each, and give each to another person.

  --shares N       sheets, from 2 to 255
  --threshold K    how many give it back, from 2
  --office DIR     the office (default: office)
  --out PREFIX     one file a sheet, PREFIX1.txt and so on, instead of all on standard output, a page each
  --help
`

const JOIN_HELP = `nansen ceremony join --out FILE SHEET...

The passphrase from its sheets: type each sheet into a file of its own, its numbered lines at least. A line that
was not copied as it is, is named. Then name the file to the office in NANSEN_PASSPHRASE_FILE, and delete it
and the sheets' files afterwards.

  --out FILE   where the passphrase goes; only you may read it
  --help
`

/** `nansen ceremony shares`. */
export async function ceremonyShares(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    shares: { type: 'string' },
    threshold: { type: 'string' },
    office: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(SHARES_HELP)
    return 0
  }
  if (positionals.length > 0 || values.shares === undefined || values.threshold === undefined)
    throw new UsageError('name how many sheets, and how many give it back: --shares 3 --threshold 2')
  const folder = values.office ?? 'office'
  const settings = await readSettings(folder)
  if (settings.keys.kind !== 'files')
    throw new UsageError('the keys are on a token: its PIN is in its keepers’ hands')
  const passphrase = await passphraseOf(folder, process.env, false)
  const plan = { shares: Number(values.shares), threshold: Number(values.threshold) }
  return orShareError(output, async () => {
    const { name, code3 } = stateOf(settings)
    const sheets = splitPassphrase(passphrase, plan, drawAhead()).map(
      (lines, i) => `SHEET ${i + 1} of ${plan.shares}
Passphrase of the keys of ${name} (${code3}), a state that does not exist

Any ${plan.threshold} of these sheets give it back; ${plan.threshold === 2 ? 'one alone tells' : 'fewer tell'} nothing.
Keep it sealed, and apart from the others.

${lines.join('\n')}
`,
    )
    if (values.out === undefined) output.out(sheets.join('\f'))
    else
      for (const [i, sheet] of sheets.entries())
        await writeFile(`${values.out}${i + 1}.txt`, sheet, { flag: 'wx', mode: 0o600 })
    return 0
  })
}

/** `nansen ceremony join`. */
export async function ceremonyJoin(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(JOIN_HELP)
    return 0
  }
  if (positionals.length === 0 || values.out === undefined)
    throw new UsageError('name where the passphrase goes, and its sheets. Type: nansen ceremony join --help')
  const { out } = values
  const sheets = await Promise.all(positionals.map(readSheet))
  return orShareError(output, async () => {
    await writeFile(out, `${joinPassphrase(sheets)}\n`, { flag: 'wx', mode: 0o600 })
    output.out('the passphrase is whole, and written\n')
    return 0
  })
}

/** Numbered lines; what stands around them is for people. */
async function readSheet(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path}: it cannot be read`)
  })
  return text.split(/\r?\n/).filter((line) => /^\s*\d\d\s/.test(line))
}

async function orShareError(output: Output, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ShareError)) throw error
    if (error.code === 'share.counts') throw new UsageError(SHARE_ERRORS['share.counts'])
    const place = [error.sheet && `sheet ${error.sheet}`, error.line && `line ${error.line}`].filter(Boolean)
    const told = [...place, SHARE_ERRORS[error.code]].join(', ')
    output.error(`nansen ceremony: ${printable(told)}\n`)
    return EXIT.rejectedOrNotValid
  }
}
