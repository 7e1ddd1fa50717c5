import { UsageError } from '../exit.ts'
import { isOffice, type OfficeSettings, readSettings, specimenState } from './settings.ts'

/** How a new office is to be; the commands that may make one share these. */
export const NEW_OFFICE_OPTIONS = {
  state: { type: 'string' },
  postgresql: { type: 'boolean' },
  schema: { type: 'string' },
  pkcs11: { type: 'string' },
  token: { type: 'string' },
  'named-curves': { type: 'boolean' },
} as const

/** For the help of these commands. */
export const NEW_OFFICE_HELP = `of a new office:
  --state CODE     UTO (default), QRR or QZZ
  --postgresql     keep its data in the PostgreSQL whose address is in NANSEN_DATABASE, and its keys in a process
                   of their own; else in the office's folder, which survives no power cut
  --schema NAME    of that database (default: nansen_ and the state's code)
  --pkcs11 MODULE  make the keys on a token, behind this library; with --postgresql, --token LABEL and the PIN in
                   the file that NANSEN_PIN_FILE names
  --named-curves   certificates name their curve; readers such as OpenSSL want that, the profile of passports
                   wants the parameters written out
`

export interface NewOfficeValues {
  readonly state?: string | undefined
  readonly postgresql?: boolean | undefined
  readonly schema?: string | undefined
  readonly pkcs11?: string | undefined
  readonly token?: string | undefined
  readonly 'named-curves'?: boolean | undefined
}

/**
 * The settings of the office in a folder. One that is there already says for itself where its data and keys are.
 * @throws UsageError for options that do not go together, another state than it has, or a state that exists
 */
export async function settingsFor(folder: string, values: NewOfficeValues): Promise<OfficeSettings> {
  const { pkcs11, token, schema, postgresql = false } = values
  if ((pkcs11 === undefined) !== (token === undefined))
    throw new UsageError('--pkcs11 and --token go together')
  if (!postgresql && (pkcs11 ?? schema) !== undefined)
    throw new UsageError('--pkcs11 and --schema go with --postgresql')
  if (schema !== undefined && !/^[a-z][a-z0-9_]{0,62}$/.test(schema))
    throw new UsageError('--schema: the name of a schema, in small letters')
  const state = values.state === undefined ? undefined : specimenState(values.state)
  if (isOffice(folder)) {
    const there = await readSettings(folder)
    if (state !== undefined && state !== there.state)
      throw new UsageError(`${folder} is the office of ${there.state}`)
    return there
  }
  const of = state ?? 'UTO'
  return {
    version: 1,
    state: of,
    store: postgresql
      ? { kind: 'postgresql', schema: schema ?? `nansen_${of.toLowerCase()}` }
      : { kind: 'embedded' },
    keys: pkcs11 === undefined ? { kind: 'files' } : { kind: 'pkcs11', module: pkcs11, token: token! },
    ecParameters: values['named-curves'] === true ? 'named' : 'explicit',
  }
}
