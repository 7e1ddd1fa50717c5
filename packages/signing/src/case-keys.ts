import type { Device } from './device/device.ts'
import { hpkeOpen, hpkeSeal } from './hpke.ts'
import type { CaseKey } from './signing.ts'

const INFO = Buffer.from('nansen case key 1', 'latin1')

/** The key of a case for the key service's eyes alone: 113 octets. Whoever wraps it cannot unwrap it again. P7 */
export const wrapCaseKey = (wrappingPoint: Uint8Array, { caseId, key }: CaseKey): Uint8Array =>
  hpkeSeal(wrappingPoint, { info: INFO, aad: caseId }, key)

/** @throws SigningRefusal sealed.altered: it is not what was wrapped, or belongs to another case */
export function unwrapCaseKey(
  device: Pick<Device, 'agree' | 'wrappingPoint'>,
  caseId: Uint8Array,
  wrapped: Uint8Array,
): CaseKey {
  const agree = (point: Uint8Array) => device.agree(point)
  return { caseId, key: hpkeOpen(agree, device.wrappingPoint, { info: INFO, aad: caseId }, wrapped) }
}
