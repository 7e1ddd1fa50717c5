import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { FormatError } from '@nansen/formats'
import { type Certificate, parseCertificate, parseMasterList } from '@nansen/formats/pki'
import { pemBlocks, recognise } from '@nansen/inspection'
import { UsageError } from './exit.ts'
import { kindInFolder, kindNamed, readAtMost } from './read-file.ts'

/** The bytes of a file. @throws UsageError with the option or operand that named it */
export async function readNamed(what: string, path: string): Promise<Uint8Array> {
  const cannot = () => new UsageError(`${what} ${path}: cannot be read`)
  if ((await kindNamed(path)) !== 'file') throw cannot()
  try {
    return await readAtMost(path)
  } catch {
    throw cannot()
  }
}

/** One certificate, DER or PEM. @throws UsageError */
export async function readCertificateFile(what: string, path: string): Promise<Certificate> {
  const bytes = await readNamed(what, path)
  try {
    return parseCertificate(pemBlocks(bytes)?.[0]?.bytes ?? bytes)
  } catch (error) {
    if (error instanceof FormatError)
      throw new UsageError(`${what} ${path}: no certificate (${error.message})`)
    throw error
  }
}

/**
 * The certificates behind a path: of a certificate file (all of a PEM bundle), of a master list, or of every
 * such file in a folder.
 * @throws UsageError
 */
export async function readCertificates(path: string): Promise<readonly Uint8Array[]> {
  const kind = await kindNamed(path)
  if (kind === undefined) throw new UsageError(`${path}: there is no such file or folder`)
  if (kind !== 'folder') return certificatesIn(path, await readNamed('', path))
  const lists = []
  for (const name of (await readdir(path)).sort()) {
    const inside = join(path, name)
    if ((await kindInFolder(inside)) === 'file')
      lists.push(certificatesIn(inside, await readNamed('', inside)))
  }
  return lists.flat()
}

function certificatesIn(path: string, bytes: Uint8Array): readonly Uint8Array[] {
  const blocks = pemBlocks(bytes)
  if (blocks !== undefined)
    return blocks.filter(({ label }) => label === 'CERTIFICATE').map((block) => block.bytes)
  const presented = recognise(bytes)
  try {
    if (presented.kind === 'certificate') return [parseCertificate(presented.bytes).encoded]
    if (presented.kind === 'master-list') return parseMasterList(presented.bytes).certificates
  } catch (error) {
    if (error instanceof FormatError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
  throw new UsageError(`${path}: neither a certificate nor a master list`)
}
