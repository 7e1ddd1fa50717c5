import * as node from 'node:crypto'
import type { IntentId } from '@nansen/signing'
import {
  encodeVerifierKey,
  openWitness,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
  WitnessRefusal,
} from '@nansen/store/log'
import { EXIT, UsageError } from '../exit.ts'
import {
  LOG_KEY,
  logOriginOf,
  type OpenOffice,
  openOffice,
  readSettings,
  stateOf,
  WITNESS_KEY,
} from '../office/index.ts'
import { parseOptions } from '../options.ts'
import type { Output } from '../output.ts'

const HELP = `nansen witness --office DIR --log-key KEY LOGFOLDER
nansen witness --office DIR --keys

Cosigns the log of another authority: its public files, or a mirror of them, are in LOGFOLDER. The witness
remembers what it has seen before it answers, and never cosigns a second history. It prints one line, which the
other authority adds to its checkpoint:

  nansen witness --office theirs --add LINE --witness-key KEY

  --office DIR        this authority's own office, whose witness key signs
  --log-key KEY       of the log that is watched: name+id+key, as that authority gives it out
  --keys              prints the keys of this office: its log's, and its witness's
  --add LINE          puts a cosignature under this office's own checkpoint
  --witness-key KEY   of the witness that made it
  --help

Exit code   0 cosigned; 1 refused: the log was rewritten, or is not what its key signed; 64 not understood
`

/** `nansen witness`. */
export async function witnessCommand(arguments_: readonly string[], output: Output): Promise<number> {
  const { values, positionals } = parseOptions(arguments_, {
    office: { type: 'string' },
    'log-key': { type: 'string' },
    keys: { type: 'boolean' },
    add: { type: 'string' },
    'witness-key': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  })
  if (values.help) {
    output.out(HELP)
    return 0
  }
  if (values.office === undefined)
    throw new UsageError('name this authority’s own office: nansen witness --office DIR')
  const settings = await readSettings(values.office)
  const names = {
    log: logOriginOf(settings),
    witness: `${stateOf(settings).name.toLowerCase()}.example/witness`,
  }
  const opened = await openOffice(values.office, settings, { environment: process.env })
  try {
    if (values.keys) {
      output.out(`${encodeVerifierKey(await keyOf(opened, LOG_KEY, names.log, 'ed25519'))}\n`)
      output.out(`${encodeVerifierKey(await keyOf(opened, WITNESS_KEY, names.witness, 'cosignature/v1'))}\n`)
      return 0
    }
    if (values.add !== undefined) {
      if (values['witness-key'] === undefined)
        throw new UsageError('--add wants the key of the witness: --witness-key name+id+key')
      const log = await opened.log()
      await log.addCosignature(values.add, readKey(values['witness-key']))
      output.out('added\n')
      return 0
    }
    const [folder, ...more] = positionals
    if (folder === undefined || more.length > 0 || values['log-key'] === undefined)
      throw new UsageError('name the log: nansen witness --office DIR --log-key KEY LOGFOLDER')
    const own = await keyOf(opened, WITNESS_KEY, names.witness, 'cosignature/v1')
    output.out(await cosign(opened, own, readKey(values['log-key']), folder))
    return 0
  } catch (error) {
    if (!(error instanceof WitnessRefusal)) throw error
    output.error(`nansen witness: refused [${error.reason}]\n`)
    return EXIT.rejectedOrNotValid
  } finally {
    await opened.close()
  }
}

function readKey(text: string): VerifierKey {
  try {
    return parseVerifierKey(text)
  } catch {
    throw new UsageError('a key is written name+id+key, as "nansen witness --keys" prints it')
  }
}

async function keyOf(
  { office }: OpenOffice,
  id: string,
  name: string,
  type: VerifierKey['type'],
): Promise<VerifierKey> {
  const key = (await office.signing.keys()).get(id)
  if (key === undefined) throw new UsageError('this office has no such key yet: nansen ceremony run')
  return verifierKey(name, key.publicKey.subarray(-32), type)
}

/** The state of the witness and what it signs are one transaction; signed through the ledger like all else. P2, P19 */
async function cosign(
  { office }: OpenOffice,
  own: VerifierKey,
  log: VerifierKey,
  folder: string,
): Promise<string> {
  const { store, signing, clock } = office
  const witness = openWitness<IntentId>({
    store,
    key: own,
    logs: [log],
    record: async (tx, toBeSigned) => {
      const digest = node.createHash('sha256').update(toBeSigned).digest()
      const once = node.createHash('sha256').update('nansen.cosignature').update(toBeSigned).digest()
      const [intent] = await signing.record(tx, [{ key: WITNESS_KEY, toBeSigned, decision: digest, once }])
      return intent!
    },
    finish: async (intent) => (await signing.finish([intent]))[0]!,
  })
  const line = await witness.cosignFromFolder(folder, clock())
  return line.endsWith('\n') ? line : `${line}\n`
}
