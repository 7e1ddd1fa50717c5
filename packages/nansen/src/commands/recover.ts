import { recover } from '@nansen/authority'
import { EXIT, UsageError } from '../exit.ts'
import { openOffice, readSettings } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'

const HELP = `nansen recover --office DIR

Takes up what a crash or an outage left behind: every paper that is recorded is signed, inspected and released,
and the log brought up to date. What can never finish is voided. Papers that are released and not handed over yet
stay so, until "nansen issue" is run again with the same list.

  --office DIR
  --help

Exit code   0 nothing is left; 2 something is, for a reason that may pass; it is printed, with the paper's id
`

/** `nansen recover`: prints ids and codes, never a name. */
export async function recoverCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    office: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length > 0 || values.office === undefined)
    throw new UsageError('name the office: nansen recover --office DIR')
  const settings = await readSettings(values.office)
  const { office, close } = await openOffice(values.office, settings, { environment: process.env })
  try {
    const { released, voided, left } = await recover(office)
    output.out(`released, not handed over yet: ${released.length}\n`)
    for (const { id, code } of voided) output.out(`void: ${id} ${code}\n`)
    for (const { id, code } of left) output.out(`left: ${id} ${code}\n`)
    return left.length === 0 ? 0 : EXIT.unproven
  } finally {
    await close()
  }
}
