import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Input, type InputFile, pemBlocks, recognise } from '@nansen/inspection'
import { kindInFolder, kindNamed, MOST_OCTETS, type PathKind, readAtMost } from './read-file.ts'

/** One thing to inspect; `input` is absent where it cannot be read. */
export interface NamedInput {
  /** As the caller named it. */
  readonly name: string
  readonly input: Input | undefined
}

const MOST_NAMES = 10_000
const DEEPEST = 4
/** Names in a folder that may be that of one chip. */
const MOST_CHIP_NAMES = 64
/** Octets of a file beside others that may be a chip's: several times the largest. */
const MOST_CHIP_OCTETS = 1024 * 1024

/**
 * What stands behind a path: a file is one thing; a folder that holds the files of one chip is one thing;
 * any other folder is its files and folders, each for itself. `-` is standard input. Whatever is named or found
 * is given out, also what is not opened: a device, a link to a folder, a folder that lies too deep or is too large.
 */
export async function* readInputs(path: string): AsyncGenerator<NamedInput> {
  if (path === '-') yield* unbundle('-', await readStandardInput())
  else yield* read(path, await kindNamed(path), 0)
}

async function* read(path: string, kind: PathKind | undefined, depth: number): AsyncGenerator<NamedInput> {
  if (kind === 'file') yield* unbundle(path, await readAtMost(path).catch(() => undefined))
  else if (kind === 'folder' && depth <= DEEPEST) yield* readFolder(path, depth)
  else yield { name: path, input: undefined }
}

/** A PEM file with several blocks is several things; each is numbered behind the name. */
function* unbundle(name: string, bytes: Uint8Array | undefined): Generator<NamedInput> {
  const blocks = bytes && pemBlocks(bytes)
  if (blocks === undefined || blocks.length < 2) yield { name, input: bytes }
  else for (const [i, block] of blocks.entries()) yield { name: `${name}#${i + 1}`, input: block.bytes }
}

async function* readFolder(path: string, depth: number): AsyncGenerator<NamedInput> {
  const all = await readdir(path).catch(() => undefined)
  // Hidden files are those of the system and of tools.
  const names = all?.filter((name) => !name.startsWith('.')).sort()
  if (names === undefined || names.length > MOST_NAMES) {
    yield { name: path, input: undefined }
    return
  }
  const chip = names.length <= MOST_CHIP_NAMES ? await readChip(path, names) : undefined
  if (names.length === 0 || chip !== undefined) yield { name: path, input: chip ?? [] }
  for (const name of names) {
    const inside = join(path, name)
    const kind = await kindInFolder(inside)
    if (chip === undefined || kind !== 'file') yield* read(inside, kind, depth + 1)
  }
}

/** The files of a folder, if they are those of one chip. */
async function readChip(path: string, names: readonly string[]): Promise<readonly InputFile[] | undefined> {
  const files: InputFile[] = []
  for (const name of names) {
    const inside = join(path, name)
    if ((await kindInFolder(inside)) !== 'file') continue
    const bytes = await readAtMost(inside, MOST_CHIP_OCTETS).catch(() => undefined)
    if (bytes !== undefined) files.push({ name, bytes })
  }
  return isOneChip(files) ? files : undefined
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

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of process.stdin) {
    parts.push(part)
    total += part.length
    if (total >= MOST_OCTETS) break
  }
  return new Uint8Array(Buffer.concat(parts)).subarray(0, MOST_OCTETS)
}
