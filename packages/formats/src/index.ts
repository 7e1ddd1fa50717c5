/** Travel document formats: bytes to values and back, without I/O, clock or keys, in Node or a browser. */
export { FormatError, type FormatErrorCode } from './format-error.ts'
export { readable } from './readable.ts'
