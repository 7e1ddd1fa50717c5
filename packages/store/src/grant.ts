import { StoreError } from './errors.ts'
import { identifier } from './insert.ts'
import { openUnchecked, type PostgresqlStore } from './open-unchecked.ts'
import { PRIVILEGES, type TablePrivileges } from './privileges.ts'
import { differenceOf } from './role-privileges.ts'
import { isNotAllowed } from './sql-error.ts'
import type { Tx } from './store.ts'
import type { ScriptTx } from './transaction.ts'

/**
 * Gives a role what an office at work needs of a schema that is up to date, and takes from it and from everybody
 * (`public`) whatever else was given there. Done again, it changes nothing.
 * @param options as the owner of the schema and its tables
 * @param role that exists
 * @throws StoreError store.role-unknown; store.role-mighty where it could change more all the same; store.not-owner
 * @throws RangeError where the role's name is anything but small letters, digits and `_`
 */
export async function grantTo(options: PostgresqlStore, role: string): Promise<void> {
  identifier(role)
  const store = await openUnchecked(options)
  try {
    await store.transaction(async (tx) => {
      const [found] = await tx.query<{ there: boolean }>(
        'select exists (select 1 from pg_roles where rolname = $1) as there',
        [role],
      )
      if (!found!.there) throw new StoreError('store.role-unknown')
      // Whoever only was granted something is answered with a warning, which nobody reads.
      if (!(await isOwner(tx))) throw new StoreError('store.not-owner')
      // Of an owner nothing is taken that it could not give itself again.
      const before = await differenceOf(tx, role)
      if (before.mighty) throw new StoreError('store.role-mighty')
      await grant(tx, options.schema, role)
      const { mighty, beyond, missing } = await differenceOf(tx, role)
      if (mighty || beyond.length > 0) throw new StoreError('store.role-mighty')
      if (missing.length > 0) throw new StoreError('store.not-owner')
    })
  } catch (error) {
    throw isNotAllowed(error) ? new StoreError('store.not-owner', { cause: error }) : error
  } finally {
    await store.close()
  }
}

async function isOwner(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ owns: boolean }>(
    `with owners as (
       select nspowner as owner from pg_namespace where nspname = current_schema()
       union select relowner from pg_class where relnamespace = to_regnamespace(quote_ident(current_schema()))
     )
     select bool_and(pg_has_role(owner, 'usage')) as owns from owners`,
  )
  return row!.owns
}

/** In the transaction of the caller, so that an office at work never finds less than it needs. */
async function grant(tx: ScriptTx, schema: string, role: string): Promise<void> {
  const [place, to] = [identifier(schema), identifier(role)]
  await tx.script(`revoke all on all tables in schema ${place} from ${to}, public;
    revoke all on schema ${place} from ${to}, public;
    grant usage on schema ${place} to ${to}`)
  for (const [table, privileges] of Object.entries(PRIVILEGES))
    await tx.script(`grant ${wordsFor(privileges)} on ${place}.${identifier(table)} to ${to}`)
}

function wordsFor({ insert, update, delete: deletes }: TablePrivileges): string {
  return [
    'select',
    ...(insert ? ['insert'] : []),
    ...(update.length > 0 ? [`update (${update.map(identifier).join(', ')})`] : []),
    ...(deletes ? ['delete'] : []),
  ].join(', ')
}
