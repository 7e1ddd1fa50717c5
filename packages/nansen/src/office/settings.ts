import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type IssuingState, SPECIMEN_STATES } from '@nansen/authority'
import { UsageError } from '../exit.ts'

/**
 * What an office folder says of itself, in `OFFICE.json`. It holds no secret: the address of the database, the
 * passphrase of the keys and the PIN of the token come from the environment.
 */
export interface OfficeSettings {
  readonly version: 1
  readonly state: IssuingState['code3']
  readonly store: { readonly kind: 'embedded' } | { readonly kind: 'postgresql'; readonly schema: string }
  readonly keys:
    | { readonly kind: 'files' }
    | { readonly kind: 'pkcs11'; readonly module: string; readonly token: string }
  /** `named` departs from the profile, for verifiers that cannot read explicit parameters. */
  readonly ecParameters: 'explicit' | 'named'
}

const FILE = 'OFFICE.json'

export const isOffice = (folder: string): boolean => existsSync(join(folder, FILE))

export const stateOf = ({ state }: Pick<OfficeSettings, 'state'>): IssuingState =>
  SPECIMEN_STATES.find(({ code3 }) => code3 === state)!

/** @throws UsageError for a state that exists: this program makes specimens only */
export function specimenState(code: string): IssuingState['code3'] {
  const state = SPECIMEN_STATES.find(({ code3 }) => code3 === code)
  if (state === undefined)
    throw new UsageError(
      `--state takes ${SPECIMEN_STATES.map(({ code3 }) => code3).join(', ')}: states that do not exist. ` +
        'Papers of a real state need an entry in a signed arrangement of states, which this version cannot read.',
    )
  return state.code3
}

/** @throws UsageError where there is none, or it is of another version or altered */
export async function readSettings(folder: string): Promise<OfficeSettings> {
  if (!isOffice(folder))
    throw new UsageError(`${folder} is no office: "nansen ceremony run --office ${folder}" makes one`)
  const settings = parsed(await readFile(join(folder, FILE), 'utf8').catch(() => 'null'))
  if (!isSettings(settings))
    throw new UsageError(`${join(folder, FILE)} is not of this version, or was altered`)
  return settings
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSettings(value: unknown): value is OfficeSettings {
  const { version, state, store, keys, ecParameters } = (value ?? {}) as Partial<OfficeSettings>
  return (
    version === 1 &&
    SPECIMEN_STATES.some(({ code3 }) => code3 === state) &&
    (store?.kind === 'embedded' || (store?.kind === 'postgresql' && typeof store.schema === 'string')) &&
    (keys?.kind === 'files' ||
      (keys?.kind === 'pkcs11' && typeof keys.module === 'string' && typeof keys.token === 'string')) &&
    (ecParameters === 'explicit' || ecParameters === 'named')
  )
}

/** A folder with its settings; one that is there already is taken as it is, if it says the same. @throws UsageError */
export async function makeOffice(folder: string, settings: OfficeSettings): Promise<OfficeSettings> {
  if (isOffice(folder)) {
    const there = await readSettings(folder)
    if (there.state !== settings.state || there.store.kind !== settings.store.kind)
      throw new UsageError(`${folder} is the office of another state, or on another store`)
    return there
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // Whole or not at all: half a file would be an office that nothing opens.
  const partial = join(folder, `${FILE}.partial`)
  const file = await open(partial, 'w')
  try {
    await file.writeFile(`${JSON.stringify(settings, undefined, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, join(folder, FILE))
  return settings
}
