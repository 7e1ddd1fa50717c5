import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Debian puts `tor` where only root looks. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']

const find = (name: string): string | undefined =>
  FOLDERS.map((folder) => join(folder, name)).find(isExecutable)

/** Paths of Tor's programs; `undefined` for one that is not installed. */
export const torPath = find('tor')
export const gencertPath = find('tor-gencert')

/** What is missing for a network of Tor's own. */
export const missingForTor = Object.entries({ tor: torPath, 'tor-gencert': gencertPath }).flatMap(
  ([name, path]) => (path === undefined ? [name] : []),
)

/** Put into the name of a suite that needs them, so that a skipped run says why. */
export const throughTor =
  missingForTor.length === 0 ? '(Tor)' : `(skipped: not installed: ${missingForTor.join(', ')})`

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
