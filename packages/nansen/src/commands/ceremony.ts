import { EXIT, UsageError } from '../exit.ts'
import type { Output } from '../output.ts'

const HELP = `nansen ceremony script|run|link|signer|crl|list|shares|join ...

How an authority comes by its keys: people in one room, a script on paper, a transcript that they sign.
Keys are made for states that do not exist (UTO, QRR, QZZ); those of a real state come with a signed
arrangement and two officers.

  nansen ceremony script   the script that people follow: print it before anything else
  nansen ceremony run      the first keys, certificates and lists of an authority; makes the office folder
  nansen ceremony link     a new key of the authority, certified by the former
  nansen ceremony signer   a new key that signs papers, for three months
  nansen ceremony crl      a new revocation list, within ninety days of the last
  nansen ceremony list     a new master list
  nansen ceremony shares   the passphrase of the keys on n sheets, of which k give it back
  nansen ceremony join     the passphrase from its sheets

  nansen ceremony run --help   and so on

A ceremony that was broken off is taken up again by the same command: it makes no key and no certificate
twice. Everything is written down before it is signed.
`

/** `nansen ceremony`. */
export async function ceremonyCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = arguments_
  switch (name) {
    case 'script':
      return (await import('./ceremony-script.ts')).ceremonyScriptCommand(rest, output)
    case 'run':
      return (await import('./ceremony-run.ts')).ceremonyRun('first', rest, output)
    case 'link':
    case 'signer':
    case 'crl':
    case 'list':
      return (await import('./ceremony-run.ts')).ceremonyRun(name, rest, output)
    case 'shares':
      return (await import('./ceremony-shares.ts')).ceremonyShares(rest, output)
    case '--shares':
    case '--threshold':
      return (await import('./ceremony-shares.ts')).ceremonyShares(arguments_, output)
    case 'join':
      return (await import('./ceremony-shares.ts')).ceremonyJoin(rest, output)
    case '--help':
    case '-h':
      output.out(HELP)
      return 0
    case undefined:
      output.error(HELP)
      return EXIT.usage
    default:
      throw new UsageError(
        'script, run, link, signer, crl, list, shares or join. Type: nansen ceremony --help',
      )
  }
}
