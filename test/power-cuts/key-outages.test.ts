import { statSync } from 'node:fs'
import { join } from 'node:path'
import { deliver } from '@nansen/authority'
import { connectKeySocket, openRemoteSigning } from '@nansen/signing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openOffice } from '../../packages/nansen/src/office/open-office.ts'
import { readSettings } from '../../packages/nansen/src/office/settings.ts'
import { type ApprovingOffice, issueApproved as issue, requestFor } from '../issuing-office.ts'
import { random } from '../signing-office.ts'
import { expectDone, expectFits } from './after-a-cut.ts'
import { ask, onPostgresql, serverUrl } from './database.ts'
import { codeOf } from './faulty-office.ts'
import { type KeyProcessOnSocket, startKeyProcess } from './key-process.ts'
import { type OfficeOnDisk, officeAtWork } from './office-on-disk.ts'

describe.skipIf(serverUrl === undefined)(`Keys in a process of their own ${onPostgresql}`, () => {
  let begun: OfficeOnDisk
  let disk: OfficeOnDisk
  let keys: KeyProcessOnSocket
  let opened: Awaited<ReturnType<typeof openOffice>> | undefined
  beforeAll(async () => {
    begun = await officeAtWork('postgresql')
  })
  afterAll(() => begun?.remove())
  beforeEach(async () => {
    disk = await begun.copy()
  })
  afterEach(async () => {
    await opened?.close()
    opened = undefined
    keys?.goOn()
    await keys?.kill()
    await disk?.remove()
  })

  async function open(within: readonly string[] = []): Promise<ApprovingOffice> {
    keys = await startKeyProcess(disk, within)
    const environment = { NANSEN_DATABASE: disk.url, NANSEN_SIGNER: keys.socket }
    opened = await openOffice(disk.folder, await readSettings(disk.folder), { environment })
    return { ...opened.office, folder: disk.folder }
  }

  const papers = async () =>
    (await ask(
      disk.url!,
      'select stage, count(*)::int as n from nansen_uto.paper group by stage order by stage',
    )) as readonly { stage: string; n: number }[]

  async function expectAllBack(): Promise<void> {
    await opened?.close()
    opened = undefined
    await keys.kill()
    expectDone(await disk.recover(), 'nansen recover')
    expectFits(await disk.check())
  }

  test('that is down: refused with a reason, nothing begun, and as before when it is back', async () => {
    const office = await open()
    expect(codeOf((await issue(office, [requestFor({ reference: 'a' })]))[0])).toBe('released')
    await keys.kill()
    // Whether it was approved, the keys alone can say: without them nothing is even recorded.
    expect(codeOf((await issue(office, [requestFor({ reference: 'b' })]))[0])).toBe('signing.outage')
    expect(codeOf((await issue(office, [requestFor({ reference: 'c' })]))[0])).toBe('signing.outage')
    expect(await papers()).toEqual([
      { stage: 'delivered', n: 2 },
      { stage: 'released', n: 1 },
    ])
    keys = await startKeyProcess(disk)
    for (const reference of ['a', 'b', 'c'])
      expect(codeOf((await issue(office, [requestFor({ reference })]))[0])).toBe('released')
    await expectAllBack()
  })

  test('that hangs: given up with a reason, and its late answer does no harm', async () => {
    const patient = await open()
    const signing = await openRemoteSigning({
      connect: connectKeySocket(keys.socket),
      random,
      timeout: 1_500,
    })
    const office: ApprovingOffice = { ...patient, signing }
    expect(codeOf((await issue(office, [requestFor({ reference: 'a' })]))[0])).toBe('released')
    keys.hang()
    expect(codeOf((await issue(office, [requestFor({ reference: 'b' })]))[0])).toBe('signing.outage')
    expect(codeOf((await issue(office, [requestFor({ reference: 'c' })]))[0])).toBe('signing.outage')
    keys.goOn()
    for (const reference of ['a', 'b', 'c'])
      expect(codeOf((await issue(office, [requestFor({ reference })]))[0])).toBe('released')
    await signing.close()
    await expectAllBack()
  })

  test('whose journal finds no room on the disk: nothing leaves it, and with room again it goes on', async () => {
    const { size } = statSync(join(disk.folder, 'keys', 'journal'))
    const office = await open(['prlimit', `--fsize=${size + 100}`])
    const [result] = await issue(office, [requestFor({ reference: 'a' })])
    expect(codeOf(result)).toBe('signing.outage')
    expect(await papers()).toContainEqual({ stage: 'recorded', n: 1 })
    await keys.kill()
    keys = await startKeyProcess(disk)
    const [again] = await issue(office, [requestFor({ reference: 'a' })])
    if (again?.outcome !== 'released') throw new Error(codeOf(again))
    await deliver(office, [again.paper])
    await expectAllBack()
  })
})
