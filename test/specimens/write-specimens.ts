import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChipFile } from './passport.ts'
import { makeSpecimens } from './specimens.ts'

/** The set of today as files: `trust/`, and `papers/` with a folder for each. */
export function writeSpecimens(folder: string): void {
  const set = makeSpecimens(new Date(), (octets) => new Uint8Array(randomBytes(octets)))
  const write = (files: readonly ChipFile[], ...path: readonly string[]) => {
    mkdirSync(join(folder, ...path), { recursive: true })
    for (const { name, bytes } of files) writeFileSync(join(folder, ...path, name), bytes)
  }
  write(set.trust, 'trust')
  for (const { name, files } of set.specimens) write(files, 'papers', name)
}
