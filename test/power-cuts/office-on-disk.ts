import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ended, type Kill, type Run, runUntil } from '../faults/kill.ts'
import { generatePeople, peopleCsv } from '../people.ts'
import { dropDatabase, newDatabase } from './database.ts'

export type Where = 'embedded' | 'postgresql'

/**
 * An office as the command has it: a folder, and a database where it is on PostgreSQL. What is done with it is done by
 * `nansen` as it is installed, in a process of its own.
 */
export class OfficeOnDisk {
  readonly where: Where
  readonly root: string
  /** Of the database; absent on the embedded store. */
  readonly url: string | undefined

  constructor(where: Where, root: string, url: string | undefined) {
    this.where = where
    this.root = root
    this.url = url
  }

  /** An office that is not there yet. */
  static async none(where: Where): Promise<OfficeOnDisk> {
    return new OfficeOnDisk(where, newFolder(), where === 'postgresql' ? await newDatabase() : undefined)
  }

  /** Another office that begins as this one is now; nothing of this one may run. */
  async copy(): Promise<OfficeOnDisk> {
    const root = newFolder()
    cpSync(this.root, root, { recursive: true })
    const url = this.url === undefined ? undefined : await newDatabase(this.url)
    return new OfficeOnDisk(this.where, root, url)
  }

  get folder(): string {
    return join(this.root, 'office')
  }

  get out(): string {
    return join(this.root, 'papers')
  }

  /** A list of people; their ids begin with its name, so that those of two lists are not taken for each other. */
  list(name: string, count: number, seed?: number): string {
    const path = join(this.root, `${name}.csv`)
    const people = generatePeople(count, seed)
    writeFileSync(path, peopleCsv(people.map((person) => ({ ...person, id: `${name}-${person.id}` }))))
    return path
  }

  issueRun(list: string, out = this.out, ...more: readonly string[]): Run {
    const on = this.where === 'postgresql' ? ['--postgresql'] : []
    return this.run(
      'issue',
      '--in',
      list,
      '--out',
      out,
      '--office',
      this.folder,
      '--no-pages',
      ...on,
      ...more,
    )
  }

  issue(list: string, kill?: Kill): Promise<Ended> {
    return runUntil(this.issueRun(list), kill)
  }

  recover(): Promise<Ended> {
    return runUntil(this.run('recover', '--office', this.folder))
  }

  check(): Promise<Ended> {
    return runUntil(this.run('check', '--office', this.folder))
  }

  /** Inspects every paper that was handed over, with what the office has published. */
  inspect(out = this.out): Promise<Ended> {
    const papers = folderNames(out).map((name) => join(out, name))
    return runUntil(this.run('inspect', '--json', '--trust', join(out, 'trust'), ...papers))
  }

  run(...args: readonly string[]): Run {
    // A step of ours to crash at must not reach what it is not meant for.
    const env = { NANSEN_CRASH_AT: '', ...(this.url !== undefined && { NANSEN_DATABASE: this.url }) }
    return { args, env }
  }

  /** What lies in the output, held against papers.csv and the list: every row once, every folder somebody's. */
  papersAgainst(list: string, out = this.out): { readonly problems: readonly string[] } {
    const file = join(out, 'papers.csv')
    const rows = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(1) : []
    const given = rows.map((row) => row.split(',') as [string, string])
    const wanted = readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0]!)
    const problems: string[] = []
    if (given.map(([id]) => id).join() !== wanted.join())
      problems.push('papers.csv has not the rows of the list')
    if (
      given
        .map(([, folder]) => folder)
        .sort()
        .join() !== folderNames(out).sort().join()
    )
      problems.push('papers.csv does not name the folders that there are, each once')
    return { problems }
  }

  async remove(): Promise<void> {
    rmSync(this.root, { recursive: true, force: true })
    if (this.url !== undefined) await dropDatabase(this.url)
  }
}

/** An office that has held its ceremony and issued two papers. */
export async function officeAtWork(where: Where): Promise<OfficeOnDisk> {
  const office = await OfficeOnDisk.none(where)
  const { code, error } = await office.issue(office.list('first', 2, 7))
  if (code !== 0) throw new Error(`the office did not begin: ${error}`)
  // What it has handed over is no business of the rounds that begin from here.
  rmSync(office.out, { recursive: true })
  return office
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'nansen-power-cut-'))

/** Of papers: their names are ids by chance, and tell nothing. */
const folderNames = (out: string): string[] =>
  existsSync(out) ? readdirSync(out).filter((name) => /^[0-9a-f]{32}$/.test(name)) : []
