/** Colours as `#rrggbb`: dark ones for what is read, light ones for what lies below it. */
export interface Palette {
  /** For the typesetter. */
  readonly text: {
    readonly ink: string
    readonly accent: string
    readonly quiet: string
  }
  /** Paper, from left to right. */
  readonly paper: readonly [string, string, string]
  /** Lines of the background, from left to right. */
  readonly lines: readonly [string, string, string]
  readonly rosette: string
  readonly device: string
}

const PALETTES: readonly Palette[] = [
  {
    text: { ink: '#23181f', accent: '#6b2237', quiet: '#87606b' },
    paper: ['#f6edef', '#faf6ea', '#eaf1ec'],
    lines: ['#d3aab4', '#d6c699', '#9fc2ae'],
    rosette: '#dcbcc0',
    device: '#6b2237',
  },
  {
    text: { ink: '#10222e', accent: '#0e4a5e', quiet: '#47707f' },
    paper: ['#e9f3f3', '#faf7ee', '#f3eef5'],
    lines: ['#8fc1c6', '#d3c69d', '#bfacd0'],
    rosette: '#a9cbd4',
    device: '#0e4a5e',
  },
  {
    text: { ink: '#16241b', accent: '#1d5138', quiet: '#557a66' },
    paper: ['#ebf4ec', '#f8f6ea', '#ebf0f6'],
    lines: ['#9dc6aa', '#d1c698', '#a4b9d2'],
    rosette: '#b3d1bd',
    device: '#1d5138',
  },
]

/** Each state has one of the sets of colours, by its code. */
export function paletteOf(stateCode: string): Palette {
  return PALETTES[seedOf(stateCode) % PALETTES.length]!
}

/** A small number that depends on the code alone. */
export function seedOf(stateCode: string): number {
  let seed = 0
  for (let i = 0; i < stateCode.length; i++) seed = (seed * 43 + stateCode.charCodeAt(i)) % 9973
  return seed
}
