import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection, Driver } from './driver.ts'
import { StoreError } from './errors.ts'
import { isBroken, isConflict, isOutdated, isTimeout, SqlError } from './sql-error.ts'
import { Statements } from './statements.ts'
import type { Tx } from './store.ts'

/** A number of random octets. */
export type Random = (octets: number) => Uint8Array

const ATTEMPTS = 12
const FIRST_PAUSE_MS = 4
const LONGEST_PAUSE_MS = 250

/** What a transaction can do inside this package: scripts too, for migrations. */
export interface ScriptTx extends Tx {
  script(sql: string): Promise<void>
}

/** The transactions that the running code is inside of. Those that have ended no longer count. */
const inside = new AsyncLocalStorage<readonly { readonly nest: object; open: boolean }[]>()

/**
 * Runs `work` in a serialisable transaction and commits it; once more from the start where another was in the way, with
 * a pause that grows and is drawn by chance, so that two that met do not meet again.
 * @throws StoreError store.nested, store.unreachable, store.commit-unknown, store.busy; SqlError; what `work` throws
 */
export async function transact<T>(
  driver: Driver,
  random: Random,
  work: (tx: ScriptTx) => Promise<T>,
): Promise<T> {
  const around = inside.getStore() ?? []
  if (around.some(({ nest, open }) => open && nest === driver.nest)) throw new StoreError('store.nested')
  for (let attempt = 0; ; attempt++) {
    const connection = await driver.lend()
    const scope = { nest: driver.nest, open: true }
    const outcome = await inside.run([...around, scope], () => attemptOn(driver, connection, work, scope))
    if ('value' in outcome) return outcome.value
    if (!isConflict(outcome.error)) throw outcome.error
    if (attempt + 1 === ATTEMPTS) throw new StoreError('store.busy', { cause: outcome.error })
    await pause(attempt, random)
  }
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

async function attemptOn<T>(
  driver: Driver,
  connection: Connection,
  work: (tx: ScriptTx) => Promise<T>,
  scope: { open: boolean },
): Promise<Outcome<T>> {
  const statements = new Statements(connection)
  let value: T
  try {
    await statements.script(driver.begin)
    value = await work(statements)
    await statements.end()
  } catch (error) {
    scope.open = false
    await statements.end().catch(() => undefined)
    // A statement's own failure counts, whatever `work` made of it: the transaction is lost with it.
    const { failure } = statements
    connection.giveBack(isBroken(failure) || isOutdated(failure) || !(await rolledBack(connection)))
    return { error: failure === undefined ? error : meaning(failure) }
  }
  scope.open = false
  try {
    await connection.commit()
  } catch (error) {
    // An answer of the server is a no. Without one, or with a farewell, nobody knows.
    const unknown = !(error instanceof SqlError) || isBroken(error)
    connection.giveBack(unknown || !(await rolledBack(connection)))
    return { error: unknown ? new StoreError('store.commit-unknown', { cause: error }) : meaning(error) }
  }
  connection.giveBack(false)
  return { value }
}

/** What a failed statement means to the caller. */
function meaning(error: unknown): unknown {
  if (isBroken(error)) return new StoreError('store.unreachable', { cause: error })
  return isTimeout(error) ? new StoreError('store.busy', { cause: error }) : error
}

async function rolledBack(connection: Connection): Promise<boolean> {
  try {
    await connection.script('rollback')
    return true
  } catch {
    return false
  }
}

async function pause(attempt: number, random: Random): Promise<void> {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
  const [high, low] = random(2)
  await new Promise((resolve) => setTimeout(resolve, (longest * (high! * 256 + low!)) / 65_536))
}
