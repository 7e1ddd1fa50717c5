import { zipSync } from 'fflate'

/**
 * Files as an archive, stored as they are: chip files hardly compress. The same files give the same octets, wherever
 * and whenever: when they were made is nobody's business, so it says the first moment that the format can tell.
 */
export const zipOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array =>
  // Written as the clock on the wall shows it, so that moment is of the machine's own zone.
  zipSync(Object.fromEntries(files), { level: 0, mtime: new Date(1980, 0, 1) })
