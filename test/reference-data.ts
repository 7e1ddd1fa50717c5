import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The folder with real and specimen data that is not part of the project. */
export const referenceFolder = resolve(process.env.NANSEN_REFERENCE_DATA ?? join(here, '../../shared/data'))

export const haveReferenceData = existsSync(join(referenceFolder, 'emrtd'))

/** Put into the name of a suite that needs the data, so that a skipped run says why. */
export const withReferenceData = haveReferenceData
  ? '(reference data)'
  : '(skipped: no reference data; set NANSEN_REFERENCE_DATA)'

/** The bytes of one file of the reference data. */
export function referenceData(...path: string[]): Uint8Array {
  return new Uint8Array(readFileSync(join(referenceFolder, ...path)))
}

/** One JSON file of the reference data. */
export function referenceJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(referenceFolder, ...path), 'utf8')) as T
}
