export type MrzErrorCode =
  | 'mrz.too-long' // more text than any zone, or any name, can need
  | 'mrz.character' // a character other than A–Z, 0–9 and the filler
  | 'mrz.line-count' // another number of lines than their length asks for
  | 'mrz.line-length' // a line that is not 30, 36 or 44 characters, or lines of unequal length
  | 'mrz.name-character' // a letter or digit that is not A–Z in a name to be written
  | 'mrz.name-empty' // no letter in either part of a name to be written
  | 'mrz.field-character' // a character that a field to be written may not contain
  | 'mrz.field-too-long' // a value to be written that does not fit its field
  | 'mrz.date' // a date to be written that the calendar does not have, or an incomplete expiry
  | 'mrz.code' // a state, organisation or nationality to be written that is not in the standard's list
  | 'mrz.document-code' // a document code to be written that the format does not have
