import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './exit.ts'
import type { Output } from './output.ts'

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

const OFFICE = { office: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

type Options = NonNullable<ParseArgsConfig['options']>
type ValuesOf<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values']

/**
 * Options of a command that works on one office and has no operands.
 * @param command as people type it: `nansen check`
 * @returns `undefined` where its help was asked for, which is printed
 * @throws UsageError
 */
export function parseOfficeOptions<T extends Options>(
  command: string,
  arguments_: readonly string[],
  options: T,
  output: Output,
  help: string,
): (ValuesOf<T> & { readonly office: string }) | undefined {
  const { values, positionals } = parseOptions(arguments_, { ...options, ...OFFICE })
  // What is known of the two options here is lost among those that the caller adds.
  const { office, help: asked } = values as { office?: string; help?: boolean }
  if (asked) {
    output.out(help)
    return undefined
  }
  if (positionals.length > 0 || office === undefined)
    throw new UsageError(`name the office: ${command} --office DIR`)
  return { ...(values as ValuesOf<T>), office }
}
