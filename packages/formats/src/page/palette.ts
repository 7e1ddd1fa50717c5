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
    text: { ink: '#10222e', accent: '#0e4a5e', quiet: '#47707f' },
    paper: ['#e9f3f3', '#faf7ee', '#f3eef5'],
    lines: ['#7fb7bd', '#c9b98a', '#b39cc4'],
    rosette: '#8fb9c6',
    device: '#0e4a5e',
  },
  {
    text: { ink: '#23181f', accent: '#6b2237', quiet: '#87606b' },
    paper: ['#f6edef', '#faf6ea', '#eaf1ec'],
    lines: ['#c99aa5', '#ccb987', '#8fb59f'],
    rosette: '#cba4a8',
    device: '#6b2237',
  },
  {
    text: { ink: '#16241b', accent: '#1d5138', quiet: '#557a66' },
    paper: ['#ebf4ec', '#f8f6ea', '#ebf0f6'],
    lines: ['#8dbb9b', '#c6ba86', '#93acc9'],
    rosette: '#9cc0a8',
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
  for (let i = 0; i < stateCode.length; i++) seed = (seed * 31 + stateCode.charCodeAt(i)) % 9973
  return seed
}
