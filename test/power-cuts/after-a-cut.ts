import { expect } from 'vitest'
import type { Ended } from '../faults/kill.ts'
import { ask } from './database.ts'
import type { OfficeOnDisk } from './office-on-disk.ts'

/**
 * What must hold after the power was cut under `nansen issue`: recovery leaves nothing, the checker finds nothing, the
 * same command completes the list, and every person has one paper that is accepted.
 */
export async function expectRecovered(office: OfficeOnDisk, list: string): Promise<void> {
  expectDone(await office.recover(), 'nansen recover')
  expectFits(await office.check())
  if (office.url !== undefined) {
    const waiting = 'select stream from nansen_uto.log_entry where position is null'
    expect(await ask(office.url, waiting)).toEqual([])
  }
  await expectCompleted(office, list)
}

/** The second half of it: the same command again, to the end. */
export async function expectCompleted(office: OfficeOnDisk, list: string): Promise<void> {
  expectDone(await office.issue(list), 'nansen issue, again')
  expectFits(await office.check())
  expect(office.papersAgainst(list).problems).toEqual([])
  expectDone(await office.inspect(), 'nansen inspect')
}

export function expectFits({ how, code, out, error }: Ended): void {
  // These offices are connected as the owner of their tables, so that tests can spoil them; they are told so.
  const said = error.replace(/^The role of the database could change .*\n/, '')
  expect({ how, code, out, said }).toEqual({ how: 'finished', code: 0, out: 'everything fits\n', said: '' })
}

export function expectDone({ how, code, error }: Ended, what: string): void {
  // Nothing on the error stream but how far it is: a sentence there says that something is wrong.
  const said = error.replace(/^\d+ papers, \d+ % of the list\n/gm, '')
  expect({ what, how, code, said }).toEqual({ what, how: 'finished', code: 0, said: '' })
}
