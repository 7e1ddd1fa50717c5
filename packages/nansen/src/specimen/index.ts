/**
 * What stands for people and their papers where there are none: drawn for this project, of nobody, the same for the
 * same seed on every machine, and without any part that is optional.
 */
export { SILHOUETTE_HEIGHT, SILHOUETTE_WIDTH, silhouette } from './silhouette.ts'
export { type SpecimenDocumentKind, specimenDocument } from './specimen-document.ts'
export { specimenPortrait } from './specimen-portrait.ts'
