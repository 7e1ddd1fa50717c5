/** The folder of an office: what it says of itself, where things lie, and how it is opened. */
export { foldersOf } from './folders.ts'
export { NEW_OFFICE_HELP, NEW_OFFICE_OPTIONS, type NewOfficeValues, settingsFor } from './new-office.ts'
export { openDevice } from './open-device.ts'
export {
  LOG_KEY,
  logOriginOf,
  type OpenOffice,
  openOffice,
  openOfficeStore,
  storeOptions,
  WITNESS_KEY,
} from './open-office.ts'
export { roleAdvice } from './role-advice.ts'
export { DATABASE, databaseUrl } from './secrets.ts'
export {
  isOffice,
  makeOffice,
  type OfficeSettings,
  readSettings,
  specimenState,
  stateOf,
} from './settings.ts'
