import { roleDifference, type Store } from '@nansen/store'

/**
 * What is to be said of the role that an office is connected as, in one line: advice, as an office works under the role
 * of the tables' owner too. P20
 * @returns undefined where the role has what it needs and no more, and of the embedded store
 */
export async function roleAdvice(store: Store): Promise<string | undefined> {
  // There, whoever has the folder has everything.
  if (store.kind === 'embedded') return undefined
  const { mighty, beyond, missing } = await roleDifference(store)
  if (missing.length > 0)
    return 'The role of the database lacks what an office needs: its owner runs nansen database prepare again. [role.lacks]'
  if (mighty || beyond.length > 0)
    return 'The role of the database could change what an office only adds to: see nansen database --help. [role.could-change]'
  return undefined
}
