/**
 * Why a page cannot be drawn. `page.too-long`: more than the field may hold. `page.empty`: nothing where
 * something must stand. `page.character`: a control character, a sign that turns the direction of writing,
 * or one that none of the fonts is for. `page.value`: no such code, number, date or image.
 * `page.zone-differs`: the field says something other than the machine readable zone.
 */
export type PageErrorCode =
  | 'page.too-long'
  | 'page.empty'
  | 'page.character'
  | 'page.value'
  | 'page.zone-differs'

/** Facts that do not make a page. It names the field and the place, never the value: that may be a name. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly code: PageErrorCode
  /** The field of the facts: `name.primary`. */
  readonly field: string
  /** Offset in characters inside the field, 0 where it is the whole. */
  readonly at: number

  constructor(code: PageErrorCode, field: string, at = 0) {
    super(`${code} in ${field} at ${at}`)
    this.code = code
    this.field = field
    this.at = at
  }
}
