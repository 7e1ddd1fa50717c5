/** What is put before inspection, recognised from its content and opened within limits. */
export type { ChipFile, Input, InputFile } from './input.ts'
export { pemBlocks } from './pem.ts'
export { deviationsAt, type Presented, recognise } from './recognise.ts'
