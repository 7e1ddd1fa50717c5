import type { Device } from './device/device.ts'
import { freshOctets } from './fresh-octets.ts'
import { hpkeRecipient, hpkeSender } from './hpke.ts'
import type { PartKey } from './officers/officer.ts'
import { openUnder, sealUnder } from './sealed.ts'
import { SigningRefusal } from './signing.ts'

const INFO = Buffer.from('nansen case part 1', 'latin1')
const POINT = 65
/** Octets: the ephemeral point, the number of the message, and behind them the key with its tag. */
const WRAPPED = POINT + 4 + 32 + 16

export interface SealedPart {
  readonly partId: Uint8Array
  /** 117 octets: the key of the piece, for the key service alone. */
  readonly wrapped: Uint8Array
  readonly bytes: Uint8Array
}

const placeOf = (partId: Uint8Array) => ({ column: 'case_part.bytes', row: partId })
const boundTo = (caseId: Uint8Array, partId: Uint8Array): Uint8Array => Buffer.concat([caseId, partId])

/**
 * Pieces of a case, each under a fresh key that is wrapped to the key service and bound to case and piece. Whoever
 * seals cannot read back: the portal forgets what it took in. P7
 * @param wrappingPoint of `Signing`
 */
export function sealParts(
  wrappingPoint: Uint8Array,
  caseId: Uint8Array,
  parts: readonly { readonly partId: Uint8Array; readonly bytes: Uint8Array }[],
): readonly SealedPart[] {
  const { enc, seal } = hpkeSender(wrappingPoint, INFO)
  return parts.map(({ partId, bytes }, number) => {
    const key = freshOctets(32)
    const head = Buffer.alloc(POINT + 4)
    head.set(enc)
    head.writeUInt32BE(number, POINT)
    const wrapped = new Uint8Array(Buffer.concat([head, seal(boundTo(caseId, partId), key)]))
    const sealed = sealUnder({ caseId, key }, placeOf(partId), bytes)
    key.fill(0)
    return { partId, wrapped, bytes: sealed }
  })
}

/** @throws SigningRefusal sealed.altered: not this piece, or of another case */
export const openPart = ({ partId, key }: PartKey, caseId: Uint8Array, bytes: Uint8Array): Uint8Array =>
  openUnder({ caseId, key }, placeOf(partId), bytes)

/** The key service's half: the keys of pieces of one case. @throws SigningRefusal sealed.altered */
export function unwrapPartKeys(
  device: Pick<Device, 'agree' | 'wrappingPoint'>,
  caseId: Uint8Array,
  rows: readonly { readonly id: Uint8Array; readonly wrapped: Uint8Array }[],
): readonly PartKey[] {
  const agreements = new Map<string, ReturnType<typeof hpkeRecipient>>()
  return rows.map(({ id, wrapped }) => {
    if (wrapped.length !== WRAPPED) throw new SigningRefusal('sealed.altered')
    const enc = wrapped.slice(0, POINT)
    const name = Buffer.from(enc).toString('latin1')
    let recipient = agreements.get(name)
    if (recipient === undefined) {
      recipient = hpkeRecipient((point) => device.agree(point), device.wrappingPoint, INFO, enc)
      agreements.set(name, recipient)
    }
    const number = Buffer.from(wrapped.subarray(POINT, POINT + 4)).readUInt32BE()
    return { partId: id, key: recipient.open(number, boundTo(caseId, id), wrapped.subarray(POINT + 4)) }
  })
}
