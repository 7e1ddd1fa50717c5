import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// CI asks each suite for a machine-readable account beside the readable one.
const report = process.env.NANSEN_REPORT

/** One suite; what it may need beyond `npm ci` is said in CONTRIBUTING.md. */
function suite(name: string, include: readonly string[]) {
  return { extends: true as const, test: { name, include: [...include] } }
}

/** Tests of the house that open an office. */
const ON_A_STORE = ['test/specimens-only*.test.ts', 'test/canary.test.ts', 'test/people.test.ts']

/** Tests that measure time and memory. */
const MEASURING = ['test/hostile-input.test.ts', 'test/fuzz-replay.test.ts']

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    pool: 'forks',
    isolate: false,
    // Much of a test is waiting: for a disk, a child, a database. One file at a time would leave a small machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/{formats,inspection}/src/**/*.test.ts', 'test/*.test.ts'],
          exclude: [...ON_A_STORE, ...MEASURING],
        },
      },
      // After the others, and one by one.
      {
        extends: true,
        test: {
          name: 'unit-alone',
          include: MEASURING,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      // In processes of their own: a database in memory makes every collection of garbage slow.
      suite('office', [
        'packages/{store,signing,authority,web,nansen}/src/**/*.test.{ts,tsx}',
        ...ON_A_STORE,
      ]),
      // The rooms that keep data, once more, on PostgreSQL.
      {
        extends: true,
        test: {
          name: 'postgresql',
          include: ['packages/{store,signing,authority}/src/**/*.test.ts'],
          globalSetup: ['test/postgresql-setup.ts'],
        },
      },
      suite('faults', ['test/faults/**/*.test.ts']),
      {
        extends: true,
        test: {
          name: 'power-cuts',
          include: ['test/power-cuts/**/*.test.ts'],
          globalSetup: ['test/power-cuts/set-up.ts'],
          // A round is half a dozen processes, each with a database and keys to open.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      suite('interop', ['test/interop/**/*.test.ts']),
      suite('browser', ['test/browser/**/*.test.ts']),
      // The pages, served as people start them, before real browsers and hostile ones.
      {
        extends: true,
        test: {
          name: 'door',
          include: ['test/door/**/*.test.ts'],
          exclude: ['test/door/entering.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      // It measures time, and wants the machine for itself: after the others.
      {
        extends: true,
        test: {
          name: 'door-alone',
          include: ['test/door/entering.test.ts'],
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      suite('clone', ['test/clone/**/*.test.ts']),
    ],
  },
})
