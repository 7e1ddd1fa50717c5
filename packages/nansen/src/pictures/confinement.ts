import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Read relative to this file, which lies as deep in src as in dist. */
const PROGRAM = fileURLToPath(new URL('../../bin/decoder/picture-decoder.js', import.meta.url))
const NODE = [
  process.execPath,
  '--max-old-space-size=128',
  '--disallow-code-generation-from-strings',
  PROGRAM,
]
/** A namespace of users and one of networks, both empty, made by a program of the system and needing no rights. */
const ALONE = ['/usr/bin/unshare', '-U', '-n']
/** Milliseconds for the program to start and to end. */
const PROBE_LIMIT = 15_000
/** How it ends where `sharp` is missing. */
const NOT_INSTALLED = 3

/** How the process that opens pictures is started. */
export interface Confinement {
  /** The command, without its last argument. */
  readonly command: readonly string[]
  /**
   * Whether the system keeps it from the network, and from the memory and environment of every other process. What
   * it never is kept from are files that its user may read.
   */
  readonly alone: boolean
}

/** Where the system gives no more than a process of its own. */
export const PROCESS_ONLY: Confinement = { command: NODE, alone: false }

let found: Confinement | 'missing' | undefined

/**
 * The narrowest way to start the process that works on this machine; tried once, in about half a second. A user
 * namespace is what Linux gives without rights, and many systems forbid it: then only the pipes, the empty
 * environment and the limits of time and memory remain.
 *
 * Node's own permissions are no part of this. They bind JavaScript, and what a picture takes over is the native code
 * of `sharp`, which they let pass (`--allow-addons`); up to Node 22 they are experimental besides.
 * @returns `undefined` where `sharp`, an optional part, is not installed
 */
export function confinement(): Confinement | undefined {
  found ??= firstThatWorks()
  return found === 'missing' ? undefined : found
}

function firstThatWorks(): Confinement | 'missing' {
  const alone = [...ALONE, ...NODE]
  if (process.platform === 'linux' && probe(alone) === 0) return { command: alone, alone: true }
  // One that did not end in time is not missing: it is asked again with every picture.
  return probe(NODE) === NOT_INSTALLED ? 'missing' : PROCESS_ONLY
}

function probe([program, ...args]: readonly string[]): number | null {
  return spawnSync(program!, [...args, 'probe'], {
    env: {},
    cwd: '/',
    stdio: 'ignore',
    timeout: PROBE_LIMIT,
    killSignal: 'SIGKILL',
  }).status
}
