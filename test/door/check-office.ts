import { expect } from 'vitest'
import { runUntil } from '../faults/kill.ts'
import type { ServeOptions, ServingOffice } from './serving.ts'

/** `nansen check` finds nothing in it. */
export async function expectFits(
  { folder }: ServingOffice,
  { environment = {} }: ServeOptions,
): Promise<void> {
  const env = { NANSEN_CRASH_AT: '', ...environment }
  const { how, code, out, error } = await runUntil({ args: ['check', '--office', folder], env })
  expect({ how, code, out, error }).toEqual({ how: 'finished', code: 0, out: 'everything fits\n', error: '' })
}
