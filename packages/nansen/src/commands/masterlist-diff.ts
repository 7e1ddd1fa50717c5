import { diffMasterLists, type ProvenCertificate } from '@nansen/formats/pki'
import { UsageError } from '../exit.ts'
import { parseOptions } from '../options.ts'
import { jsonLine, type Output, printable } from '../output.ts'
import { readCertificates } from '../read-certificates.ts'

const HELP = `nansen masterlist diff [--json] [--all] [--also LIST]... A B

What B has that A has not, and the other way round; beside each certificate, every list that has it.
A and B are master lists, certificates, or folders of them. Signatures are not looked at: see verify.

  --also LIST   a further list, only to say whether it has the certificate too
  --all         also what is the same in both
  --json        one line of JSON a certificate
  --help

Exit code: 0 no difference, 1 differences, 64 not understood.
`

const MARKS = { added: '+', removed: '-', same: ' ' } as const

/** `nansen masterlist diff`. */
export async function masterlistDiff(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    json: { type: 'boolean' },
    all: { type: 'boolean' },
    also: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  const [from, to] = positionals
  if (from === undefined || to === undefined || positionals.length !== 2)
    throw new UsageError('name two lists: nansen masterlist diff A B')
  const source = async (path: string) => ({ label: path, certificates: await readCertificates(path) })
  const others = await Promise.all((values.also ?? []).map(source))
  const diff = diffMasterLists(await source(from), await source(to), others)
  for (const change of ['removed', 'added', 'same'] as const) {
    if (change === 'same' && !values.all) continue
    for (const one of diff[change]) output.out(values.json ? json(change, one) : row(change, one))
  }
  if (!values.json)
    output.out(`${diff.added.length} added, ${diff.removed.length} removed, ${diff.same.length} the same\n`)
  return diff.added.length + diff.removed.length === 0 ? 0 : 1
}

function row(change: keyof typeof MARKS, { certificate, sources }: ProvenCertificate): string {
  const what =
    certificate === undefined
      ? 'a certificate that cannot be read'
      : `${certificate.country ?? '??'} ${certificate.subject}  serial ${certificate.serialHex}  ${day(certificate.notBefore)} to ${day(certificate.notAfter)}`
  return `${MARKS[change]} ${printable(what)}  in ${printable(sources.join(', '))}\n`
}

function json(change: keyof typeof MARKS, { certificate, sources }: ProvenCertificate): string {
  return jsonLine({ change, sources, certificate })
}

const day = (date: Date): string => date.toISOString().slice(0, 10)
