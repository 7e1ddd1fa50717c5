import { migrate } from '@nansen/store'
import { drawAhead } from '../chance.ts'
import { readSettings, storeOptions } from '../office/index.ts'
import { parseOfficeOptions } from '../options.ts'
import type { Output } from '../output.ts'

const HELP = `nansen migrate --office DIR

Brings the database of an office to the form that this version works with. Each step is one transaction; a step
that was applied and has changed since, or that a later version applied, is refused.

  --office DIR   the office; the address of its PostgreSQL is in NANSEN_DATABASE
  --help
`

/** `nansen migrate`: says which steps it took. */
export async function migrateCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const options = parseOfficeOptions('nansen migrate', arguments_, {}, output, HELP)
  if (options === undefined) return 0
  const settings = await readSettings(options.office)
  const random = drawAhead()
  const taken = await migrate(storeOptions(options.office, settings, process.env, false, random))
  for (const { number, name } of taken) output.out(`${String(number).padStart(4, '0')} ${name}\n`)
  if (taken.length === 0) output.out('nothing to do\n')
  return 0
}
