import { EXIT, UsageError } from './exit.ts'
import { type Output, printable, processOutput } from './output.ts'
import { version } from './program-version.ts'

const HELP = `nansen: international passports that states issue, recognise and check

For whoever is shown a paper
  nansen inspect [options] PATH...      what is this paper, and can it be believed?
  nansen masterlist verify|create|diff  the lists of states' certificates
  nansen demo                           issues a set of specimens and inspects them

For an office that issues: specimens
  nansen serve                          the pages: applying, deciding, issuing
  nansen ceremony script|run|...        keys, certificates and lists, with people in the room
  nansen issue --in CSV --out DIR       papers for a list of people
  nansen recover --office DIR           takes up what a crash left behind
  nansen check --office DIR             reads all that is stored, and says what does not fit
  nansen migrate --office DIR           brings the database up to date
  nansen database prepare --role NAME   the same as its owner, for an office that owns nothing there
  nansen legal-request --office DIR     all that could be produced about the number of a paper
  nansen witness --office DIR LOG       cosigns the log of another authority
  nansen signer --office DIR            the keys, in a process of their own

  nansen COMMAND --help                 how to use one of them
  nansen --version
`

/** What a command is: its arguments without its name, and where it writes; the exit code. */
export type Command = (arguments_: readonly string[], output: Output) => Promise<number>

/** Modules are loaded when their command is called: a border post waits for the start of each process. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  masterlist: async () => (await import('./commands/masterlist.ts')).masterlistCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  ceremony: async () => (await import('./commands/ceremony.ts')).ceremonyCommand,
  issue: async () => (await import('./commands/issue.ts')).issueCommand,
  'legal-request': async () => (await import('./commands/legal-request.ts')).legalRequestCommand,
  recover: async () => (await import('./commands/recover.ts')).recoverCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  database: async () => (await import('./commands/database.ts')).databaseCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  witness: async () => (await import('./commands/witness.ts')).witnessCommand,
  signer: async () => (await import('./commands/signer.ts')).signerCommand,
}

/** Runs one command line. @returns the exit code */
export async function main(arguments_: readonly string[], output: Output = processOutput()): Promise<number> {
  const [name, ...rest] = arguments_
  if (name === '--help' || name === '-h' || name === 'help') {
    output.out(HELP)
    return 0
  }
  if (name === '--version') {
    output.out(`${await version()}\n`)
    return 0
  }
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    output.error(name === undefined ? HELP : `nansen: no such command. Type: nansen --help\n`)
    return EXIT.usage
  }
  try {
    return await (await load())(rest, output)
  } catch (error) {
    // A message may hold the name of a file, which may come from anybody.
    if (error instanceof UsageError) {
      output.error(`nansen ${name}: ${printable(error.message)}\n`)
      return EXIT.usage
    }
    // What the office's rooms refuse has a code, and a sentence; the rest is a bug and must be seen.
    const code = codeOf(error)
    if (code === undefined) {
      const told = fileSentence(error)
      if (told === undefined) throw error
      output.error(`nansen ${name}: ${printable(told)}\n`)
      return EXIT.failed
    }
    const { issueSentence } = await import('./text/issue-en.ts')
    const { CEREMONY_REFUSALS } = await import('./text/ceremony-en.ts')
    const sentences: Readonly<Record<string, string>> = CEREMONY_REFUSALS
    const sentence = Object.hasOwn(sentences, code) ? `${sentences[code]} [${code}]` : issueSentence(code)
    output.error(`nansen ${name}: ${sentence}\n`)
    return EXIT.failed
  }
}

/** Of an outage or refusal of a room below: they carry a code and no value. */
function codeOf(error: unknown): string | undefined {
  const REFUSALS = [
    'Refusal',
    'CaseRefusal',
    'PictureRefusal',
    'StoreError',
    'SigningRefusal',
    'CeremonyRefusal',
    'DeviceFault',
  ]
  if (!(error instanceof Error)) return undefined
  if (error.name === 'SigningOutage') return 'signing.outage'
  return REFUSALS.includes(error.name) ? String((error as Error & { code?: unknown }).code) : undefined
}

/** Of what the operating system says of a file: it names it, and a disk that is full is no bug of ours. */
function fileSentence(error: unknown): string | undefined {
  const { syscall, code, path } = error as NodeJS.ErrnoException
  if (!(error instanceof Error) || typeof syscall !== 'string' || typeof code !== 'string') return undefined
  return `a file or folder cannot be read or written${path === undefined ? '' : `, ${path}`} [${code}: ${syscall}]`
}
