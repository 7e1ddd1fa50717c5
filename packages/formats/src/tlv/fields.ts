import { FormatError } from '../format-error.ts'
import type { Element } from './element.ts'
import { readElement } from './read.ts'

/**
 * Walks the fields of a constructed element in the order in which a format lists them.
 * `end()` must be called last, so that nothing is left unread.
 */
export class Fields {
  readonly #parent: Element
  readonly #cites: string
  #at: number
  #next: Element | undefined

  /** @param tag what the parent must be, where nobody has looked yet */
  constructor(parent: Element, cites: string, tag = parent.tag) {
    if (parent.tag !== tag || !parent.constructed)
      throw new FormatError('tlv.unexpected-tag', parent.start, cites)
    this.#parent = parent
    this.#cites = cites
    this.#at = parent.contentStart
  }

  /** The next element without taking it, or `undefined` at the end. */
  peek(): Element | undefined {
    if (this.#next === undefined && this.#at < this.#parent.contentEnd) {
      const { input, contentEnd, rules, depth } = this.#parent
      this.#next = readElement(input, this.#at, contentEnd, rules, depth + 1)
    }
    return this.#next
  }

  /** Takes the next element whatever it is. @throws FormatError tlv.missing */
  any(): Element {
    const next = this.peek()
    if (next === undefined) throw new FormatError('tlv.missing', this.#at, this.#cites)
    this.#at = next.end
    this.#next = undefined
    return next
  }

  /** Takes the next element, which must have this tag. @throws FormatError tlv.missing, tlv.unexpected-tag */
  take(tag: number): Element {
    const next = this.peek()
    if (next === undefined) throw new FormatError('tlv.missing', this.#at, this.#cites)
    if (next.tag !== tag) throw new FormatError('tlv.unexpected-tag', next.start, this.#cites)
    return this.any()
  }

  /** Takes the next element if it has this tag. */
  optional(tag: number): Element | undefined {
    return this.peek()?.tag === tag ? this.any() : undefined
  }

  /** @throws FormatError tlv.trailing-bytes if anything is left */
  end(): void {
    if (this.#at !== this.#parent.contentEnd)
      throw new FormatError('tlv.trailing-bytes', this.#at, this.#cites)
  }
}
