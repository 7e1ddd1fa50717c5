import * as node from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseMasterList } from '@nansen/formats/pki'
import { Anchors, examineEntries, openTrust } from '@nansen/inspection'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { rounded } from './measure.mjs'

const BAR_MS = 400
const FOLDER =
  process.env.NANSEN_REFERENCE_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url))

/**
 * The German master list loaded as trust (its signature, every certificate indexed), and then every certificate of
 * it verified, roots and links, each a signature. Cold: the process has done neither before.
 */
export async function benchMasterList() {
  const path = join(FOLDER, 'emrtd/masterlists/DE_ML_2026-05-28-08-28-45.ml')
  if (!existsSync(path)) return { skipped: 'no reference data; set NANSEN_REFERENCE_DATA' }
  const bytes = new Uint8Array(readFileSync(path))
  const crypto = nodeCrypto(node)
  const begin = performance.now()
  const { trust } = await openTrust([{ label: 'DE', bytes }], crypto)
  const loaded = performance.now()
  const entries = await examineEntries(parseMasterList(bytes).certificates, new Anchors(), crypto)
  const verified = performance.now()
  const count = (/** @type {string} */ standing) =>
    entries.filter((entry) => entry.standing === standing).length
  const totalMs = verified - begin
  return {
    certificates: trust.anchors.size,
    roots: count('root'),
    links: count('link'),
    loadMs: rounded(loaded - begin),
    verifyEveryCertificateMs: rounded(verified - loaded),
    totalMs: rounded(totalMs),
    barMs: BAR_MS,
    ratio: rounded(totalMs / BAR_MS),
  }
}
