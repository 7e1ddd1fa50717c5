export type SodErrorCode =
  | 'sod.too-large' // over 256 KiB
  | 'sod.content-type' // content that is not an LDS security object
  | 'sod.signers' // not exactly one
  | 'sod.no-certificate' // the document signer's certificate is not inside
  | 'sod.no-signed-attributes' // the profile signs attributes, never the content itself
  | 'sod.version' // LDS security object neither v0 nor v1, or version info where it must not be
  | 'sod.hash-algorithm' // a data group hash that the profile does not have
  | 'sod.data-group-number' // outside 1 to 16, or twice
  | 'sod.hash-length' // a hash of another length than its algorithm's
  | 'sod.too-few-hashes' // fewer than two data groups
