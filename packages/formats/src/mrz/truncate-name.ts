/**
 * Shortens a name to exactly `width` characters that end with a letter. [9303-4 §4.2.3]
 *
 * Of the methods that the standard offers it is the one with initials: from the last component backwards,
 * each gives up letters, down to its first, before the one ahead of it loses any. The primary identifier
 * gives way until `<<` and one letter of the secondary fit; what room that leaves, the secondary fills.
 * @param secondary may be empty; the parts together must be longer than `width`
 * @param width that of a name field, 30 at least
 */
export function truncateName(
  primary: readonly string[],
  secondary: readonly string[],
  width: number,
): string {
  if (secondary.length === 0) return fit(primary, width)
  const second = secondary.join('<')
  const first = initialsFromTheEnd(primary, width - 3)
  if (first.length + 2 + second.length <= width)
    return `${fit(primary, width - 2 - second.length)}<<${second}`
  const room = width - 2 - first.length
  // A filler and a last letter take two places; where there is one, the primary gives up a letter more.
  if (endsBetweenInitials(secondary, room) && primary.some((component) => component.length > 1))
    return `${fit(primary, first.length - 1)}<<${fit(secondary, room + 1)}`
  return `${first}<<${fit(secondary, room)}`
}

/** Makes initials of components, the last one first, until together they are at most `width` long. */
function initialsFromTheEnd(components: readonly string[], width: number): string {
  const shortened = [...components]
  for (let i = shortened.length - 1; i > 0 && lengthOf(shortened) > width; i--)
    shortened[i] = shortened[i]!.charAt(0)
  return lengthOf(shortened) > width ? fit(components, width) : shortened.join('<')
}

/**
 * Shortens components to exactly `width` characters that end with a letter; together they must be at least
 * that long. Each keeps its first letter as long as all first letters fit; after that the last are left out.
 */
function fit(components: readonly string[], width: number): string {
  const kept = components.slice(0, Math.ceil(width / 2))
  let excess = lengthOf(kept) - width
  for (let i = kept.length - 1; i >= 0 && excess > 0; i--) {
    const cut = Math.min(excess, kept[i]!.length - 1)
    kept[i] = kept[i]!.slice(0, kept[i]!.length - cut)
    excess -= cut
  }
  // One place is left after nothing but initials: the next letter stands without its filler.
  const last = excess < 0 ? components[kept.length]!.charAt(0) : ''
  return kept.join('<') + last
}

function endsBetweenInitials(components: readonly string[], width: number): boolean {
  const fitting = components.slice(0, Math.ceil(width / 2))
  return fitting.length < components.length && lengthOf(fitting) < width
}

function lengthOf(components: readonly string[]): number {
  return components.reduce((length, component) => length + component.length + 1, -1)
}
