import { weightedSum } from './check-digit.ts'
import type { CheckDigit, FieldStatus, LongNumberCheck, MrzField, NumberField } from './mrz.ts'
import { checkDigitAt, type Reading, worse } from './reading.ts'
import { withoutTrailingFillers } from './text.ts'

/** The document number, its check digit, and the optional field into which a long number reaches. */
export interface NumberParts {
  readonly number: NumberField
  readonly check: CheckDigit
  readonly optional: MrzField
}

const LONG_NUMBER = '9303-5 §4.2.4'

/**
 * Reads the document number. One of more than nine characters has a filler in place of its check digit and
 * goes on in the optional field, where its check digit and a filler end it. [9303-5 §4.2.2]
 */
export function parseNumber(reading: Reading): NumberParts {
  const { fields, checks } = reading.layout
  if (isLong(reading)) return parseLong(reading)
  const check = reading.check(checks.number)
  const raw = reading.raw(fields.number)
  const status: FieldStatus = check.ok
    ? 'ok'
    : reading.note(
        'mrz.check-digit',
        'number',
        'check-digit',
        reading.offset(checks.number.at),
        '9303-3 §4.9',
      )
  const optional = reading.raw(fields.optional)
  return {
    number: { raw, value: withoutTrailingFillers(raw), status, long: undefined },
    check,
    optional: { raw: optional, value: withoutTrailingFillers(optional), status: 'ok' },
  }
}

function isLong(reading: Reading): boolean {
  const { layout, text } = reading
  return (
    layout.longNumbers &&
    text[reading.offset(layout.checks.number.at)] === '<' &&
    text[reading.offset(layout.checks.number.at) - 1] !== '<' &&
    text[reading.offset(layout.fields.optional)] !== '<'
  )
}

function parseLong(reading: Reading): NumberParts {
  const { text, layout } = reading
  const { fields } = layout
  const start = reading.offset(fields.number)
  const rest = reading.offset(fields.optional)
  const fieldEnd = rest + fields.optional.end - fields.optional.start
  const filler = text.indexOf('<', rest)
  const end = filler === -1 || filler > fieldEnd ? fieldEnd : filler
  const digitAt = end - 1
  const nine = weightedSum(text, start, start + 9)
  const rule = checkDigitAt(text, digitAt, nine + weightedSum(text, rest, digitAt, 9))
  const counted = checkDigitAt(text, digitAt, nine + weightedSum(text, rest, digitAt, 10))
  const long = fitting(rule.ok, counted.ok)
  let status: FieldStatus = 'ok'
  if (long === 'neither')
    status = reading.note('mrz.check-digit', 'number', 'check-digit', digitAt, LONG_NUMBER)
  if (long === 'position-counted')
    status = reading.note('mrz.number-position-counted', 'number', 'tolerated', digitAt, LONG_NUMBER)
  if (end === fieldEnd || digitAt === rest)
    status = worse(status, reading.note('mrz.number-form', 'number', 'tolerated', digitAt, LONG_NUMBER))
  const raw = reading.raw(fields.number)
  return {
    number: { raw, value: raw + text.slice(rest, digitAt), status, long },
    check: rule.ok || !counted.ok ? rule : counted,
    optional: {
      raw: reading.raw(fields.optional),
      value: withoutTrailingFillers(text.slice(end + 1, Math.max(end + 1, fieldEnd))),
      status: 'ok',
    },
  }
}

function fitting(rule: boolean, counted: boolean): LongNumberCheck {
  if (rule) return counted ? 'either' : 'rule'
  return counted ? 'position-counted' : 'neither'
}
