export type LdsErrorCode = 'lds.pending'
