import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** Which statement is to fail. */
export interface StatementFault {
  /** `insert` unless said. */
  readonly on?: 'insert' | 'update' | 'delete'
  /** SQL over the row, called `new` (`old` for a delete): `new.kind = 'paper.recorded'`. Every row, unless said. */
  readonly where?: string
  /** Only the n-th row that matches, counted from now over all connections, rolled back or not; every one, unless said. */
  readonly nth?: number
  /** In the statement, or at the COMMIT of its transaction. In the statement, unless said. */
  readonly at?: 'statement' | 'commit'
  /** SQLSTATE; an ordinary error unless said. `53100` is a full disk, `40001` asks for a retry. */
  readonly sqlstate?: string
}

export interface PlantedFault {
  /** How many rows matched so far. */
  matched(): Promise<number>
  remove(): Promise<void>
}

/**
 * Makes a statement of others fail in the database itself, by a trigger.
 * @param url of a role that owns the table
 */
export async function failStatement(
  url: string,
  schema: string,
  table: string,
  fault: StatementFault = {},
): Promise<PlantedFault> {
  const { on = 'insert', where, nth, at = 'statement', sqlstate = 'P0001' } = fault
  if (!/^[0-9A-Z]{5}$/.test(sqlstate)) throw new Error('a SQLSTATE has five characters')
  const name = `fault_${randomBytes(6).toString('hex')}`
  const qualified = `${quoted(schema)}.${name}`
  const on_ = `${quoted(schema)}.${quoted(table)}`
  const failing = nth === undefined ? 'true' : `at = ${Math.trunc(nth)}`
  await run(
    url,
    // A sequence keeps its count when the transaction is rolled back.
    `create sequence ${qualified};
     create function ${qualified}() returns trigger language plpgsql security definer as $fault$
       declare at bigint := nextval('${qualified}');
       begin
         if ${failing} then raise exception 'planted' using errcode = '${sqlstate}'; end if;
         if tg_op = 'DELETE' then return old; end if;
         return new;
       end $fault$;
     create ${at === 'commit' ? 'constraint' : ''} trigger ${name}
       ${at === 'commit' ? 'after' : 'before'} ${on} on ${on_}
       ${at === 'commit' ? 'deferrable initially deferred' : ''}
       for each row ${where === undefined ? '' : `when (${where})`} execute function ${qualified}()`,
  )
  return {
    async matched() {
      const [row] = await run(
        url,
        `select case when is_called then last_value else 0 end as n from ${qualified}`,
      )
      return Number(row?.n)
    },
    async remove() {
      await run(
        url,
        `drop trigger ${name} on ${on_}; drop function ${qualified}(); drop sequence ${qualified}`,
      )
    },
  }
}

/** {@link failStatement} for an insert. */
export const failInsert = (
  url: string,
  schema: string,
  table: string,
  fault: Omit<StatementFault, 'on'> = {},
): Promise<PlantedFault> => failStatement(url, schema, table, { ...fault, on: 'insert' })

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function run(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows ?? []
  } finally {
    await client.end()
  }
}
