const FILLER = 0x3c

/** A field without the fillers after its last character; those inside stand for something and are kept. */
export function withoutTrailingFillers(field: string): string {
  let end = field.length
  while (end > 0 && field.charCodeAt(end - 1) === FILLER) end--
  return end === field.length ? field : field.slice(0, end)
}
