import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Child, childWith } from '../../../test/child.ts'
import { lockFolder } from './lock.ts'

const root = mkdtempSync(join(tmpdir(), 'nansen-lock-'))
afterAll(() => rmSync(root, { recursive: true }))
const newFolder = () => mkdtempSync(join(root, 'folder-'))
const locked = { code: 'store.locked' }

test('a folder is one owner’s until it is given back', async () => {
  const folder = newFolder()
  const unlock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toMatchObject(locked)
  await unlock()
  await (await lockFolder(folder))()
  expect(readdirSync(folder)).toEqual([])
})

const haveProc = existsSync('/proc/self/stat')

describe.skipIf(!haveProc)(`files left by others${haveProc ? '' : ' (skipped: no /proc here)'}`, () => {
  const boot = haveProc ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8) : ''
  const numbering = haveProc ? readlinkSync('/proc/self/ns/pid').replace(/\D/g, '') : ''
  const started = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19]!

  test.each<[what: string, name: () => string, refused: boolean]>([
    ['a living process', () => `${boot}.${numbering}.${process.ppid}.${started(process.ppid)}.1`, true],
    ['a process that is gone', () => `${boot}.${numbering}.4194304.77.1`, false],
    ['one whose number another has now', () => `${boot}.${numbering}.${process.ppid}.1.1`, false],
    ['one from before the machine was started', () => `00000000.${numbering}.${process.ppid}.1.1`, false],
    ['one of another container, that cannot be seen', () => `${boot}.1.${process.ppid}.1.1`, true],
    ['a name that says nothing', () => 'x', false],
  ])('%s', async (_, name, refused) => {
    const folder = newFolder()
    writeFileSync(join(folder, `lock.${name()}`), '')
    if (refused) {
      await expect(lockFolder(folder)).rejects.toMatchObject(locked)
      expect(readdirSync(folder)).toEqual([`lock.${name()}`])
    } else {
      await lockFolder(folder)
      expect(readdirSync(folder)).toHaveLength(1)
      await expect(lockFolder(folder)).rejects.toMatchObject(locked)
    }
  })
})

/** Locks each folder that it is told, says how it went, and gives it back when the next line comes. */
const LOCKER = `
  const { createInterface } = await import('node:readline')
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  console.log('ready')
  for (;;) {
    const { value: folder } = await lines.next()
    const unlock = await module.lockFolder(folder).catch((error) => error.code)
    console.log(typeof unlock === 'string' ? unlock : 'mine')
    await lines.next()
    if (typeof unlock !== 'string') await unlock()
  }`

test('of several processes that find the file of a dead one at the same moment, no two lock the folder', async () => {
  const children: Child[] = [1, 2, 3].map(() => childWith('packages/store/src/lock.ts', LOCKER))
  for (const child of children) expect(await child.line()).toBe('ready')
  for (let round = 0; round < 40; round++) {
    const folder = newFolder()
    writeFileSync(join(folder, 'lock.00000000.1.1.1.1'), '')
    for (const child of children) child.say(folder)
    const answers = await Promise.all(children.map((child) => child.line()))
    expect(answers.filter((answer) => answer === 'mine').length).toBeLessThanOrEqual(1)
    expect(answers.filter((answer) => answer !== 'mine' && answer !== 'store.locked')).toEqual([])
    for (const child of children) child.say('next')
  }
  for (const child of children) await child.kill()
})

test('a process that is killed holds nothing any more', async () => {
  const folder = newFolder()
  const child = childWith('packages/store/src/lock.ts', LOCKER)
  expect(await child.line()).toBe('ready')
  child.say(folder)
  expect(await child.line()).toBe('mine')
  await expect(lockFolder(folder)).rejects.toMatchObject(locked)
  await child.kill()
  await (await lockFolder(folder))()
})
