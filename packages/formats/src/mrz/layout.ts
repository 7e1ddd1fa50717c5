/** The five forms of a machine readable zone. */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'

/** A run of characters of one line: line counted from 0, characters `start` up to `end`, from 0. */
export interface Span {
  readonly line: number
  readonly start: number
  readonly end: number
}

/** Where one check digit stands, and what it covers, in this order. */
export interface CheckSpan {
  readonly at: Span
  readonly over: readonly Span[]
}

/** Where everything stands in one form of the zone. */
export interface Layout {
  readonly format: MrzFormat
  readonly lines: number
  readonly width: number
  readonly fields: {
    readonly documentCode: Span
    readonly issuer: Span
    readonly name: Span
    readonly number: Span
    readonly nationality: Span
    readonly birth: Span
    readonly sex: Span
    readonly expiry: Span
    readonly optional: Span
    readonly optional2?: Span
  }
  readonly checks: {
    readonly number: CheckSpan
    readonly birth: CheckSpan
    readonly expiry: CheckSpan
    readonly optional?: CheckSpan
    readonly composite?: CheckSpan
  }
  /** Whether a number of more than nine characters goes on in the optional field. */
  readonly longNumbers: boolean
  /** The tables that these positions were taken from. */
  readonly cites: string
}

export type MrzFieldName = keyof Layout['fields']
export type MrzCheckName = keyof Layout['checks']

const TD3 = twoLines('TD3', 44, '9303-4 §4.2.2', {
  optional: span(2, 29, 42),
  checks: {
    optional: { at: span(2, 43, 43), over: [span(2, 29, 42)] },
    composite: { at: span(2, 44, 44), over: [span(2, 1, 10), span(2, 14, 20), span(2, 22, 43)] },
  },
})

const TD2 = twoLines('TD2', 36, '9303-6 §4.2.2', {
  optional: span(2, 29, 35),
  checks: { composite: { at: span(2, 36, 36), over: [span(2, 1, 10), span(2, 14, 20), span(2, 22, 35)] } },
  longNumbers: true,
})

const MRV_A = twoLines('MRV-A', 44, '9303-7 §4.2.2', { optional: span(2, 29, 44) })

const MRV_B = twoLines('MRV-B', 36, '9303-7 §7.2.2', { optional: span(2, 29, 36) })

const TD1: Layout = {
  format: 'TD1',
  lines: 3,
  width: 30,
  fields: {
    documentCode: span(1, 1, 2),
    issuer: span(1, 3, 5),
    number: span(1, 6, 14),
    optional: span(1, 16, 30),
    birth: span(2, 1, 6),
    sex: span(2, 8, 8),
    expiry: span(2, 9, 14),
    nationality: span(2, 16, 18),
    optional2: span(2, 19, 29),
    name: span(3, 1, 30),
  },
  checks: {
    number: { at: span(1, 15, 15), over: [span(1, 6, 14)] },
    birth: { at: span(2, 7, 7), over: [span(2, 1, 6)] },
    expiry: { at: span(2, 15, 15), over: [span(2, 9, 14)] },
    composite: {
      at: span(2, 30, 30),
      over: [span(1, 6, 30), span(2, 1, 7), span(2, 9, 15), span(2, 19, 29)],
    },
  },
  longNumbers: true,
  cites: '9303-5 §4.2.2',
}

/** The positions of each form. [9303-4 §4.2.2], [9303-5 §4.2.2], [9303-6 §4.2.2], [9303-7 §4.2.2] */
export const LAYOUTS: Readonly<Record<MrzFormat, Layout>> = { TD1, TD2, TD3, 'MRV-A': MRV_A, 'MRV-B': MRV_B }

/** A span by line and positions as the standard's tables give them: from 1, the last one included. */
function span(line: number, first: number, last: number): Span {
  return { line: line - 1, start: first - 1, end: last }
}

/** The passport and the forms derived from it differ only in width and in what follows the expiry. */
function twoLines(
  format: MrzFormat,
  width: number,
  cites: string,
  rest: {
    optional: Span
    checks?: Pick<Layout['checks'], 'optional' | 'composite'>
    longNumbers?: boolean
  },
): Layout {
  return {
    format,
    lines: 2,
    width,
    fields: {
      documentCode: span(1, 1, 2),
      issuer: span(1, 3, 5),
      name: span(1, 6, width),
      number: span(2, 1, 9),
      nationality: span(2, 11, 13),
      birth: span(2, 14, 19),
      sex: span(2, 21, 21),
      expiry: span(2, 22, 27),
      optional: rest.optional,
    },
    checks: {
      number: { at: span(2, 10, 10), over: [span(2, 1, 9)] },
      birth: { at: span(2, 20, 20), over: [span(2, 14, 19)] },
      expiry: { at: span(2, 28, 28), over: [span(2, 22, 27)] },
      ...rest.checks,
    },
    longNumbers: rest.longNumbers ?? false,
    cites,
  }
}
