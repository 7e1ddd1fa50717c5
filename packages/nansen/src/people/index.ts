/**
 * The people of a CSV file as orders, one line after another: what is wrong with a row is said with its line, field and
 * a code, and the other rows go on. No message holds a value.
 */

export {
  COLUMNS,
  type Column,
  PeopleFileError,
  type PeopleFileErrorCode,
  type RowCode,
  type RowProblem,
} from './problems.ts'
export { type PersonRow, type ReadPeopleOptions, readPeople } from './read-people.ts'
