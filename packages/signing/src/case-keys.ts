import { hex } from '@nansen/formats/tlv'
import type { Device } from './device/device.ts'
import { type HpkeRecipient, hpkeRecipient, hpkeSender } from './hpke.ts'
import { type CaseKey, SigningRefusal } from './signing.ts'

const INFO = Buffer.from('nansen case key 1', 'latin1')
/** Octets: the ephemeral point, the number of the message, and behind them the key with its tag. */
const POINT = 65
const NUMBER = 4
const WRAPPED = POINT + NUMBER + 32 + 16

/**
 * The keys of cases for the key service's eyes alone: 117 octets each. Whoever wraps them cannot unwrap them again. Those
 * wrapped together share one agreement, which is most of the work, and can be told to have been wrapped together, as
 * their rows were written in one transaction anyway. P7
 */
export function wrapCaseKeys(wrappingPoint: Uint8Array, caseKeys: readonly CaseKey[]): readonly Uint8Array[] {
  const { enc, seal } = hpkeSender(wrappingPoint, INFO)
  return caseKeys.map(({ caseId, key }, number) => {
    const head = Buffer.alloc(POINT + NUMBER)
    head.set(enc)
    head.writeUInt32BE(number, POINT)
    return new Uint8Array(Buffer.concat([head, seal(caseId, key)]))
  })
}

export type Unwrap = (caseId: Uint8Array, wrapped: Uint8Array) => CaseKey

/**
 * Unwraps keys of cases, and remembers the agreements that it made: make one for each call, and let it go with it.
 * What it gives @throws SigningRefusal sealed.altered: it is not what was wrapped, or belongs to another case
 */
export function caseKeyUnwrapper(device: Pick<Device, 'agree' | 'wrappingPoint'>): Unwrap {
  const agreements = new Map<string, HpkeRecipient>()
  return (caseId, wrapped) => {
    if (wrapped.length !== WRAPPED) throw new SigningRefusal('sealed.altered')
    const enc = wrapped.slice(0, POINT)
    let recipient = agreements.get(hex(enc))
    if (recipient === undefined) {
      recipient = hpkeRecipient((point) => device.agree(point), device.wrappingPoint, INFO, enc)
      agreements.set(hex(enc), recipient)
    }
    const number = Buffer.from(wrapped.subarray(POINT, POINT + NUMBER)).readUInt32BE()
    return { caseId, key: recipient.open(number, caseId, wrapped.subarray(POINT + NUMBER)) }
  }
}
