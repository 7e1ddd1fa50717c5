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

/*
 * Octets: length of the head (4, big-endian), the head as JSON, the files one after another.
 */
export function encodeContent(content: PaperContent): Uint8Array {
  const { files, signedAt, ...rest } = content
  const head = Buffer.from(
    JSON.stringify({
      ...rest,
      signedAt: signedAt.toISOString(),
      files: [...files].map(([name, bytes]) => [name, bytes.length]),
    }),
  )
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, ...files.values()])
}

/** @throws Refusal paper.content-unreadable: the database was changed, or it is of a later version */
export function parseContent(bytes: Uint8Array): PaperContent {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const end = 4 + buffer.readUInt32BE(0)
    const { files: lengths, signedAt, ...rest } = JSON.parse(buffer.subarray(4, end).toString('utf8'))
    const files = new Map<string, Uint8Array>()
    let at = end
    for (const [name, length] of lengths as [string, number][]) {
      files.set(name, bytes.subarray(at, at + length))
      at += length
    }
    if (at !== bytes.length) throw new RangeError('length')
    return { ...rest, signedAt: new Date(signedAt), files }
  } catch {
    throw new Refusal('paper.content-unreadable')
  }
}
