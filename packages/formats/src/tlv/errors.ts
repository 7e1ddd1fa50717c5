export type TlvErrorCode =
  | 'tlv.end-of-input' // an element begins or continues where the input has ended
  | 'tlv.length-past-end' // a length claims more than the enclosing element holds
  | 'tlv.length-not-minimal' // more length octets than needed
  | 'tlv.length-indefinite' // BER's indefinite form where it is not tolerated
  | 'tlv.length-reserved' // the reserved first octet FF, or more than four length octets
  | 'tlv.tag-not-minimal' // a high tag number with leading zeros, or one that fits the short form
  | 'tlv.tag-too-long' // a tag of more than three octets
  | 'tlv.unexpected-tag' // another element than the format asks for
  | 'tlv.missing' // an element that must be there is not
  | 'tlv.trailing-bytes' // bytes after the last element
  | 'tlv.too-many' // more elements than the limit
  | 'tlv.too-deep' // nested deeper than the limit
  | 'tlv.too-large' // the input exceeds the limit of its format
