/**
 * Pages to print: from values to a typesetter's program and its inputs. Nothing that an applicant wrote ever
 * becomes part of the program. [9303-4 §4.1]
 */
export { type DataPageFacts, drawDataPage, type HolderName, type PageToRender } from './data-page.ts'
export { PAGE, PORTRAIT, ZONE } from './geometry.ts'
export { PageError, type PageErrorCode } from './page-error.ts'
export type { PartlyKnownDay } from './printed-date.ts'
