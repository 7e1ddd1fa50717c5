import { FormatError } from './format-error.ts'

/** What `read` returns, or `undefined` where the bytes are not what they should be: for values that decide nothing by themselves. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
