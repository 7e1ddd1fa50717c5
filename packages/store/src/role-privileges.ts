import { PRIVILEGES, type TablePrivileges } from './privileges.ts'
import type { Store, Tx } from './store.ts'

/** How what a role may do differs from what an office needs. */
export interface RoleDifference {
  /** It owns the tables, or can make itself somebody who does, or who writes the server's files: all is open to it. */
  readonly mighty: boolean
  /** What it may do beside, such as `event delete` or `door update kind`. */
  readonly beyond: readonly string[]
  /** What it may not do and must. */
  readonly missing: readonly string[]
}

/** Of the role that a store is connected as. The embedded store has only one. */
export async function roleDifference(store: Store): Promise<RoleDifference> {
  return store.transaction(async (tx) => {
    const [self] = await tx.query<{ role: string }>('select current_user::text as role')
    return differenceOf(tx, self!.role)
  })
}

/** Of a role that exists, in the schema of this connection. */
export async function differenceOf(tx: Tx, role: string): Promise<RoleDifference> {
  const [row] = await tx.query<{ mighty: boolean }>(MIGHTY, [role])
  const rows = await tx.query<{ may: string }>(MAY, [role])
  const may = new Set(rows.map((one) => one.may))
  const needed = new Set(Object.entries(PRIVILEGES).flatMap(([table, one]) => neededOf(table, one)))
  return {
    mighty: row!.mighty,
    beyond: [...may].filter((one) => !needed.has(one)),
    missing: [...needed].filter((one) => !may.has(one)),
  }
}

const neededOf = (table: string, { insert, update, delete: deletes }: TablePrivileges): readonly string[] => [
  `${table} select`,
  ...(insert ? [`${table} insert`] : []),
  ...update.map((column) => `${table} update ${column}`),
  ...(deletes ? [`${table} delete`] : []),
]

/** The role, and every role that it can act as. */
const SELVES = `selves as (
  select oid, rolname, rolsuper, rolcreaterole from pg_roles where pg_has_role($1::name, oid, 'member')
)`

/** Who may make roles can, before PostgreSQL 16, make itself a member of any. */
const MIGHTY = `with ${SELVES}, owners as (
    select nspowner as oid from pg_namespace where nspname = current_schema()
    union select relowner from pg_class where relnamespace = to_regnamespace(quote_ident(current_schema()))
    union select datdba from pg_database where datname = current_database()
  )
  select exists (
    select 1 from selves where rolsuper or rolcreaterole or oid in (select oid from owners)
      or rolname in ('pg_write_server_files', 'pg_execute_server_program')
  ) as mighty`

const MAY = `with ${SELVES}, tables as (
    select oid, relname from pg_class
    where relnamespace = to_regnamespace(quote_ident(current_schema())) and relkind in ('r', 'p', 'v', 'm', 'f')
  )
  select relname || ' ' || privilege as may from tables
    cross join unnest(array['select', 'insert', 'delete', 'truncate', 'references', 'trigger']) as privilege
    where exists (select 1 from selves where has_table_privilege(selves.oid, tables.oid, privilege))
  union all
  select relname || ' update ' || attname from tables join pg_attribute on attrelid = tables.oid
    where attnum > 0 and not attisdropped
      and exists (select 1 from selves where has_column_privilege(selves.oid, tables.oid, attnum, 'update'))
  union all
  select 'schema create' where exists (
    select 1 from selves where has_schema_privilege(oid, current_schema(), 'create')
  )`
