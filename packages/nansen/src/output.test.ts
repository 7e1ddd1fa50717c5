import { afterEach, expect, test, vi } from 'vitest'
import { jsonLine, printable, processOutput } from './output.ts'

afterEach(() => vi.restoreAllMocks())

test('where nobody reads on, the command ends neither with "accepted" nor with "rejected"', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never)
  const before = process.stdout.listeners('error')
  processOutput()
  process.stdout.emit('error', new Error('write EPIPE'))
  for (const listener of process.stdout.listeners('error'))
    if (!before.includes(listener)) process.stdout.removeListener('error', listener as () => void)
  expect(exit.mock.calls).toEqual([[70]])
})

test('what a terminal obeys, hides or turns round is no text of ours, and JSON keeps it by its number', () => {
  const unsafe = '\u001b[2J \u009b2J \u061c \u200d \u202e \u2028 \u2066 \ufeff \u{e0041}'
  expect(printable(unsafe)).toMatch(/^[\x20-\x7e\ufffd]+$/)
  const line = jsonLine({ text: `${unsafe} Анна 安娜` })
  expect(line).toMatch(/^[\x20-\x7e]+ Анна 安娜"\}\n$/)
  expect(JSON.parse(line).text).toBe(`${unsafe} Анна 安娜`)
})
