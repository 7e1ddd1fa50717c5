import { hex } from '@nansen/formats/tlv'
import type { Tx } from '@nansen/store'
import { openPart, sealParts, unwrapPartKeys } from '../case-parts.ts'
import type { Device } from '../device/device.ts'
import { SigningRefusal } from '../signing.ts'
import { isApproval } from './chain.ts'
import type { Approval } from './officer.ts'

/** Two officers' signatures over the digests of orders, as they are kept. P1 */
export interface RecordedApproval {
  /** Of the orders, 32 octets each, in the order that was signed. */
  readonly digests: readonly Uint8Array[]
  readonly approvals: readonly [Approval, Approval]
}

/** Orders in one list: a list is read as a whole by two people, and held in memory. */
const MOST_IN_LIST = 20_000

/**
 * Writes down who approved what, for the key service's eyes alone: a digest of an order would tell a thief of the
 * database whether a guess at it is right. P7
 * @param id 16 octets
 */
export async function recordApproval(
  tx: Tx,
  wrappingPoint: Uint8Array,
  id: Uint8Array,
  { digests, approvals }: RecordedApproval,
): Promise<void> {
  if (digests.length === 0 || digests.length > MOST_IN_LIST) throw new RangeError('1 to 20,000 orders')
  const head = Buffer.from(JSON.stringify(approvals), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  const bytes = Buffer.concat([length, head, ...digests])
  const [sealed] = sealParts(wrappingPoint, id, [{ partId: id, bytes }])
  await tx.insert('approval', [{ id, wrapped: sealed!.wrapped, bytes: sealed!.bytes }])
}

/**
 * What is recorded under these ids, by id in hexadecimal; what cannot be read is left out.
 * @throws StoreError
 */
export async function readApprovals(
  tx: Tx,
  device: Pick<Device, 'agree' | 'wrappingPoint'>,
  ids: readonly Uint8Array[],
): Promise<ReadonlyMap<string, RecordedApproval>> {
  const rows = await tx.query<{ id: Uint8Array; wrapped: Uint8Array; bytes: Uint8Array }>(
    'select id, wrapped, bytes from approval where id = any($1::bytea[])',
    [ids],
  )
  const read = new Map<string, RecordedApproval>()
  for (const { id, wrapped, bytes } of rows) {
    try {
      const [key] = unwrapPartKeys(device, id, [{ id, wrapped }])
      read.set(hex(id), parse(openPart(key!, id, bytes)))
    } catch (error) {
      if (!(error instanceof SigningRefusal)) throw error
    }
  }
  return read
}

function parse(bytes: Uint8Array): RecordedApproval {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    const end = 4 + buffer.readUInt32BE(0)
    const approvals = JSON.parse(buffer.subarray(4, end).toString('utf8')) as unknown[]
    const octets = bytes.length - end
    if (octets > 0 && octets % 32 === 0 && approvals.length === 2 && approvals.every(isApproval))
      return {
        approvals: approvals as unknown as [Approval, Approval],
        digests: Array.from({ length: octets / 32 }, (_, i) =>
          bytes.subarray(end + 32 * i, end + 32 * (i + 1)),
        ),
      }
  } catch {
    // Told below.
  }
  throw new SigningRefusal('sealed.altered')
}
