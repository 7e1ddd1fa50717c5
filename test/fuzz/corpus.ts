import * as node from 'node:crypto'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTrust, type Trust } from '@nansen/inspection'
import { nodeCrypto } from '../../packages/inspection/src/crypto/node.ts'
import type { TargetName } from './targets.ts'

// Inputs that are kept: seeds, which `make-seeds.ts` wrote, and for each target what the fuzzer found to do
// something new. All of it is made from specimens; nothing of a real document or list is in it.

/** @param folder that of the fuzzer */
export const seedsIn = (folder: string): readonly Uint8Array[] => filesIn(join(folder, 'seeds'))

export const keptFor = (folder: string, target: TargetName): readonly Uint8Array[] =>
  filesIn(join(folder, 'corpus', target))

function filesIn(path: string): Uint8Array[] {
  if (!existsSync(path)) return []
  return readdirSync(path)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(path, name))))
}

/** Puts these in place of those kept so far. */
export function keep(folder: string, target: TargetName, inputs: readonly Uint8Array[]): void {
  const path = join(folder, 'corpus', target)
  mkdirSync(path, { recursive: true })
  const names = new Set(inputs.map(nameOf))
  for (const name of readdirSync(path)) if (!names.has(name)) rmSync(join(path, name))
  for (const input of inputs) writeFileSync(join(path, nameOf(input)), input)
}

export const nameOf = (input: Uint8Array): string =>
  `${createHash('sha256').update(input).digest('hex').slice(0, 16)}.bin`

/** The trust that the seeds were made under. */
export async function trustIn(folder: string): Promise<Trust> {
  const path = join(folder, 'seeds')
  const names = readdirSync(path).filter((name) => name.startsWith('trust-'))
  const sources = names.map((label) => ({ label, bytes: new Uint8Array(readFileSync(join(path, label))) }))
  const { trust } = await openTrust(sources, nodeCrypto(node))
  return trust
}
