import { EXIT, UsageError } from './exit.ts'
import { type Output, printable, processOutput } from './output.ts'

const HELP = `nansen: international passports that states issue, recognise and check

  nansen inspect [options] PATH...      what is this paper, and can it be believed?
  nansen masterlist verify|create|diff  the lists of states' certificates
  nansen demo                           makes a set of specimens and inspects them

  nansen COMMAND --help                 how to use one of them
  nansen --version
`

/** What a command is: its arguments without its name, and where it writes; the exit code. */
export type Command = (arguments_: readonly string[], output: Output) => Promise<number>

/** Modules are loaded when their command is called: a border post waits for the start of each process. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  inspect: async () => (await import('./commands/inspect.ts')).inspectCommand,
  masterlist: async () => (await import('./commands/masterlist.ts')).masterlistCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
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
    if (!(error instanceof UsageError)) throw error
    // A message may hold the name of a file, which may come from anybody.
    output.error(`nansen ${name}: ${printable(error.message)}\n`)
    return EXIT.usage
  }
}

async function version(): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(manifest.version)
}
