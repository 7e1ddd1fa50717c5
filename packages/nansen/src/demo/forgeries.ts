import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Verdict } from '@nansen/inspection'

/** Something put together from genuine papers without any key, and the answer that it must get. */
export interface Forgery {
  /** Below the folder of the papers. */
  readonly folder: string
  readonly about: string
  readonly verdict: Verdict['verdict']
}

interface Recipe {
  readonly name: string
  readonly about: string
  readonly verdict: Verdict['verdict']
  /** Which files of Anna's paper, and which of Maryam's instead. */
  readonly take: (name: string) => 'anna' | 'maryam' | undefined
}

const isChip = (name: string): boolean => name.startsWith('EF_')

const RECIPES: readonly Recipe[] = [
  {
    name: 'altered',
    about: "another person's zone under the signature",
    verdict: 'rejected',
    take: (name) => (name === 'EF_DG1.bin' ? 'maryam' : isChip(name) ? 'anna' : undefined),
  },
  {
    name: 'page-exchanged',
    about: 'the chip of one passport in the page of another',
    verdict: 'rejected',
    take: (name) => (isChip(name) ? 'anna' : name === 'mrz.txt' ? 'maryam' : undefined),
  },
  {
    name: 'security-object-alone',
    about: 'a genuine security object without its data groups',
    verdict: 'unproven',
    take: (name) => (name === 'EF_SOD.bin' ? 'anna' : undefined),
  },
  {
    name: 'zone-alone',
    about: 'a zone that anyone can print',
    verdict: 'unproven',
    take: (name) => (name === 'mrz.txt' ? 'anna' : undefined),
  },
]

/** Puts them beside the papers, each in a folder of its own. */
export async function makeForgeries(
  out: string,
  folders: ReadonlyMap<string, string>,
): Promise<readonly Forgery[]> {
  const forgeries: Forgery[] = []
  for (const { name, about, verdict, take } of RECIPES) {
    const folder = join('not-genuine', name)
    await rm(join(out, folder), { recursive: true, force: true })
    await mkdir(join(out, folder), { recursive: true })
    for (const file of await readdir(join(out, folders.get('anna')!))) {
      const from = take(file)
      if (from !== undefined) await copyFile(join(out, folders.get(from)!, file), join(out, folder, file))
    }
    forgeries.push({ folder, about, verdict })
  }
  return forgeries
}
