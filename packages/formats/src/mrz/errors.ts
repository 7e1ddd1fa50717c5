export type MrzErrorCode = 'mrz.pending'
