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
    const entries = await entriesOf(bytes, trust, crypto)
    const inspection = asList(await inspect(bytes, trust, at, crypto), entries)
    verdicts.push(inspection.verdict.verdict)
    const lint = values.lint ? lintRows(entries) : []
    if (values.json) {
      const counts = Object.fromEntries(countStandings(entries))
      output.out(inspectionJson(path, inspection, { entries: counts, ...(values.lint && { lint }) }))
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

/**
 * The answer about a list: something else is none, and a certificate with a false signature in it proves that
 * somebody made it up, whoever signed the list.
 */
function asList(inspection: Inspection, entries: readonly ListEntry[]): Inspection {
  const isList = inspection.kind === 'master-list'
  const settled =
    inspection.verdict.verdict === 'rejected' || !entries.some(({ standing }) => standing === 'wrong')
  if (isList && settled) return inspection
  const finding = isList
    ? ({ code: 'chain.signature-wrong', where: 'certificate in the list', cites: '9303-12 §9' } as const)
    : ({ code: 'input.not-a-list', where: 'input', cites: '9303-12 §9' } as const)
  return {
    ...inspection,
    verdict: { verdict: 'rejected', because: [finding], notes: inspection.verdict.notes },
    checks: inspection.checks.map((check) =>
      check.name === 'format'
        ? {
            name: check.name,
            cites: check.cites,
            result: 'failed',
            weight: 'not-genuine',
            finding,
            notes: check.notes,
          }
        : check,
    ),
  }
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
