/**
 * The glass of a VT100: what a programme wrote to its terminal, as the lines that somebody would see. It knows what
 * terminfo's `vt100` promises, and ignores how letters look.
 */
export class Terminal {
  readonly #columns: number
  readonly #rows: number
  readonly #cells: string[][]
  #row = 0
  #column = 0
  #top = 0
  #bottom: number
  /** The beginning of a sequence whose end has not come yet. */
  #rest = ''

  constructor(columns: number, rows: number) {
    this.#columns = columns
    this.#rows = rows
    this.#bottom = rows - 1
    this.#cells = Array.from({ length: rows }, () => this.#blank())
  }

  /** Lines without the spaces after them. */
  get lines(): readonly string[] {
    return this.#cells.map((cells) => cells.join('').trimEnd())
  }

  write(text: string): void {
    const all = this.#rest + text
    let at = 0
    while (at < all.length) {
      SEQUENCE.lastIndex = at
      const found = SEQUENCE.exec(all)
      if (found !== null) {
        this.#obey(found)
        at = SEQUENCE.lastIndex
      } else if (all[at] === '\x1b' && all.length - at < LONGEST) break
      else {
        const letter = String.fromCodePoint(all.codePointAt(at)!)
        this.#put(letter)
        at += letter.length
      }
    }
    this.#rest = all.slice(at)
  }

  #put(letter: string): void {
    if (letter === '\r') this.#column = 0
    else if (letter === '\n') this.#down()
    else if (letter === '\b') this.#column = Math.max(0, this.#column - 1)
    else if (letter === '\t') this.#column = Math.min(this.#columns - 1, (this.#column & ~7) + 8)
    else if (letter >= ' ') {
      if (this.#column === this.#columns) {
        this.#column = 0
        this.#down()
      }
      this.#cells[this.#row]![this.#column++] = letter
    }
  }

  #obey([, parameters, command, single]: RegExpExecArray): void {
    if (single === 'M') this.#up()
    if (command === undefined) return
    const [first = 0, second = 0] = (parameters ?? '').split(';').map(Number)
    const by = Math.max(1, first)
    if (command === 'H') this.#go(by - 1, Math.max(1, second) - 1)
    else if (command === 'A') this.#go(this.#row - by, this.#column)
    else if (command === 'B') this.#go(this.#row + by, this.#column)
    else if (command === 'C') this.#go(this.#row, this.#column + by)
    else if (command === 'D') this.#go(this.#row, this.#column - by)
    else if (command === 'K' && first === 0) this.#wipe(this.#row, this.#column, this.#columns)
    else if (command === 'K') this.#wipe(this.#row, 0, first === 1 ? this.#column + 1 : this.#columns)
    else if (command === 'J' && first !== 1) {
      if (first === 0) this.#wipe(this.#row, this.#column, this.#columns)
      for (let row = first === 0 ? this.#row + 1 : 0; row < this.#rows; row++)
        this.#wipe(row, 0, this.#columns)
    } else if (command === 'r') {
      this.#top = by - 1
      this.#bottom = (second || this.#rows) - 1
      this.#go(0, 0)
    }
  }

  #go(row: number, column: number): void {
    this.#row = Math.min(this.#rows - 1, Math.max(0, row))
    this.#column = Math.min(this.#columns - 1, Math.max(0, column))
  }

  #wipe(row: number, from: number, to: number): void {
    this.#cells[row]!.fill(' ', from, to)
  }

  #down(): void {
    if (this.#row !== this.#bottom) this.#go(this.#row + 1, this.#column)
    else {
      this.#cells.splice(this.#top, 1)
      this.#cells.splice(this.#bottom, 0, this.#blank())
    }
  }

  #up(): void {
    if (this.#row !== this.#top) this.#go(this.#row - 1, this.#column)
    else {
      this.#cells.splice(this.#bottom, 1)
      this.#cells.splice(this.#top, 0, this.#blank())
    }
  }

  #blank(): string[] {
    return Array.from({ length: this.#columns }, () => ' ')
  }
}

/** `ESC [ 1;2 H` with its parameters and its letter; or a short one, with its letter. */
const SEQUENCE = /\x1b(?:\[([0-9;?]*)([A-Za-z])|[()][A-Z0-9]|([A-Z=>0-9<]))/y
/** Characters: no sequence of a VT100 is longer. */
const LONGEST = 24
