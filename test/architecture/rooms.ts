/** What a room may do; the table of ARCHITECTURE.md as data. */
export interface Room {
  /** Rooms of ours that it may import. */
  readonly mayImport: readonly string[]
  /** Runs in a browser or at a border post: nothing of Node, no way out to a network. */
  readonly pure?: true
  /** Wires the others together: the only one with a clock, chance, the network and the environment. */
  readonly wiring?: true
}

const PAPERS = ['formats', 'recognition', 'inspection'] as const
const OFFICE = ['store', 'signing', 'authority', 'voice'] as const

/** Every room, those not built yet too, so that a new one begins inside its walls. */
export const rooms: Readonly<Record<string, Room>> = {
  formats: { mayImport: [], pure: true },
  recognition: { mayImport: ['formats'], pure: true },
  inspection: { mayImport: ['formats', 'recognition'], pure: true },
  store: { mayImport: [] },
  signing: { mayImport: ['formats', 'store'] },
  voice: { mayImport: ['formats', 'store'] },
  authority: { mayImport: ['formats', 'recognition', 'inspection', 'store', 'signing'] },
  web: { mayImport: ['formats', 'recognition', 'inspection', 'authority', 'voice'] },
  nansen: { mayImport: [...PAPERS, ...OFFICE, 'web'], wiring: true },
}

/** Modules that only one place may import, because a promise rests on it. */
export interface Wall {
  readonly module: RegExp
  readonly only: RegExp
}

export const walls: readonly Wall[] = [
  { module: /^(pg|pg-native|postgres|@electric-sql\/.*)$/, only: /^packages\/store\// },
  { module: /^(pkcs11js|graphene-pk11)$/, only: /^packages\/signing\// },
  { module: /^(node:https?|node:http2|https?|http2|hono|hono\/.*|@hono\/.*)$/, only: /^packages\/web\// },
  // Curves in JavaScript stand in for what WebCrypto lacks, and nowhere else.
  { module: /^@noble\//, only: /^packages\/inspection\/src\/crypto\/browser/ },
]

/** `@nansen/formats/der` → `formats`; `undefined` for what is not ours. */
export function roomOf(specifier: string): string | undefined {
  const [scope, name] = specifier.split('/')
  if (scope === '@nansen') return name
  return scope === 'nansen' ? 'nansen' : undefined
}
