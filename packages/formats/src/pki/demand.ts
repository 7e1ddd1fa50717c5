/**
 * Refuses a draft that no profile allows. A mistake of the caller, not of bytes that were read, so it is no
 * FormatError; the message names the field and the rule, never the value.
 * @throws RangeError
 */
export function demand(holds: boolean, message: string): asserts holds {
  if (!holds) throw new RangeError(message)
}
