/** Without I, L, O and U: what is read out or copied by hand is not mistaken. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS = 26
const FORM = /^[0-9a-f]{32}$/

/**
 * The id of a case as people write it: 128 bits as 26 letters and digits in groups, such as
 * `0ABCD-EFGH1-…`. It cannot be guessed, and says nothing. P12
 * @param caseId 32 hexadecimal digits
 * @throws RangeError for another id
 */
export function caseCode(caseId: string): string {
  if (!FORM.test(caseId)) throw new RangeError('an id of a case has 32 hexadecimal digits')
  let [rest, text] = [BigInt(`0x${caseId}`), '']
  for (let i = 0; i < LETTERS; i++, rest >>= 5n) text = DIGITS[Number(rest & 31n)] + text
  return text.replace(/(.{5})(?=.)/gu, '$1-')
}

/** @returns the id, 32 hexadecimal digits; undefined for what is no code of a case */
export function parseCaseCode(text: string): string | undefined {
  if (text.length > 100) return undefined
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/gu, '1')
  if (letters.length !== LETTERS) return undefined
  let id = 0n
  for (const letter of letters) {
    const value = DIGITS.indexOf(letter)
    if (value === -1) return undefined
    id = (id << 5n) | BigInt(value)
  }
  const digits = id.toString(16)
  return digits.length <= 32 ? digits.padStart(32, '0') : undefined
}
