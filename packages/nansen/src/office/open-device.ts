import { type HeldDevice, holdFileDevice, holdPkcs11Device } from '@nansen/signing'
import { foldersOf } from './folders.ts'
import { DATABASE, passphraseOf, pinOf } from './secrets.ts'
import type { OfficeSettings } from './settings.ts'

/** What a key process needs of the environment, and all that it is given of it. */
export const KEY_PROCESS_VARIABLES: readonly string[] = [
  DATABASE,
  'NANSEN_PASSPHRASE',
  'NANSEN_PASSPHRASE_FILE',
  'NANSEN_PIN',
  'NANSEN_PIN_FILE',
  'NANSEN_CRASH_AT',
  // Where SoftHSM, a token in software, finds its settings.
  'SOFTHSM2_CONF',
  'PATH',
  'HOME',
]

/** The keys of an office: files, or a token. @param create lays them out where there are none */
export async function openDevice(
  folder: string,
  { keys }: OfficeSettings,
  environment: NodeJS.ProcessEnv,
  create: boolean,
): Promise<HeldDevice> {
  const { keys: keyFolder } = foldersOf(folder)
  if (keys.kind === 'files')
    return holdFileDevice({
      folder: keyFolder,
      passphrase: await passphraseOf(folder, environment, create),
      create,
    })
  return holdPkcs11Device({
    module: keys.module,
    tokenLabel: keys.token,
    pin: await pinOf(environment),
    limits: keyFolder,
    create,
  })
}
