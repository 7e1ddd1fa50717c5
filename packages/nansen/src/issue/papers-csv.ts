import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { IssuedRow } from './issue-people.ts'
import { replaceFile } from './paper-folder.ts'

/** `papers.csv`: which folder is whose, by the caller's own ids; written whole, in the order of the rows. */
export function writePapersCsv(out: string, rows: readonly IssuedRow[]): Promise<void> {
  const lines = rows.map(({ reference, folder }) => `${quoted(reference)},${folder}`)
  return replaceFile(join(out, 'papers.csv'), `${['id,folder', ...lines].join('\n')}\n`)
}

/** What it said before, by the caller's ids; nothing where there is none, or one that nobody of ours wrote. */
export async function readPapersCsv(out: string): Promise<ReadonlyMap<string, string>> {
  const path = join(out, 'papers.csv')
  if (!existsSync(path)) return new Map()
  try {
    const rows: string[][] = parse(await readFile(path, 'utf8'), { from_line: 2 })
    return new Map(rows.map(([reference = '', folder = '']) => [reference, folder]))
  } catch {
    return new Map()
  }
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
