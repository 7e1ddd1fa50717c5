import * as node from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCrypto } from '@nansen/inspection/crypto-node'
import { holdFileDevice, openLocalSigning } from '@nansen/signing'
import type { Store } from '@nansen/store'
import type { CeremonyOffice } from '../packages/authority/src/ceremony/index.ts'
import { type IssuingState, SPECIMEN_STATES } from '../packages/authority/src/office.ts'
import { specimenCode } from '../packages/signing/src/states.ts'
import { enterEvents } from '../packages/store/src/log/log-rows.ts'
import { enrolSpecimenOfficers } from './specimen-officers.ts'
import { testStore } from './stores.ts'

/** Ends a ceremony at a step, as a power cut would. */
export class PowerCut extends Error {}

/** An office that a test holds ceremonies in: real keys in files, a real database, and a clock to be set. */
export interface TestOffice extends CeremonyOffice {
  /** Of its keys; a test puts the log there too. */
  readonly folder: string
  /** The time from now on. */
  at(moment: Date | string): void
  /** Every step since it was asked last. */
  steps(): readonly string[]
  /** From now on the power is cut at this step, once. */
  cutAt(name: string): void
  close(): Promise<void>
}

/** Octets from a seed, for a run that is to be the same as another. */
export function seeded(seed: string): (octets: number) => Uint8Array {
  let count = 0
  return (octets) => {
    const parts: Buffer[] = []
    for (let length = 0; length < octets; length += 32)
      parts.push(node.createHash('sha256').update(`${seed}/${count++}`).digest())
    return new Uint8Array(Buffer.concat(parts).subarray(0, octets))
  }
}

export interface TestOfficeOptions {
  readonly state?: IssuingState
  readonly random?: (octets: number) => Uint8Array
  /** Instead of one of its own: the office's, and the key service's connection to the same. */
  readonly stores?: readonly [office: Store, keyService: Store]
}

export async function testOffice(options: TestOfficeOptions = {}): Promise<TestOffice> {
  const { state = SPECIMEN_STATES[0]!, random = (octets) => new Uint8Array(node.randomBytes(octets)) } =
    options
  const folder = mkdtempSync(join(tmpdir(), 'nansen-ceremony-'))
  const store = options.stores?.[0] ?? (await testStore())
  let now = new Date('2026-11-24T10:00:00Z')
  let cut: string | undefined
  let seen: string[] = []
  const clock = () => now
  const device = holdFileDevice({
    folder: join(folder, 'keys'),
    passphrase: 'test',
    create: true,
    weakScryptN: 16,
  })
  const signing = await openLocalSigning({
    store: options.stores?.[1] ?? store,
    device,
    journalPath: join(folder, 'journal'),
    clock,
    random: (octets) => new Uint8Array(node.randomBytes(octets)),
  })
  // The officers of a state that a test invents beside the three come with the test.
  if (specimenCode(state.code2) !== undefined)
    await enrolSpecimenOfficers({ folder, signing }, { state: state.code2 })
  return {
    folder,
    state,
    store,
    signing,
    clock,
    random,
    crypto: nodeCrypto(node),
    log: {
      enter: (tx, events) => enterEvents(tx, events, (octets) => new Uint8Array(node.randomBytes(octets))),
    },
    step(name) {
      seen.push(name)
      if (name !== cut) return
      cut = undefined
      throw new PowerCut(name)
    },
    at(moment) {
      now = new Date(moment)
    },
    steps() {
      const before = seen
      seen = []
      return before
    },
    cutAt(name) {
      cut = name
    },
    async close() {
      await signing.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}
