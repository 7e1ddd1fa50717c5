import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../outside-tools.ts'
import { gencertPath, torPath } from './programs.ts'

/** A directory authority: one of those who say which relays there are. */
export interface TorAuthority {
  readonly name: string
  readonly folder: string
  readonly orPort: number
  readonly dirPort: number
  /** The line by which everybody knows it. */
  readonly line: string
}

/** Makes the keys of an authority in its folder, which must be there. */
export async function makeAuthority(
  name: string,
  folder: string,
  [orPort, dirPort]: readonly [number, number],
): Promise<TorAuthority> {
  const keys = join(folder, 'keys')
  mkdirSync(keys, { mode: 0o700 })
  const certificate = join(keys, 'authority_certificate')
  const files = [
    ...['-i', join(keys, 'authority_identity_key')],
    ...['-s', join(keys, 'authority_signing_key')],
    ...['-c', certificate],
  ]
  const options = ['--create-identity-key', '-m', '12', '--passphrase-fd', '0']
  await succeed(gencertPath!, [...options, ...files], 'of the tests\n')
  const identity = /^fingerprint ([0-9A-F]{40})$/m.exec(readFileSync(certificate, 'latin1'))![1]
  const none = join(folder, 'none')
  const said = await succeed(torPath!, [
    ...['--list-fingerprint', '--quiet'],
    ...['-f', none, '--defaults-torrc', none, '--ignore-missing-torrc'],
    ...['--DataDirectory', folder, '--ORPort', '1', '--Nickname', name],
    // It wants to know some authority first.
    ...['--DirAuthority', `nobody 127.0.0.1:1 ${'F'.repeat(40)}`],
  ])
  const fingerprint = new RegExp(`^${name} ([0-9A-F ]{49})$`, 'm').exec(said)![1]!.replaceAll(' ', '')
  const line = `DirAuthority ${name} orport=${orPort} no-v2 v3ident=${identity} 127.0.0.1:${dirPort} ${fingerprint}`
  return { name, folder, orPort, dirPort, line }
}

async function succeed(command: string, options: readonly string[], input?: string): Promise<string> {
  const { code, out, error } = await run(
    command,
    options,
    input === undefined ? undefined : Buffer.from(input),
  )
  if (code !== 0) throw new Error(`${command}: ${code}: ${error}${out}`)
  return out.toString('latin1')
}
