import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Input, type InputFile, pemBlocks, recognise } from '@nansen/inspection'

/** One thing to inspect; `input` is absent where it cannot be read. */
export interface NamedInput {
  /** As the caller named it. */
  readonly name: string
  readonly input: Input | undefined
}

/** Octets; a master list's limit, and one more so that a larger one is seen to be too large. */
const MOST_OCTETS = 16 * 1024 * 1024 + 1
const MOST_FILES = 10_000
const DEEPEST = 4

/**
 * What stands behind a path: a file is one thing; a folder that holds the files of one chip is one thing;
 * any other folder is its files and folders, each for itself. `-` is standard input.
 */
export async function* readInputs(path: string, depth = 0): AsyncGenerator<NamedInput> {
  if (path === '-') {
    yield { name: '-', input: await readStandardInput() }
    return
  }
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) yield { name: path, input: undefined }
  else if (!found.isDirectory()) yield* unbundle(path, await readSome(path))
  else yield* readFolder(path, depth)
}

/** A PEM file with several blocks is several things; each is numbered behind the name. */
function* unbundle(name: string, bytes: Uint8Array | undefined): Generator<NamedInput> {
  const blocks = bytes && pemBlocks(bytes)
  if (blocks === undefined || blocks.length < 2) yield { name, input: bytes }
  else for (const [i, block] of blocks.entries()) yield { name: `${name}#${i + 1}`, input: block.bytes }
}

async function* readFolder(path: string, depth: number): AsyncGenerator<NamedInput> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) {
    yield { name: path, input: undefined }
    return
  }
  const names = entries.map(({ name }) => name).sort()
  const files: InputFile[] = []
  if (entries.length <= 64)
    for (const entry of entries) {
      if (!entry.isFile()) continue
      const bytes = await readSome(join(path, entry.name))
      if (bytes !== undefined) files.push({ name: entry.name, bytes })
    }
  if (isOneChip(files)) {
    yield { name: path, input: files }
    return
  }
  if (depth === DEEPEST || names.length > MOST_FILES) return
  for (const name of names) if (!name.startsWith('.')) yield* readInputs(join(path, name), depth + 1)
}

/**
 * Whether the files are those of one chip: at least one is, and none of them twice. A folder of many security
 * objects is many documents.
 */
function isOneChip(files: readonly InputFile[]): boolean {
  if (files.length === 0) return false
  const presented = recognise(files)
  if (presented.kind !== 'emrtd' && presented.kind !== 'sod') return false
  return presented.malformed?.code !== 'input.file-twice'
}

async function readSome(path: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(path)
    if (size > MOST_OCTETS) return new Uint8Array(MOST_OCTETS)
    return new Uint8Array(await readFile(path))
  } catch {
    return undefined
  }
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of process.stdin) {
    parts.push(part)
    total += part.length
    if (total > MOST_OCTETS) break
  }
  return new Uint8Array(Buffer.concat(parts))
}
