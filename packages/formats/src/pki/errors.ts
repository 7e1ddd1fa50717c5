export type PkiErrorCode = 'pki.pending'
