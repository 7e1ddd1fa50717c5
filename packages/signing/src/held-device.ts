import type { Device } from './device/device.ts'
import { type FileDeviceOptions, openFileDevice } from './device/file-device.ts'
import { openPkcs11Device, type Pkcs11Settings } from './device/pkcs11-device.ts'

const devices = new WeakMap<HeldDevice, Device>()

/** A device as the rest of the house holds it: it can be handed back to this room, and nothing can be asked of it. P2 */
export interface HeldDevice {
  readonly kind: Device['kind']
}

/**
 * Keys in files under one passphrase, for specimens.
 * @throws SigningRefusal passphrase.wrong; DeviceFault device.empty, device.limits-altered
 */
export const holdFileDevice = (options: FileDeviceOptions): HeldDevice => hold(openFileDevice(options))

/** Keys on a token. @throws DeviceFault device.* */
export const holdPkcs11Device = async (settings: Pkcs11Settings): Promise<HeldDevice> =>
  hold(await openPkcs11Device(settings))

function hold(device: Device): HeldDevice {
  const held = Object.freeze({ kind: device.kind })
  devices.set(held, device)
  return held
}

/** For this room alone; its door does not export it. */
export function deviceIn(held: Device | HeldDevice): Device {
  if ('sign' in held) return held
  const device = devices.get(held)
  if (device === undefined) throw new TypeError('not a device of this room')
  return device
}
