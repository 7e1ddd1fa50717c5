import { resolve } from 'node:path'
import {
  DeviceFault,
  openKeyService,
  refuseToServe,
  runKeyProcess,
  type ServedKeys,
  SigningRefusal,
  SocketRefusal,
  serveKeySocket,
} from '@nansen/signing'
import { crashAt } from '../crash-at.ts'
import { EXIT, UsageError } from '../exit.ts'
import { keepToItself } from '../keep-to-itself.ts'
import { foldersOf, type OfficeSettings, openDevice, openOfficeStore, readSettings } from '../office/index.ts'
import { parseOfficeOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'

const HELP = `nansen signer --office DIR [--ceremony]
nansen signer --office DIR --socket PATH

The keys of an office in a process of their own, with their own connection to the database. It signs what it
finds there as recorded and committed, when it is asked for that by its id; it takes no bytes to be signed.
An office on PostgreSQL starts it by itself and speaks with it over its standard input and output; it ends
when these close. Over a socket it runs for itself, best under a user of its own, until it gets SIGTERM.

  --office DIR    the office whose keys these are
  --ceremony      new keys may be made; not over a socket
  --socket PATH   where offices reach it: in a folder of mode 0700, or 0750 with a group for the office alone
  --help

The address of the database is in NANSEN_DATABASE; the passphrase of key files in NANSEN_PASSPHRASE, or in a
file that NANSEN_PASSPHRASE_FILE names; the PIN of a token in NANSEN_PIN or a file that NANSEN_PIN_FILE names.
A file is better: the environment of a process can be read by whoever runs under the same user. Nothing secret
is printed. It turns off core dumps of itself where it can; "ulimit -c 0" before it makes sure.
`

/** A key service that is open, with all that it stands on. */
export interface OpenedKeys {
  readonly keyService: ServedKeys
  close(): Promise<void>
}

/** Opens the key service of an office, with a connection of its own. */
export type OpenKeyService = (
  officeFolder: string,
  settings: OfficeSettings,
  options: { readonly environment: NodeJS.ProcessEnv; readonly ceremony: boolean },
) => Promise<OpenedKeys>

/** `nansen signer`, over whatever opens the keys. */
export async function signer(
  arguments_: readonly string[],
  output: Output,
  open: OpenKeyService,
): Promise<number> {
  const options = parseOfficeOptions(
    'nansen signer',
    arguments_,
    { socket: { type: 'string' }, ceremony: { type: 'boolean' } },
    output,
    HELP,
  )
  if (options === undefined) return 0
  const { office, socket, ceremony = false } = options
  if (socket !== undefined && ceremony)
    throw new UsageError('--ceremony does not go with --socket: a ceremony starts its own key process')
  await keepToItself()
  const report = reporter(output)
  let keys: OpenedKeys
  try {
    keys = await open(office, await readSettings(office), { environment: process.env, ceremony })
  } catch (error) {
    if (socket === undefined) refuseToServe(process.stdout, error)
    if (error instanceof UsageError) throw error
    report(error)
    return EXIT.failed
  }
  try {
    const { keyService } = keys
    if (socket === undefined) await overStandardStreams(keyService, ceremony, report)
    else await overSocket(resolve(socket), keyService, report)
    return 0
  } finally {
    await keys.close()
  }
}

async function overStandardStreams(
  keyService: ServedKeys,
  ceremony: boolean,
  report: (error: unknown) => void,
): Promise<void> {
  // Ctrl-C reaches the whole group; the office decides when it needs no keys any more, and closes the input.
  process.on('SIGINT', () => {})
  process.once('SIGTERM', () => process.stdin.destroy())
  await runKeyProcess({ keyService, input: process.stdin, output: process.stdout, ceremony, report })
}

async function overSocket(
  path: string,
  keyService: ServedKeys,
  report: (error: unknown) => void,
): Promise<void> {
  const stopped = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop())
  })
  try {
    const server = await serveKeySocket(path, { keyService, report })
    await stopped
    await server.close()
  } catch (error) {
    throw error instanceof SocketRefusal ? new UsageError(error.message) : error
  }
}

/** What is known to name no value is told; of any other error its kind and its place, because its message may. */
function reporter(output: Output): (error: unknown) => void {
  return (error) => {
    const { name, message, stack, code } = error as Partial<Error> & { readonly code?: unknown }
    const known = error instanceof DeviceFault || error instanceof SigningRefusal
    const told = known ? message : `${name} ${code ?? ''}`.trim()
    const frames = known ? [] : (stack ?? '').split('\n').filter((frame) => /^\s+at /.test(frame))
    for (const each of [`nansen signer: ${told}`, ...frames.slice(0, 6)]) output.error(`${printable(each)}\n`)
  }
}

/** `nansen signer`. */
export const signerCommand = (arguments_: readonly string[], output: Output): Promise<number> =>
  signer(arguments_, output, openOfficeKeys)

/** The office's own keys, on its own database. @throws UsageError, DeviceFault, SigningRefusal, StoreError */
const openOfficeKeys: OpenKeyService = async (folder, settings, { environment, ceremony }) => {
  if (settings.store.kind === 'embedded')
    throw new UsageError(
      'an office on the embedded store has its keys in its own process: it needs no signer',
    )
  const clock = () => new Date()
  const device = await openDevice(folder, settings, environment, ceremony)
  const store = await openOfficeStore(folder, settings, environment, false)
  try {
    const step = crashAt(environment.NANSEN_CRASH_AT)
    const { keyJournal } = foldersOf(folder)
    const keyService = await openKeyService({ store, device, journalPath: keyJournal, clock, step })
    return {
      keyService,
      async close() {
        keyService.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
