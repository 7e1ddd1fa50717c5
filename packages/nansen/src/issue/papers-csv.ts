import { join } from 'node:path'
import type { IssuedRow } from './issue-people.ts'
import { replaceFile } from './paper-folder.ts'

/** `papers.csv`: which folder is whose, by the caller's own ids; written whole, in the order of the list. */
export function writePapersCsv(out: string, rows: readonly IssuedRow[]): Promise<void> {
  const lines = rows.map(({ reference, folder }) => `${quoted(reference)},${folder}`)
  return replaceFile(join(out, 'papers.csv'), `${['id,folder', ...lines].join('\n')}\n`)
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
