import type { Store } from '@nansen/store'
import type { Device } from './device/device.ts'
import { deviceIn, type HeldDevice } from './held-device.ts'
import { KeyService } from './key-service.ts'
import { Ledger } from './ledger.ts'
import type { CeremonySigning } from './signing.ts'

export interface LocalSigningParts {
  readonly store: Store
  readonly device: Device | HeldDevice
  /** The file of the key service's own journal; what it knows of officers lies beside it, see {@link officersFiles}. */
  readonly journalPath: string
  readonly clock: () => Date
  /** For the ids of intents. */
  readonly random: (octets: number) => Uint8Array
  readonly step?: ((name: string) => void) | undefined
}

/**
 * The half with the keys alone, for a process of its own. Closing it closes the device, and leaves the store to whoever
 * opened it.
 * @throws SigningRefusal journal.broken, journal.in-use
 */
export function openKeyService(parts: Omit<LocalSigningParts, 'random'>): Promise<KeyService> {
  return KeyService.open({ ...parts, device: deviceIn(parts.device) })
}

/**
 * Both halves of this room in one process: for specimens, tests and ceremonies. It closes as {@link openKeyService} does.
 * @throws SigningRefusal journal.broken, journal.in-use
 */
export async function openLocalSigning(parts: LocalSigningParts): Promise<CeremonySigning> {
  return bothHalves(await openKeyService(parts), parts.random)
}

/** A key service and a ledger before it. */
export function bothHalves(service: KeyService, random: LocalSigningParts['random']): CeremonySigning {
  const ledger = new Ledger(service.wrappingPoint, random)
  return {
    wrappingPoint: service.wrappingPoint,
    keys: () => service.keys(),
    record: (tx, requests) => ledger.record(tx, requests),
    finish: (intents) => service.finish(intents),
    void: (tx, intent, reason) => ledger.void(tx, intent, reason),
    newCase: (tx, caseKeys) => ledger.newCase(tx, caseKeys),
    openCases: (intents) => service.openCases(intents),
    indexKey: () => service.indexKey(),
    officers: service.officers,
    demandApproved: (orders) => service.demandApproved(orders),
    makeKey: (spec) => service.makeKey(spec),
    close: async () => service.close(),
  }
}
