/**
 * What the database answered instead of a result. Its own words may hold values of rows, so they stop here: the message
 * says the SQLSTATE and what it is about, and for mistakes in the SQL itself, which hold names of columns only, all.
 */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  /** Five characters, such as `23505`. */
  readonly state: string
  readonly constraint: string | undefined
  readonly table: string | undefined
  /** The place in the server that raised it, for the few cases that have no state of their own. */
  readonly routine: string | undefined

  constructor(answer: ServerAnswer) {
    const about = answer.constraint ?? answer.table
    const words = answer.code.startsWith('42') ? `: ${answer.message}` : ''
    super(`${answer.code}${about === undefined ? '' : ` ${about}`}${words}`)
    this.state = answer.code
    this.constraint = answer.constraint
    this.table = answer.table
    this.routine = answer.routine
  }
}

interface ServerAnswer {
  readonly code: string
  readonly message: string
  readonly constraint: string | undefined
  readonly table: string | undefined
  readonly routine: string | undefined
}

/** The same error without the values in it; what is no answer of a server stays as it is. */
export function withoutValues(error: unknown): unknown {
  return isAnswer(error) ? new SqlError(error) : error
}

/** Both drivers carry the server's fields under these names; an error of the network has a code, but no severity. */
function isAnswer(error: unknown): error is ServerAnswer & Error {
  if (!(error instanceof Error) || error instanceof SqlError) return false
  const { code, severity } = error as { code?: unknown; severity?: unknown }
  return typeof severity === 'string' && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
}

/** A row with the same key is there already. */
export function isUniqueViolation(error: unknown, constraint?: string): error is SqlError {
  if (!(error instanceof SqlError) || error.state !== '23505') return false
  return constraint === undefined || error.constraint === constraint
}

/** In the way of another transaction: the same again may go through. */
export function isConflict(error: unknown): boolean {
  return (error instanceof SqlError && ['40001', '40P01'].includes(error.state)) || isOutdated(error)
}

/** A statement made ready before a migration changed what it returns: the same again, on another connection. */
export function isOutdated(error: unknown): boolean {
  return error instanceof SqlError && error.routine === 'RevalidateCachedQuery'
}

/** What the role of this connection may not do. */
export function isNotAllowed(error: unknown): boolean {
  return error instanceof SqlError && error.state === '42501'
}

/** A statement that took longer than it may. */
export function isTimeout(error: unknown): boolean {
  return error instanceof SqlError && error.state === '57014'
}

/** The connection is gone, or will be: an error of the network, or one of the server's farewells. */
export function isBroken(error: unknown): boolean {
  if (error instanceof SqlError) return /^(08|57P|25P03)/.test(error.state)
  // A value that cannot be sent or read is a mistake of ours.
  return error !== undefined && !(error instanceof RangeError || error instanceof TypeError)
}
