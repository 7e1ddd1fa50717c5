import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Crypto, openTrust, type Trust, type TrustReport, type TrustSource } from '@nansen/inspection'
import { UsageError } from './exit.ts'
import { type Output, printable } from './output.ts'
import { kindInFolder, kindNamed, readAtMost } from './read-file.ts'
import { sentence } from './text/en.ts'

const MOST_FILES = 1000

/**
 * Opens the trust that the caller names by an option: files, or every file of a folder. What cannot be used is said on the
 * error stream; a file named by itself that cannot be used ends the command, because an answer without it
 * would not be the answer asked for.
 * @throws UsageError
 */
export async function readTrust(
  paths: readonly string[],
  crypto: Crypto,
  output: Output,
  option: '--trust' | '--passports' = '--trust',
): Promise<Trust> {
  const sources: (TrustSource & { named: boolean })[] = []
  for (const path of paths) sources.push(...(await readSources(path, output, option)))
  const { trust, reports } = await openTrust(sources, crypto)
  const named = new Set(sources.filter((source) => source.named).map(({ label }) => label))
  for (const report of reports) {
    if (report.used !== 'not') continue
    if (named.has(report.label))
      throw new UsageError(`${option} ${report.label}: ${sentence(report.finding.code)}`)
    if (isSignersCertificate(report)) continue
    output.error(
      `nansen: ${printable(report.label)} is not used as trust: ${sentence(report.finding.code)}\n`,
    )
  }
  return trust
}

/** A folder of trust material may hold the signers' certificates too; they come inside the documents. */
const isSignersCertificate = (report: TrustReport & { used: 'not' }): boolean =>
  report.finding.code === 'chain.not-an-authority'

async function readSources(
  path: string,
  output: Output,
  option: string,
): Promise<(TrustSource & { named: boolean })[]> {
  const kind = await kindNamed(path)
  if (kind === undefined) throw new UsageError(`${option} ${path}: there is no such file or folder`)
  if (kind !== 'folder') return [{ label: basename(path), bytes: await read(path, option), named: true }]
  const names = (await readdir(path)).sort()
  if (names.length > MOST_FILES) throw new UsageError(`${option} ${path}: more than ${MOST_FILES} files`)
  const sources = []
  for (const name of names) {
    const inside = join(path, name)
    if ((await kindInFolder(inside)) === 'file')
      sources.push({ label: name, bytes: await read(inside, option), named: false })
    else output.error(`nansen: ${printable(inside)} is not used as trust: only files are read.\n`)
  }
  if (sources.length === 0) throw new UsageError(`${option} ${path}: the folder holds no files`)
  return sources
}

async function read(path: string, option: string): Promise<Uint8Array> {
  const cannot = () => new UsageError(`${option} ${path}: cannot be read`)
  if ((await kindNamed(path)) !== 'file') throw cannot()
  try {
    return await readAtMost(path)
  } catch {
    throw cannot()
  }
}
