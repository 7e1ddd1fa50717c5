export type DerErrorCode =
  | 'der.boolean' // TRUE is FF and nothing else
  | 'der.integer-empty'
  | 'der.integer-not-minimal' // padded with a needless first octet
  | 'der.integer-negative' // where only a positive number has a meaning
  | 'der.integer-too-large' // more than the format allows
  | 'der.oid-empty'
  | 'der.oid-padded' // a sub-identifier with leading zeros
  | 'der.oid-unfinished' // the last sub-identifier has no end
  | 'der.oid-too-large' // an arc over 2^31, or more than 64 octets
  | 'der.null' // NULL with content
  | 'der.bit-string' // unused bits above seven, set, or in an empty string
  | 'der.constructed-string' // a string in pieces where DER wants one
  | 'der.set-order' // SET OF not in ascending order
  | 'der.time' // not YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, or no such moment
  | 'der.string' // characters that the string type does not have
  | 'der.default-encoded' // a DEFAULT value written out
