import { blindIndex } from '../../registry/blind-index.ts'
import { type NamedPerson, personKeys } from './person-keys.ts'

/** Under what a person is found again by whoever has the key of the key service, and by nobody else. P7 */
export interface MatchIndexes {
  readonly kept: readonly Uint8Array[]
  readonly sought: readonly Uint8Array[]
}

export function matchIndexes(indexKey: Uint8Array, person: NamedPerson): MatchIndexes {
  const { kept, sought } = personKeys(person)
  const index = (texts: readonly string[]) =>
    [...new Set(texts)].map((text) => blindIndex(indexKey, 'person', text))
  return { kept: index(kept), sought: index(sought) }
}
