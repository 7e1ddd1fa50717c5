import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectDone, expectFits, expectRecovered } from './after-a-cut.ts'
import { onPostgresql, serverUrl } from './database.ts'
import { OfficeOnDisk, officeAtWork } from './office-on-disk.ts'

describe.skipIf(serverUrl === undefined)(`nansen issue ${onPostgresql}`, () => {
  let office: OfficeOnDisk
  let list: string
  beforeAll(async () => {
    office = await officeAtWork('postgresql')
    list = office.list('people', 3)
    expectDone(await office.issue(list), 'nansen issue')
  })
  afterAll(() => office?.remove())

  test('with the database down ends with a sentence, and leaves what is there', async () => {
    const there = new OfficeOnDisk('postgresql', office.root, 'postgresql://postgres@127.0.0.1:1/nowhere')
    const { code, error } = await there.issue(list)
    expect({ code, error }).toEqual({ code: 70, error: expect.stringContaining('[store.unreachable]') })
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(office.papersAgainst(list).problems).toEqual([])
    expectDone(await office.inspect(), 'nansen inspect')
  })

  test('with the checkpoints lost refuses every row, and papers.csv keeps what was handed over', async () => {
    const checkpoints = join(office.folder, 'checkpoints')
    renameSync(checkpoints, `${checkpoints}.away`)
    const { code, error } = await office.issue(list)
    expect(code).toBe(1)
    expect(error).toContain('[log.checkpoint-missing]')
    expect(office.papersAgainst(list).problems).toEqual([])
    expectDone(await office.inspect(), 'nansen inspect')
    rmSync(checkpoints, { recursive: true, force: true })
    renameSync(`${checkpoints}.away`, checkpoints)
    await expectRecovered(office, list)
  })

  test('with no way to write the papers ends with a sentence, and goes on later', async () => {
    const more = office.list('more', 2)
    const trust = join(office.out, 'trust')
    renameSync(trust, `${trust}.away`)
    writeFileSync(trust, '')
    const { code, error } = await office.issue(more)
    expect({ code, lines: error.trim().split('\n').length }).toEqual({ code: 70, lines: 1 })
    expect(error).toMatch(/cannot be read or written.*\[E[A-Z]+: mkdir\]/)
    rmSync(trust)
    renameSync(`${trust}.away`, trust)
    expectDone(await office.issue(more), 'nansen issue')
    expectFits(await office.check())
  })
})
