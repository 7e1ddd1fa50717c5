/** What the tests have and the measurements need too. */
export { startPostgresql } from '../test/postgresql.ts'
export { benchPortrait, makeBenchPapers } from './bench-paper.ts'
