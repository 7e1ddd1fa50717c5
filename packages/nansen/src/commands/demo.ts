import * as node from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect, openTrust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { UsageError } from '../exit.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'
import { inspectionReport } from '../report/inspection-report.ts'
import { makeSpecimens, type SpecimenSet } from '../specimen/specimens.ts'
import { VERDICTS } from '../text/en.ts'

const HELP = `nansen demo [--out DIR]

Makes papers of Utopia, a state that does not exist, for people who do not exist: genuine ones, and ones
that are expired, altered, copied together or signed by somebody else. Inspects each, prints what it finds,
and leaves the files for you to try. Their keys are thrown away.

  --out DIR   where the files go (default: specimens)
  --help
`

const MARKER = 'SPECIMENS.txt'
const MARKER_TEXT = `Specimens of states that do not exist. Nothing here is a travel document.
This folder is made anew by "nansen demo" and may be deleted at any time.
`

/** `nansen demo`: also a self-test, as it ends with 1 if any specimen gets another answer than it must. */
export async function demoCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    out: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (positionals.length > 0) throw new UsageError('it takes no operands. Type: nansen demo --help')
  const folder = values.out ?? 'specimens'
  const at = new Date()
  const set = makeSpecimens(at, (octets) => new Uint8Array(node.randomBytes(octets)))
  await writeSpecimens(folder, set)

  const crypto = nodeCrypto(node)
  const sources = set.trust.map(({ name, bytes }) => ({ label: name, bytes }))
  const { trust } = await openTrust(sources, crypto)
  output.out('SPECIMENS of Utopia, a state that does not exist. No paper here is a travel document.\n\n')
  const rows: string[] = []
  let surprises = 0
  for (const specimen of set.specimens) {
    const inspection = await inspect(specimen.files, trust, at, crypto)
    const { verdict } = inspection.verdict
    const wrong = verdict !== specimen.verdict
    if (wrong) surprises++
    if (specimen.name === 'alien' || specimen.name === 'altered')
      output.out(`${inspectionReport(join(folder, specimen.name), inspection, output.colour)}\n`)
    const expected = wrong ? `   (expected: ${VERDICTS[specimen.verdict]})` : ''
    rows.push(`  ${specimen.name.padEnd(22)}${VERDICTS[verdict].padEnd(25)}${specimen.about}${expected}`)
  }
  output.out(`${rows.join('\n')}\n\n`)
  output.out(`The files lie in ${folder}. Look at one yourself:\n`)
  output.out(`  npx nansen inspect --trust ${join(folder, 'trust')} ${join(folder, 'papers', 'alien')}\n`)
  output.out(`  npx nansen inspect --trust ${join(folder, 'trust')} --json ${join(folder, 'papers')}\n`)
  return surprises === 0 ? 0 : 1
}

async function writeSpecimens(folder: string, set: SpecimenSet): Promise<void> {
  if (existsSync(folder) && !existsSync(join(folder, MARKER)))
    throw new UsageError(`${folder} exists and is not a folder of specimens: name another with --out DIR`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(join(folder, 'trust'), { recursive: true })
  await writeFile(join(folder, MARKER), MARKER_TEXT)
  for (const { name, bytes } of set.trust) await writeFile(join(folder, 'trust', name), bytes)
  for (const specimen of set.specimens) {
    const paper = join(folder, 'papers', specimen.name)
    await mkdir(paper, { recursive: true })
    for (const { name, bytes } of specimen.files) await writeFile(join(paper, name), bytes)
  }
}
