import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ReleasedPaper } from '@nansen/authority'
import { zoneLines } from './zone-lines.ts'

/** Names beside the files of the chip. */
const ZONE = 'mrz.txt'
const PAGE = 'datapage.pdf'
const CHIP_KEY = 'SPECIMEN-chip-key.pem'

/**
 * Writes what personalisation needs of a paper into a folder named by its id, which tells nothing. The folder appears
 * whole or not at all, and is on the disk when this returns; written again, it is replaced by the same.
 * @param page the data page as PDF, where one could be drawn
 */
export async function writePaperFolder(
  parent: string,
  paper: ReleasedPaper,
  page: Uint8Array | undefined,
): Promise<void> {
  const folder = join(parent, paper.id)
  const partial = join(parent, `.${paper.id}.partial`)
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial)
  const { chipKey } = paper.content
  const files: (readonly [string, Uint8Array | string])[] = [
    ...paper.files.map(({ name, bytes }) => [name, bytes] as const),
    [ZONE, `${zoneLines(paper).join('\n')}\n`],
  ]
  if (page !== undefined) files.push([PAGE, page])
  if (chipKey !== undefined) files.push([CHIP_KEY, chipKey])
  await Promise.all(files.map(([name, bytes]) => writeDurably(join(partial, name), bytes)))
  await syncFolder(partial)
  await rm(folder, { recursive: true, force: true })
  await rename(partial, folder)
  await syncFolder(parent)
}

/** Takes away what a crash left half written. */
export async function removePartialFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent))
    if (/^\.[0-9a-f]{32}\.partial$/.test(name)) await rm(join(parent, name), { recursive: true, force: true })
}

/** One file that appears whole or not at all, and is on the disk when this returns. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const partial = `${path}.partial`
  await writeDurably(partial, content)
  await rename(partial, path)
  await syncFolder(dirname(path))
}

async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
