export type TransliterationErrorCode =
  | 'mrz.transliteration' // a character that no table has, or a digit
  | 'mrz.transliteration-length' // a name longer than any register holds
