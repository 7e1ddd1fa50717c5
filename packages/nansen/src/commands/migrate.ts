import { randomBytes } from 'node:crypto'
import { migrate } from '@nansen/store'
import { UsageError } from '../exit.ts'
import { readSettings, storeOptions } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'

const HELP = `nansen migrate --office DIR

Brings the database of an office to the form that this version works with. Each step is one transaction; a step
that was applied and has changed since, or that a later version applied, is refused.

  --office DIR   the office; the address of its PostgreSQL is in NANSEN_DATABASE
  --help
`

/** `nansen migrate`: says which steps it took. */
export async function migrateCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    office: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length > 0 || values.office === undefined)
    throw new UsageError('name the office: nansen migrate --office DIR')
  const settings = await readSettings(values.office)
  const random = (octets: number) => new Uint8Array(randomBytes(octets))
  const taken = await migrate(storeOptions(values.office, settings, process.env, false, random))
  for (const { number, name } of taken) output.out(`${String(number).padStart(4, '0')} ${name}\n`)
  if (taken.length === 0) output.out('nothing to do\n')
  return 0
}
