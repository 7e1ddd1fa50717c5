import * as node from 'node:crypto'
import { FormatError } from '@nansen/formats'
import { describeName, parseMasterList } from '@nansen/formats/pki'
import { lintCertificate } from '@nansen/formats/pki/lint'
import {
  type Crypto,
  type EntryStanding,
  examineEntries,
  type Inspection,
  inspect,
  type ListEntry,
  type Trust,
} from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { exitCodeOf, UsageError } from '../exit.ts'
import { parseMoment, parseOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'
import { readNamed } from '../read-certificates.ts'
import { readTrust } from '../read-trust.ts'
import { inspectionJson } from '../report/inspection-json.ts'
import { inspectionReport } from '../report/inspection-report.ts'

const HELP = `nansen masterlist verify [--trust FILE|DIR]... [--at DATE] [--json] [--lint] LIST...

Whether each list is what its publisher signed, under a certificate that you trust, and what its
certificates are: roots signed with their own key, links signed with the former key of the same
authority, or open, where the former key is in no list here.

  --trust FILE|DIR  the publisher's CSCA certificate, which you got by another way
  --lint            every departure of the certificates from the profile, with its section
  --at DATE         judge as of this day
  --json            one line of JSON a list
  --help

Exit code: 0 accepted, 1 rejected or not valid, 2 cannot tell, 64 not understood.
`

const STANDINGS: Readonly<Record<EntryStanding, string>> = {
  root: 'roots, signed with their own key',
  link: 'links, signed with a former key of the lists',
  open: 'open: the key that signed them is in no list here',
  wrong: 'WRONG: the key that they name did not sign them',
  unsupported: 'signed in a way that cannot be checked here',
  unreadable: 'unreadable',
}

/** `nansen masterlist verify`. */
export async function masterlistVerify(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    trust: { type: 'string', multiple: true },
    at: { type: 'string' },
    json: { type: 'boolean' },
    lint: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length === 0)
    throw new UsageError('name a list: nansen masterlist verify [--trust FILE|DIR]... LIST...')
  const at = parseMoment(values.at)
  const crypto = nodeCrypto(node)
  const trust = await readTrust(values.trust ?? [], crypto, output)
  const verdicts: Inspection['verdict']['verdict'][] = []
  for (const path of positionals) {
    const bytes = await readNamed('list', path)
    const inspection = await inspect(bytes, trust, at, crypto)
    const entries = await entriesOf(bytes, trust, crypto)
    const wrong = entries.some(({ standing }) => standing === 'wrong')
    // A certificate with a false signature in a list proves that somebody made it up, whoever signed the list.
    verdicts.push(inspection.kind !== 'master-list' || wrong ? 'rejected' : inspection.verdict.verdict)
    const lint = values.lint ? lintRows(entries) : []
    if (values.json) {
      const counts = Object.fromEntries(countStandings(entries))
      output.out(
        `${JSON.stringify({ ...JSON.parse(inspectionJson(path, inspection)), entries: counts, ...(values.lint && { lint }) })}\n`,
      )
      continue
    }
    output.out(inspectionReport(path, inspection, output.colour))
    for (const [standing, count] of countStandings(entries))
      output.out(`  ${String(count).padStart(5)} ${STANDINGS[standing]}\n`)
    for (const { subject, code, cites } of lint)
      output.out(`  lint: ${printable(subject)}: ${code} [${cites}]\n`)
    output.out('\n')
  }
  return exitCodeOf(verdicts)
}

async function entriesOf(bytes: Uint8Array, trust: Trust, crypto: Crypto): Promise<readonly ListEntry[]> {
  try {
    return await examineEntries(parseMasterList(bytes).certificates, trust.anchors, crypto)
  } catch (error) {
    if (error instanceof FormatError) return []
    throw error
  }
}

function countStandings(entries: readonly ListEntry[]): Map<EntryStanding, number> {
  const counts = new Map<EntryStanding, number>()
  for (const { standing } of entries) counts.set(standing, (counts.get(standing) ?? 0) + 1)
  return counts
}

const lintRows = (entries: readonly ListEntry[]) =>
  entries.flatMap(({ certificate }) =>
    certificate === undefined
      ? []
      : lintCertificate(certificate).map(({ code, cites }) => ({
          subject: describeName(certificate.subject),
          code,
          cites,
        })),
  )
