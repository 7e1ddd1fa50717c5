import { recover } from '@nansen/authority'
import { EXIT } from '../exit.ts'
import { openOffice, readSettings } from '../office/index.ts'
import { parseOfficeOptions } from '../options.ts'
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
  const options = parseOfficeOptions('nansen recover', arguments_, {}, output, HELP)
  if (options === undefined) return 0
  const settings = await readSettings(options.office)
  const { office, close } = await openOffice(options.office, settings, { environment: process.env })
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
