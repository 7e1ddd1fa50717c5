import { createHash } from 'node:crypto'

/** What is wrong with a sheet, or with the sheets together. */
export type ShareErrorCode =
  | 'share.counts'
  | 'share.passphrase-length'
  /** A line was misread: its check does not fit. */
  | 'share.line'
  /** The lines are right each, and together no sheet: one is missing, twice, or of another sheet. */
  | 'share.sheet'
  | 'share.too-few'
  /** Sheets of two splittings. */
  | 'share.of-another'
  /** Enough sheets, and what they give is no passphrase: one of them was made up or changed. */
  | 'share.wrong'

/** It names sheet and line, never their content. */
export class ShareError extends Error {
  override readonly name = 'ShareError'
  readonly code: ShareErrorCode
  /** Counted from one, where one is to blame. */
  readonly sheet: number | undefined
  readonly line: number | undefined
  constructor(code: ShareErrorCode, sheet?: number, line?: number) {
    super([code, sheet && `sheet ${sheet}`, line && `line ${line}`].filter(Boolean).join(', '))
    this.code = code
    this.sheet = sheet
    this.line = line
  }
}

export interface SharePlan {
  readonly shares: number
  /** How many sheets give the passphrase back; fewer tell nothing but its length in steps of 32 octets. */
  readonly threshold: number
}

const VERSION = 1
const SET = 4
const SHEET_CHECK = 4
const HEAD = 1 + SET + 2
const CHECK = 8
const STEP = 32
/** Octets of a passphrase; a sheet of it has 71 lines. */
const LONGEST = 512
const LINE = 8

/*
 * A sheet in octets: version, splitting (4, by chance), threshold, number of the sheet, its share of every octet of the
 * secret, and a check of all that (4). The secret: length of the passphrase (2), the passphrase, zeros, a digest (8).
 * The digest is shared like the rest, so no sheet alone gives anything to try guesses on.
 */

/**
 * Parts a passphrase so that `threshold` of the sheets give it back and fewer tell nothing: Shamir's scheme over GF(256), a
 * polynomial of its own for each octet. P5
 * @param random the coefficients; whoever can guess it can guess the passphrase
 * @returns for each sheet its lines, eight octets and their check each, as groups that can be read aloud
 * @throws ShareError share.counts, share.passphrase-length
 */
export function splitPassphrase(
  passphrase: string,
  { shares, threshold }: SharePlan,
  random: (octets: number) => Uint8Array,
): readonly (readonly string[])[] {
  const whole = Number.isInteger(shares) && Number.isInteger(threshold)
  if (!whole || threshold < 2 || threshold > shares || shares > 255) throw new ShareError('share.counts')
  const secret = encodeSecret(passphrase)
  const set = random(SET)
  const coefficients = Array.from({ length: threshold - 1 }, () => random(secret.length))
  return Array.from({ length: shares }, (_, i) => {
    const x = i + 1
    const values = secret.map((octet, at) => {
      let value = 0
      for (let n = coefficients.length; n-- > 0; ) value = multiply(value ^ coefficients[n]![at]!, x)
      return value ^ octet
    })
    return linesOf(Uint8Array.of(VERSION, ...set, threshold, x, ...values))
  })
}

/**
 * The passphrase from the lines of its sheets, in any order; a sheet twice counts once, and sheets beyond the threshold are held
 * against the others.
 * @throws ShareError share.*
 */
export function joinPassphrase(sheets: readonly (readonly string[])[]): string {
  const read = sheets.map((lines, i) => readSheet(lines, i + 1))
  const [first] = read
  if (first === undefined) throw new ShareError('share.too-few')
  const points = new Map<number, Uint8Array>()
  for (const [i, sheet] of read.entries()) {
    if (sheet.threshold !== first.threshold || sheet.set !== first.set)
      throw new ShareError('share.of-another', i + 1)
    if (sheet.values.length !== first.values.length) throw new ShareError('share.of-another', i + 1)
    const known = points.get(sheet.x)
    if (known?.some((octet, at) => octet !== sheet.values[at])) throw new ShareError('share.wrong', i + 1)
    points.set(sheet.x, sheet.values)
  }
  if (points.size < first.threshold) throw new ShareError('share.too-few')
  const all = [...points]
  const used = all.slice(0, first.threshold)
  for (const [x, values] of all.slice(first.threshold))
    if (interpolate(used, x).some((octet, at) => octet !== values[at])) throw new ShareError('share.wrong')
  return readSecret(interpolate(used, 0))
}

/** The value at `x` of the polynomials through these points (Lagrange). */
function interpolate(points: readonly (readonly [number, Uint8Array])[], x: number): Uint8Array {
  const out = new Uint8Array(points[0]![1].length)
  for (const [own, values] of points) {
    let weight = 1
    for (const [other] of points)
      if (other !== own) weight = multiply(weight, multiply(x ^ other, inverse(own ^ other)))
    for (let at = 0; at < out.length; at++) out[at]! ^= multiply(weight, values[at]!)
  }
  return out
}

/** In GF(256) modulo x^8 + x^4 + x^3 + x + 1; no table and no branch depends on a secret. */
function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 0; bit < 8; bit++) {
    product ^= -((b >> bit) & 1) & a
    a = ((a << 1) ^ (-(a >> 7) & 0x11b)) & 0xff
  }
  return product
}

/** a^254; that of 0 is never asked for, since no two sheets have one number. */
function inverse(a: number): number {
  let power = a
  for (let i = 0; i < 6; i++) power = multiply(multiply(power, power), a)
  return multiply(power, power)
}

const digest = (bytes: Uint8Array, octets: number): Uint8Array =>
  new Uint8Array(
    createHash('sha256').update('nansen passphrase shares 1').update(bytes).digest().subarray(0, octets),
  )

function encodeSecret(passphrase: string): Uint8Array {
  const text = new TextEncoder().encode(passphrase)
  if (text.length === 0 || text.length > LONGEST) throw new ShareError('share.passphrase-length')
  const body = new Uint8Array(Math.ceil((2 + text.length) / STEP) * STEP)
  body.set([text.length >> 8, text.length & 0xff])
  body.set(text, 2)
  return Uint8Array.of(...body, ...digest(body, CHECK))
}

function readSecret(secret: Uint8Array): string {
  const body = secret.subarray(0, secret.length - CHECK)
  const check = digest(body, CHECK)
  const length = (body[0]! << 8) | body[1]!
  if (check.some((octet, at) => octet !== secret[body.length + at]) || 2 + length > body.length)
    throw new ShareError('share.wrong')
  return new TextDecoder().decode(body.subarray(2, 2 + length))
}

/** `01  3f2a 91bc 0d4e 77aa  c35b`: the number of the line, eight octets, a check of both. */
function linesOf(sheet: Uint8Array): readonly string[] {
  const octets = Uint8Array.of(...sheet, ...digest(sheet, SHEET_CHECK))
  return Array.from({ length: Math.ceil(octets.length / LINE) }, (_, i) => {
    const part = octets.subarray(i * LINE, (i + 1) * LINE)
    return `${String(i + 1).padStart(2, '0')}  ${grouped(part)}  ${lineCheck(i + 1, part)}`
  })
}

const grouped = (octets: Uint8Array): string =>
  Buffer.from(octets)
    .toString('hex')
    .replace(/.{4}(?=.)/g, '$& ')
const lineCheck = (line: number, part: Uint8Array): string =>
  Buffer.from(digest(Uint8Array.of(line, ...part), 2)).toString('hex')

interface Sheet {
  readonly set: string
  readonly threshold: number
  readonly x: number
  readonly values: Uint8Array
}

function readSheet(lines: readonly string[], number: number): Sheet {
  const parts: Uint8Array[] = []
  for (const [i, line] of lines.filter((text) => text.trim() !== '').entries()) {
    const digits = line.toLowerCase().replace(/\s+/g, '')
    // As many octets as there are: the number of the line, up to eight, two of check.
    const form = /^(\d\d)((?:[0-9a-f]{2}){1,8})([0-9a-f]{4})$/.exec(digits)
    const part = new Uint8Array(Buffer.from(form?.[2] ?? '', 'hex'))
    if (form === null || lineCheck(Number(form[1]), part) !== form[3])
      throw new ShareError('share.line', number, i + 1)
    if (Number(form[1]) !== i + 1) throw new ShareError('share.sheet', number)
    parts.push(part)
  }
  const octets = new Uint8Array(Buffer.concat(parts))
  const sheet = octets.subarray(0, Math.max(0, octets.length - SHEET_CHECK))
  const check = digest(sheet, SHEET_CHECK)
  const fits = check.every((octet, at) => octet === octets[sheet.length + at])
  const threshold = sheet[1 + SET]
  const x = sheet[2 + SET]
  if (!fits || sheet[0] !== VERSION || sheet.length <= HEAD + CHECK || !threshold || !x)
    throw new ShareError('share.sheet', number)
  return {
    set: Buffer.from(sheet.subarray(1, 1 + SET)).toString('hex'),
    threshold,
    x,
    values: sheet.slice(HEAD),
  }
}
