/** What an authority stores, field by field, and what of it is about one paper. */
export { type StoredRow, type StoredValue, storedAboutNumber } from './about-number.ts'
export { type FieldClass, type Kept, STORED_FIELDS, type StoredField } from './stored-fields.ts'
