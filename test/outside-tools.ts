import { spawn, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

export interface Ran {
  readonly code: number | null
  readonly out: Buffer
  /** As text. */
  readonly error: string
}

/** Runs a program to its end. What it is to read comes from `input`. */
export function run(command: string, arguments_: readonly string[], input?: Uint8Array): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, arguments_)
    const [out, error]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (octets) => out.push(octets))
    child.stderr.on('data', (octets) => error.push(octets))
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ code, out: Buffer.concat(out), error: Buffer.concat(error).toString('utf8') }),
    )
    // A program that ends early has not read all of it.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Does the work for each, a few at a time: as many as there are processors, four at the most. In the order of `things`. */
export async function forEach<T, R>(
  things: readonly T[],
  work: (thing: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < things.length; at = next++) results[at] = await work(things[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, worker))
  return results
}

/** Names of those that are not on this machine. */
export const missingTools = (...names: readonly string[]): readonly string[] =>
  names.filter((name) => spawnSync(name, ['--version']).error !== undefined)
