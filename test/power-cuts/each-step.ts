import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectCompleted, expectDone, expectFits, expectRecovered } from './after-a-cut.ts'
import { onPostgresql, serverUrl } from './database.ts'
import { LONG_RUN } from './how-many.ts'
import { OfficeOnDisk, officeAtWork, type Where } from './office-on-disk.ts'

const PEOPLE = 3

/** Each step of issuing, with what is stored when the power goes. */
const ISSUING = [
  'issue.reserved',
  'issue.drafted',
  'issue.linted',
  'issue.recorded',
  'issue.signed',
  'issue.inspected',
  'issue.released',
  'issue.logged',
  'issue.written',
  'issue.delivered',
] as const

const LOG = ['log.positions', 'log.tiles', 'log.signed', 'log.checkpointed', 'log.published'] as const

/** On PostgreSQL these end the key process, and the office hears an outage. */
const KEYS = ['key.read', 'key.signed', 'key.journalled', 'key.stored'] as const

/** Steps of the first paper that an office ever makes: its log has just begun. */
const FIRST_PAPER = ['issue.reserved', 'issue.recorded', 'issue.released', 'log.positions'] as const

/** Steps of the first ceremony, which `nansen issue` holds in a new office: between acts, and inside of one. */
const CEREMONY = [
  'csca.linted',
  'csca.recorded',
  'csca.signed',
  'csca.stored',
  'ceremony.root',
  'document-signer.recorded',
  'ceremony.document-signer',
  'crl.signed',
  'log.key',
  'ceremony.witness-key',
  'ceremony.read-back',
] as const

/** On the embedded store, which each round starts five times: one step for each state that things can be left in. */
const EMBEDDED = [
  'issue.linted',
  'issue.recorded',
  'issue.signed',
  'issue.released',
  'issue.written',
  'issue.delivered',
  'log.positions',
  'log.checkpointed',
  'key.journalled',
  'key.stored',
] as const
const CEREMONY_EMBEDDED = ['csca.signed', 'ceremony.read-back'] as const

const NAMES: Readonly<Record<Where, string>> = {
  postgresql: onPostgresql,
  // What it wrote is in the system's hands by then, so this shows less than a power cut would.
  embedded: 'on the embedded store, where kill -9 is no power cut',
}

/** Declares the tests of one store: kill -9 after each step, recover, check, the same command again, inspect. */
export function killAtEachStep(where: Where): void {
  const skipped = where === 'postgresql' && serverUrl === undefined
  describe(`kill -9 of nansen issue ${NAMES[where]}`, () => {
    let begun: OfficeOnDisk
    beforeAll(async () => {
      if (!skipped) begun = await officeAtWork(where)
    })
    afterAll(() => begun?.remove())

    const inCopy = async (work: (office: OfficeOnDisk, list: string) => Promise<void>) => {
      const office = await begun.copy()
      try {
        await work(office, office.list('people', PEOPLE))
      } finally {
        await office.remove()
      }
    }

    const few = where === 'embedded' && !LONG_RUN
    const all = [...ISSUING, ...LOG, ...(where === 'embedded' ? KEYS : [])]
    test.skipIf(skipped).each(few ? EMBEDDED : all)(
      'after %s: recover, check, and every paper once',
      (step) =>
        inCopy(async (office, list) => {
          expect((await office.issue(list, { step })).how).toBe('killed')
          await expectRecovered(office, list)
        }),
    )

    test.skipIf(skipped || where === 'embedded').each(KEYS)(
      'after %s of the key process: an outage with its reason, and after recovery every paper once',
      (step) =>
        inCopy(async (office, list) => {
          const { how, code, error } = await office.issue(list, { step })
          expect({ how, code }).toEqual({ how: 'finished', code: expect.any(Number) })
          expect(code).not.toBe(0)
          expect(error).toContain('[signing.outage]')
          await expectRecovered(office, list)
        }),
    )

    const inNew = async (work: (office: OfficeOnDisk, list: string) => Promise<void>) => {
      const office = await OfficeOnDisk.none(where)
      try {
        await work(office, office.list('people', PEOPLE))
      } finally {
        await office.remove()
      }
    }

    test.skipIf(skipped || where === 'embedded').each(FIRST_PAPER)(
      'after %s of the first paper ever: recover, check, and every paper once',
      (step) =>
        inNew(async (office, list) => {
          // Its log begins before its first paper is reserved, with what the ceremony made.
          const { how } = await office.issue(list, { step })
          expect(how).toBe('killed')
          await expectRecovered(office, list)
        }),
    )

    test.skipIf(skipped).each(few ? CEREMONY_EMBEDDED : CEREMONY)(
      'after %s of the first ceremony: the same command takes it up again',
      (step) =>
        inNew(async (office, list) => {
          expect((await office.issue(list, { step })).how).toBe('killed')
          await expectCompleted(office, list)
          expectDone(await office.recover(), 'nansen recover')
          expectFits(await office.check())
        }),
    )

    test.skipIf(skipped || where === 'embedded').each(KEYS)(
      'after %s of the key process, in the first ceremony: an outage, and the same command goes on',
      (step) =>
        inNew(async (office, list) => {
          const { code, error } = await office.issue(list, { step })
          expect({ code, error }).toEqual({ code: 70, error: expect.stringContaining('[signing.outage]') })
          await expectCompleted(office, list)
        }),
    )
  })
}
