import { type CeremonyKind, ceremonyScript } from '@nansen/authority'
import { UsageError } from '../exit.ts'
import { specimenState, stateOf } from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { programVersion } from '../program-version.ts'

const HELP = `nansen ceremony script [--state CODE] [--for KIND]

Prints the script that people follow on paper: what the ceremony is for, who must be in the room, each step
with what to check and where to sign. The program carries out the same steps in the same order.

  --state CODE   UTO, QRR or QZZ (default: UTO)
  --for KIND     run, link, signer, crl or list (default: run)
  --help
`

const KINDS: ReadonlyMap<string, CeremonyKind> = new Map([
  ['run', 'first'],
  ['link', 'link'],
  ['signer', 'signer'],
  ['crl', 'crl'],
  ['list', 'list'],
])

/** `nansen ceremony script`. */
export async function ceremonyScriptCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    state: { type: 'string' },
    for: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  const kind = KINDS.get(values.for ?? 'run')
  if (positionals.length > 0 || kind === undefined)
    throw new UsageError('--for takes run, link, signer, crl or list. Type: nansen ceremony script --help')
  const state = stateOf({ state: specimenState(values.state ?? 'UTO') })
  output.out(ceremonyScript(state, kind, await programVersion()))
  return 0
}
