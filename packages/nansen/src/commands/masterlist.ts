import { EXIT, UsageError } from '../exit.ts'
import type { Output } from '../output.ts'

const HELP = `nansen masterlist verify|create|diff ...

A master list holds the certificates with which states sign their passports (CSCA), signed by whoever
collected them.

  nansen masterlist verify LIST...   is the list its publisher's, and what do its certificates say?
  nansen masterlist create ...       make a list, to be signed by your master list signer
  nansen masterlist diff A B         what changed, and who else has it

  nansen masterlist verify --help    and so on
`

/** `nansen masterlist`. */
export async function masterlistCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = arguments_
  switch (name) {
    case 'verify':
      return (await import('./masterlist-verify.ts')).masterlistVerify(rest, output)
    case 'create':
      return (await import('./masterlist-create.ts')).masterlistCreate(rest, output)
    case 'diff':
      return (await import('./masterlist-diff.ts')).masterlistDiff(rest, output)
    case '--help':
    case '-h':
      output.out(HELP)
      return 0
    case undefined:
      output.error(HELP)
      return EXIT.usage
    default:
      throw new UsageError('verify, create or diff. Type: nansen masterlist --help')
  }
}
