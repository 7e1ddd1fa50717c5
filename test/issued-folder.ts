import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './outside-tools.ts'
import { type GeneratedPerson, generatePeople, writePeople } from './people.ts'

/** The command as it is installed: `dist`, which `npm ci` and `npm run build` make. */
export const nansen = fileURLToPath(new URL('../packages/nansen/bin/nansen.js', import.meta.url))

/** What `nansen issue` left behind. */
export interface IssuedFolder {
  readonly folder: string
  readonly list: string
  readonly people: readonly GeneratedPerson[]
  readonly papers: readonly IssuedPaper[]
  readonly code: number | null
  readonly said: string
}

export interface IssuedPaper {
  readonly person: GeneratedPerson
  readonly folder: string
  read(name: string): Buffer
  /** The ContentInfo in the security object's file. [9303-10 §4.6.2] */
  readonly signedData: Uint8Array
  readonly zone: readonly string[]
}

/** Issues to so many people below a folder, in a process of its own. */
export async function issueTo(
  parent: string,
  count: number,
  seed: number,
  ...options: readonly string[]
): Promise<IssuedFolder> {
  mkdirSync(parent, { recursive: true })
  const [list, folder] = [join(parent, 'people.csv'), join(parent, 'papers')]
  writePeople(list, count, seed)
  const people = generatePeople(count, seed)
  const { code, out, error } = await run(process.execPath, [
    nansen,
    'issue',
    '--in',
    list,
    '--out',
    folder,
    ...options,
  ])
  const rows = existsSync(join(folder, 'papers.csv')) ? papersOf(folder) : new Map<string, string>()
  const papers = people.flatMap((person) => {
    const name = rows.get(person.id)
    return name === undefined ? [] : [paperIn(join(folder, name), person)]
  })
  return { folder, list, people, papers, code, said: `${out.toString('utf8')}${error}` }
}

/** `papers.csv`: the folder of each id. */
export function papersOf(folder: string): ReadonlyMap<string, string> {
  const [header, ...lines] = readFileSync(join(folder, 'papers.csv'), 'utf8').trimEnd().split('\n')
  if (header !== 'id,folder') throw new Error('papers.csv has another header')
  return new Map(lines.map((line) => line.split(',') as [string, string]))
}

function paperIn(folder: string, person: GeneratedPerson): IssuedPaper {
  const read = (name: string) => readFileSync(join(folder, name))
  return {
    person,
    folder,
    read,
    signedData: withoutHeader(read('EF_SOD.bin')),
    zone: read('mrz.txt').toString('utf8').trimEnd().split('\n'),
  }
}

/** By hand, so that no reader of ours stands between a file and its judge. */
function withoutHeader(file: Buffer): Uint8Array {
  if (file[0] !== 0x77) throw new Error('no security object')
  const length = file[1]!
  return file.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f))
}

/** SHA-256 of every file below a folder by its path, but for what is below `without`. */
export function contentsOf(folder: string, without: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !path.startsWith(join(folder, without)))
      found.set(path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex'))
  }
  return found
}
