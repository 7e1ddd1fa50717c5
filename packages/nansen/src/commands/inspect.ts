import * as node from 'node:crypto'
import { type Inspection, inspect } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { exitCodeOf, UsageError } from '../exit.ts'
import { parseMoment, parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { readInputs } from '../read-input.ts'
import { readTrust } from '../read-trust.ts'
import { inspectionJson } from '../report/inspection-json.ts'
import { inspectionReport } from '../report/inspection-report.ts'

const HELP = `nansen inspect [--json] [--trust FILE|DIR]... [--at DATE] PATH...|-

Says of each thing whether it can be believed. Nothing is sent anywhere and nothing is kept.

PATH is a file or a folder; - is standard input. What it is, its bytes say:
  the text of a machine readable zone            (two lines of 44 or 36, three of 30)
  the files of a chip in a folder, a ZIP or tar  (EF.COM, EF.SOD, DG1 to DG16)
  a lone EF.SOD, a certificate (DER or PEM), a revocation list, a master list
A folder that is not one chip is taken as its files and folders, each for itself; hidden ones and
links to folders are not opened.

  --trust FILE|DIR  whom you trust: certificates of issuing states (CSCA), master lists, and
                    their revocation lists; may be given several times. A master list must be
                    signed by a signer of a trusted certificate, or of one inside it.
  --at DATE         judge as of this day (2026-11-23) or moment (2026-11-23T09:00:00Z), not now
  --json            one line of JSON an input
  --help

Answers            genuine and current (accepted) · genuine, not valid now (not-valid)
                   cannot tell (unproven) · not genuine (rejected)
Exit code          0 all accepted; 1 something rejected or not valid; 2 something unproven and
                   nothing worse; 64 the command was not understood

Without a revocation list of the issuer the answer is "cannot tell": put it beside the trust.
Passive authentication does not detect a copied chip. It shows that the data are the issuer's.

  nansen inspect --trust trust/ papers/anna
  nansen inspect --json --trust DE_ML.ml EF_SOD.bin | jq .verdict
  printf 'PPUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\nL898902C36UTO7408122F3404159ZE184226B<<<<<16' | nansen inspect -
`

/** `nansen inspect`: a line or a report for every input, also for one that cannot be recognised. */
export async function inspectCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    json: { type: 'boolean' },
    trust: { type: 'string', multiple: true },
    at: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length === 0)
    throw new UsageError('name what to inspect: nansen inspect [--trust FILE|DIR]... PATH...')
  const at = parseMoment(values.at)
  const crypto = nodeCrypto(node)
  const trust = await readTrust(values.trust ?? [], crypto, output)
  const verdicts: Inspection['verdict']['verdict'][] = []
  for (const path of positionals)
    for await (const { name, input } of readInputs(path)) {
      const inspection = input === undefined ? UNREADABLE : await inspect(input, trust, at, crypto)
      verdicts.push(inspection.verdict.verdict)
      output.out(
        values.json
          ? inspectionJson(name, inspection)
          : `${inspectionReport(name, inspection, output.colour)}\n`,
      )
    }
  return exitCodeOf(verdicts)
}

const NOTHING_READ = { code: 'input.unreadable', where: 'input', cites: '9303-11 §5.1' } as const

/** A path behind which nothing can be read gets its answer like any other, so that no input is lost. */
const UNREADABLE: Inspection = {
  kind: 'unknown',
  verdict: { verdict: 'unproven', missing: [NOTHING_READ], notes: [] },
  checks: [
    {
      name: 'format',
      cites: '9303-10 §4.6',
      result: 'not-done',
      weight: 'cannot-tell',
      finding: NOTHING_READ,
      notes: [],
    },
  ],
  document: {},
}
