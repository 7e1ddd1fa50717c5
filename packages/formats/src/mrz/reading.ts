import { weightedSum } from './check-digit.ts'
import type { CheckSpan, Layout, MrzFieldName, Span } from './layout.ts'
import type { CheckDigit, FieldStatus, MrzFinding, MrzFindingCode } from './mrz.ts'
import type { Zone } from './zone.ts'

/** A zone while it is read: its characters by place, and what was noticed so far. */
export class Reading {
  readonly text: string
  readonly layout: Layout
  readonly findings: MrzFinding[] = []
  readonly #starts: readonly number[]

  constructor(zone: Zone) {
    this.text = zone.text
    this.layout = zone.layout
    this.#starts = zone.starts
  }

  /** Where a span begins in `text`. */
  offset(span: Span): number {
    return this.#starts[span.line]! + span.start
  }

  raw(span: Span): string {
    const start = this.offset(span)
    return this.text.slice(start, start + span.end - span.start)
  }

  lines(): string[] {
    return this.#starts.map((start) => this.text.slice(start, start + this.layout.width))
  }

  /** One check digit as it stands and as it should be. [9303-3 §4.9] */
  check(check: CheckSpan): CheckDigit {
    let sum = 0
    let before = 0
    for (const span of check.over) {
      const start = this.offset(span)
      const length = span.end - span.start
      sum += weightedSum(this.text, start, start + length, before)
      before += length
    }
    return checkDigitAt(this.text, this.offset(check.at), sum)
  }

  /** Keeps a finding about what stands at `offset` of `text`. */
  note(
    code: MrzFindingCode,
    field: MrzFieldName | 'composite',
    status: MrzFinding['status'],
    offset: number,
    cites: string,
  ): MrzFinding['status'] {
    let line = this.#starts.length - 1
    while (this.#starts[line]! > offset) line--
    const position = offset - this.#starts[line]! + 1
    this.findings.push({ code, field, status, line: line + 1, position, cites })
    return status
  }
}

const DIGITS = '0123456789'

/** The check digit found at `at`, beside the one that a weighted sum gives. */
export function checkDigitAt(text: string, at: number, sum: number): CheckDigit {
  const raw = text.charAt(at)
  const expected = DIGITS.charAt(sum % 10)
  return { raw, expected, ok: raw === expected }
}

const RANK: Readonly<Record<FieldStatus, number>> = {
  ok: 0,
  tolerated: 1,
  unlisted: 2,
  date: 3,
  'check-digit': 4,
  character: 5,
}

/** Of two statuses the one that says more against the field. */
export function worse(a: FieldStatus, b: FieldStatus): FieldStatus {
  return RANK[a] >= RANK[b] ? a : b
}
