/**
 * One authority's data: transactions that are serialisable and survive a power cut (on PostgreSQL), a schema that is
 * what this version expects, and a journal that shows whether an event was changed, removed or put in between. What an
 * error says never holds a value of a row.
 */
export { StoreError, type StoreErrorCode } from './errors.ts'
export { grantTo } from './grant.ts'
export {
  append,
  begin,
  type Event,
  type EventBody,
  type Head,
  type NewEvent,
  readStream,
} from './journal.ts'
export { lockFile } from './lock.ts'
export { migrate } from './migrate.ts'
export { type Migration, migrationsOf } from './migrations.ts'
export { openStore } from './open.ts'
export type { EmbeddedStore, PostgresqlStore, StoreOptions } from './open-unchecked.ts'
export { PRIVILEGES, type TablePrivileges } from './privileges.ts'
export { type RoleDifference, roleDifference } from './role-privileges.ts'
export { isUniqueViolation, SqlError } from './sql-error.ts'
export type { Row, SqlValue, Store, Tx } from './store.ts'
export { type JournalBreak, verifyJournal, verifyStream } from './verify-journal.ts'
