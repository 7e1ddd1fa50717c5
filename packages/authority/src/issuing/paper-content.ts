import { packFiles, unpackFiles } from '@nansen/signing'
import { Refusal } from '../refusal.ts'
import type { Order } from './order.ts'

/**
 * What is kept of a paper between record and delivery, under the key of its case: enough to finish it after a crash
 * with the very bytes that were recorded.
 */
export interface PaperContent {
  readonly order: Order
  readonly number: string
  /** `2026-11-24` */
  readonly issued: string
  readonly expires: string
  /** When the security object says it was signed: whole seconds. */
  readonly signedAt: Date
  readonly signerKey: string
  /** SHA-256 of the document signer's certificate. */
  readonly signerCertificate: string
  /** Chip files by name, all but the security object. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Of a specimen: the private key that a real chip would never give away. */
  readonly chipKey?: string
}

export function encodeContent({ files, signedAt, ...rest }: PaperContent): Uint8Array {
  return packFiles({ head: { ...rest, signedAt: signedAt.toISOString() }, files })
}

/** @throws Refusal paper.content-unreadable: the database was changed, or it is of a later version */
export function parseContent(bytes: Uint8Array): PaperContent {
  try {
    const { head, files } = unpackFiles(bytes)
    const { signedAt, ...rest } = head as unknown as Omit<PaperContent, 'files' | 'signedAt'> & {
      readonly signedAt: string
    }
    return { ...rest, signedAt: new Date(signedAt), files }
  } catch {
    throw new Refusal('paper.content-unreadable')
  }
}
