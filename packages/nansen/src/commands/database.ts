import { grantTo, migrate } from '@nansen/store'
import { drawAhead } from '../chance.ts'
import { EXIT, UsageError } from '../exit.ts'
import { databaseUrl, readSettings } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'

const HELP = `nansen database prepare --role NAME (--schema NAME | --office DIR)

Run with the address of the schema's owner in NANSEN_DATABASE: makes the tables of an office or brings them up to
date, and gives the role that the office connects as what it needs of them and nothing else. Journal, log, ledger,
officers and decisions it may then read and add to, and never change, delete or empty. Run it again after every
update of this program; done twice, it changes nothing.

  --role NAME     of the office; it exists already, and owns nothing
  --schema NAME   of the office, such as nansen_uto; or
  --office DIR    the office, which says in which schema its data are
  --help

The office itself is started with the address of the other role. Who owns the tables, or is a superuser, can still
change them: the chains of the journal, the log and its witnesses show that afterwards.
`

const NAME = /^[a-z_][a-z0-9_]{0,62}$/

/** `nansen database`. */
export async function databaseCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    role: { type: 'string' },
    schema: { type: 'string' },
    office: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (arguments_.length === 0) {
    output.error(HELP)
    return EXIT.usage
  }
  if (positionals.join(' ') !== 'prepare') throw new UsageError('prepare. Type: nansen database --help')
  const { role, office } = values
  if (role === undefined || (values.schema === undefined) === (office === undefined))
    throw new UsageError('nansen database prepare --role NAME, and either --schema NAME or --office DIR')
  const schema = values.schema ?? (await schemaOf(office!))
  for (const [option, name] of Object.entries({ role, schema }))
    if (!NAME.test(name)) throw new UsageError(`--${option}: a name in small letters, digits and _`)
  const as = { kind: 'postgresql', url: databaseUrl(process.env), schema, random: drawAhead() } as const
  const taken = await migrate(as)
  for (const { number, name } of taken) output.out(`${String(number).padStart(4, '0')} ${name}\n`)
  await grantTo(as, role)
  output.out(`${role} may do in ${schema} what an office does, and nothing else\n`)
  return 0
}

async function schemaOf(office: string): Promise<string> {
  const { store } = await readSettings(office)
  if (store.kind === 'embedded')
    throw new UsageError(`${office} is on the embedded store, which has no roles`)
  return store.schema
}
