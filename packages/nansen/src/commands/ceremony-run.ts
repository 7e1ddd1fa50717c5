import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CeremonyKind,
  type CeremonyOffice,
  CeremonyRefusal,
  holdCeremony,
  type Making,
  planCeremony,
  trustFiles,
} from '@nansen/authority'
import { KEY_ALGORITHMS, type KeyAlgorithm } from '@nansen/signing'
import { EXIT, UsageError } from '../exit.ts'
import {
  makeOffice,
  NEW_OFFICE_HELP,
  NEW_OFFICE_OPTIONS,
  type OfficeSettings,
  openOffice,
  readSettings,
  settingsFor,
} from '../office/index.ts'
import { parseOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'
import { programVersion } from '../program-version.ts'
import { CEREMONY_REFUSALS } from '../text/ceremony-en.ts'
import { closePlan, keepTranscript, openPlan } from './ceremony-papers.ts'
import { type Ask, askAtTerminal, roomAt } from './ceremony-room.ts'

const COMMON = `  --office DIR       the office (default: office)
  --yes              do not ask: for specimens that nobody else relies on
  --help

It asks before and after each step, and writes DIR/ceremonies/…txt, the transcript, and DIR/trust, what other
states are given. A ceremony that was broken off is taken up again by the same command.
`

const MAKING = `  --algorithm KIND   P-256 (default), P-384, brainpoolP256r1, brainpoolP384r1 or RSA-PSS-3072
`

const HELP: Readonly<Record<CeremonyKind, string>> = {
  first: `nansen ceremony run [options]

Makes an office and its first keys: that of the authority (CSCA), one that signs papers, one that signs master
lists, those of the log, with certificates, a revocation list and a master list.

${MAKING}  --papers-live N    months that the longest paper is valid (default: 24)
  --most N           papers that the key may sign (default: 100000)
${COMMON}
${NEW_OFFICE_HELP}`,
  link: `nansen ceremony link [options]

Makes a new key of the authority and certifies it under the former. The new one signs nothing else for ninety
days: send the notice that is written beside the transcript to every other state.

${MAKING}${COMMON}`,
  signer: `nansen ceremony signer [options]

Makes a new key that signs papers, for three months.

${MAKING}  --papers-live N    months that the longest paper is valid (default: 24)
  --most N           papers that it may sign (default: 100000)
  --at-once          under the newest key of the authority, without waiting for its notice: the former is lost
${COMMON}`,
  crl: `nansen ceremony crl [options]

Signs a new revocation list, with everything that the last one had.

  --revoke SERIAL    the serial number of a signer's certificate, hexadecimal; may be given again
  --at-once          with the newest key of the authority, without waiting for its notice: the former is lost
${COMMON}`,
  list: `nansen ceremony list [options]

Signs a new master list; first it makes a key for that, if none may sign any more.

${MAKING}${COMMON}`,
}

/** What the command stands on; a test hands in an office of its own. */
export interface CeremonyParts {
  readonly open: (
    folder: string,
    settings: OfficeSettings,
  ) => Promise<{
    readonly office: CeremonyOffice
    /** Opens the log, which begins with the first ceremony. */
    readonly log?: () => Promise<unknown>
    close(): Promise<void>
  }>
  /** Absent where there is no terminal. */
  readonly ask: Ask | undefined
}

/** `nansen ceremony run` and those that follow it in the life of an authority. */
export async function ceremonyRun(
  kind: CeremonyKind,
  arguments_: readonly string[],
  output: Output,
  parts: CeremonyParts = partsOfProcess(),
): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    office: { type: 'string' },
    ...NEW_OFFICE_OPTIONS,
    algorithm: { type: 'string' },
    'papers-live': { type: 'string' },
    most: { type: 'string' },
    revoke: { type: 'string', multiple: true },
    'at-once': { type: 'boolean' },
    yes: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP[kind])
    return 0
  }
  demandFitting(kind, Object.keys(values), positionals)
  const folder = values.office ?? 'office'
  const settings = kind === 'first' ? await settingsFor(folder, values) : await readSettings(folder)
  if (values.yes !== true && parts.ask === undefined)
    throw new UsageError('it asks at each step: give it a terminal, or --yes for specimens')
  const making: Partial<Making> = {
    ecParameters: settings.ecParameters,
    ...(values.algorithm === undefined ? {} : { algorithm: algorithmOf(values.algorithm) }),
    ...(values['papers-live'] === undefined
      ? {}
      : { documentMonths: numberOf('--papers-live', values['papers-live']) }),
    ...(values.most === undefined ? {} : { most: numberOf('--most', values.most) }),
    ...(values['at-once'] === undefined ? {} : { atOnce: values['at-once'] }),
  }
  if (kind === 'first') await makeOffice(folder, settings)
  const { office, log, close } = await parts.open(folder, settings)
  try {
    const revoke = (values.revoke ?? []).map((serial) => serial.toLowerCase().replace(/[\s:]/g, ''))
    const plan = await openPlan(folder, kind, () => planCeremony(office, kind, making, revoke))
    const ask = values.yes === true ? undefined : parts.ask
    const held = await holdCeremony(office, plan, await programVersion(), roomAt(output, kind, ask))
    // From now on, without its checkpoints, the log counts as lost and not as new.
    if (kind === 'first') await log?.()
    const paths = await keepTranscript(folder, kind, office.clock(), held)
    await writeTrust(folder, office)
    await closePlan(folder)
    output.out(`\nTranscript: ${paths.join(', ')}\nFor other states: ${join(folder, 'trust')}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof CeremonyRefusal)) throw error
    output.error(`nansen ceremony: ${printable([CEREMONY_REFUSALS[error.code], ...error.rules].join(' '))}\n`)
    return EXIT.rejectedOrNotValid
  } finally {
    await close()
  }
}

const partsOfProcess = (): CeremonyParts => ({
  open: (folder, settings) => openOffice(folder, settings, { environment: process.env, ceremony: true }),
  ask: process.stdin.isTTY === true ? askAtTerminal : undefined,
})

/** Which options each kind has, besides those that all have. */
const OPTIONS: Readonly<Record<CeremonyKind, readonly string[]>> = {
  first: [...Object.keys(NEW_OFFICE_OPTIONS), 'algorithm', 'papers-live', 'most'],
  link: ['algorithm'],
  signer: ['algorithm', 'papers-live', 'most', 'at-once'],
  crl: ['revoke', 'at-once'],
  list: ['algorithm'],
}

function demandFitting(kind: CeremonyKind, given: readonly string[], positionals: readonly string[]): void {
  const name = kind === 'first' ? 'run' : kind
  const strange = given.find((option) => ![...OPTIONS[kind], 'office', 'yes'].includes(option))
  if (strange !== undefined || positionals.length > 0)
    throw new UsageError(
      `${strange === undefined ? 'it takes no operands' : `--${strange} is no option of this ceremony`}. Type: nansen ceremony ${name} --help`,
    )
}

function algorithmOf(name: string): KeyAlgorithm {
  const algorithm = KEY_ALGORITHMS.find((known) => known === name && known !== 'Ed25519')
  if (algorithm === undefined)
    throw new UsageError('--algorithm takes P-256, P-384, brainpoolP256r1, brainpoolP384r1 or RSA-PSS-3072')
  return algorithm
}

function numberOf(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${option} wants a number from 1`)
  return Number(text)
}

async function writeTrust(folder: string, office: CeremonyOffice): Promise<void> {
  const trust = join(folder, 'trust')
  await mkdir(trust, { recursive: true })
  for (const { name, bytes } of await trustFiles(office)) await writeFile(join(trust, name), bytes)
}
