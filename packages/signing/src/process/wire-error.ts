/** Whoever is at the other end does not speak as agreed. */
export class WireError extends Error {
  override readonly name = 'WireError'
}
