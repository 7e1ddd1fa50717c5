import { readFile } from 'node:fs/promises'

/** Of this program, as its package says: `0.1.0`. */
export async function version(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return String(manifest.version)
}

/** Such as `nansen 0.1.0`: what a transcript says it was made with. */
export const programVersion = async (): Promise<string> => `nansen ${await version()}`
