/** What stands between letters, as the MRZ may write it. [9303-3 §4.6] */
export interface Gap {
  readonly to: number
  /** The first `regular` of these are the rule's own, the others are met. */
  readonly write: readonly string[]
  readonly regular: number
  /** Whether the letters on both sides make one word, as around an apostrophe. */
  readonly withinWord: boolean
}

/** Where a place lies: where its component, its identifier and the whole name end, and a gap if one begins. */
export interface Break {
  /** Whether a component begins here, so that nothing of it is written yet. */
  readonly componentStart: boolean
  readonly componentEnd: number
  readonly identifierEnd: number
  readonly end: number
  readonly gap: Gap | undefined
}

/** For every place in the letters of a name, where it lies. */
export function breaksOf(letters: string): readonly Break[] {
  const end = letters.length
  const gaps = new Map<number, { gap: Gap; component: boolean; identifier: boolean }>()
  const starts = new Set([0])
  for (const { 0: run, index } of letters.matchAll(/[ -@[-`{-~]+/g)) {
    const found = gapOf(run, index, end)
    gaps.set(index, found)
    if (found.component) starts.add(found.gap.to)
  }
  const breaks = new Array<Break>(end)
  let componentEnd = end
  let identifierEnd = end
  for (let place = end - 1; place >= 0; place--) {
    const found = gaps.get(place)
    if (found?.component) componentEnd = place
    if (found?.identifier) identifierEnd = place
    breaks[place] = { componentStart: starts.has(place), componentEnd, identifierEnd, end, gap: found?.gap }
  }
  return breaks
}

function gapOf(run: string, index: number, end: number) {
  const to = index + run.length
  const identifier = /,|<</.test(run)
  const component = identifier || /[ <-]/.test(run)
  // A comma parts the identifiers, or two names of one of them; a space or hyphen is one filler, but names are
  // also met joined; an apostrophe or full stop leaves nothing, but a filler is met.
  const [write, regular] = identifier ? [['<<', '<'], 2] : component ? [['<', ''], 1] : [['', '<'], 1]
  const gap =
    index === 0 || to === end
      ? { to, write: [''], regular: 1, withinWord: true }
      : { to, write, regular, withinWord: !component }
  return { gap, component, identifier }
}
