import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './exit.ts'

/** Options and operands of one command. @throws UsageError */
export function parseOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  arguments_: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...arguments_], options, allowPositionals: true, strict: true })
  } catch (error) {
    // The message of parseArgs names the option; it never holds more of the command line than that.
    throw new UsageError(`${(error as Error).message.split('\n')[0]} Type --help for how it is used.`)
  }
}

/**
 * A moment: `2026-11-23` (its start, UTC) or `2026-11-23T09:00:00Z`; now where none is given.
 * @throws UsageError
 */
export function parseMoment(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const form = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/
  const date = new Date(text)
  const real = !Number.isNaN(date.getTime())
  // 2026-02-30 becomes 2 March if left to itself.
  const day = new Date(text.slice(0, 10))
  const same = real && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10))
  if (!form.test(text) || !same)
    throw new UsageError('--at wants a day such as 2026-11-23, or a moment such as 2026-11-23T09:00:00Z')
  return date
}
