import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { pages, root } from '../scripts/project-files.mjs'

const security = readFileSync(join(root, 'SECURITY.md'), 'utf8')
const promises = [...security.matchAll(/^\| (P\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, number, sentence, state, test]) => ({ number, sentence, state, test }),
)

test('every link between pages leads somewhere', () => {
  const links = pages().flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => ({ path, to: to! })),
  )
  const local = links.filter(({ to }) => !/^[a-z]+:/.test(to))
  expect(local.length).toBeGreaterThan(20)
  expect(local.filter(({ path, to }) => !existsSync(join(root, dirname(path), to)))).toEqual([])
})

test('SECURITY.md lists the promises P1 to P28, each held or not yet', () => {
  expect(promises.map(({ number }) => number)).toEqual(Array.from({ length: 28 }, (_, i) => `P${i + 1}`))
  for (const { number, state } of promises)
    expect({ number, known: ['held', 'not yet'].includes(state!) }).toEqual({ number, known: true })
})

test('a promise that is held names tests that exist', () => {
  for (const { number, state, test } of promises) {
    const named = [...test!.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, path]) => path!)
    expect({ number, missing: named.filter((path) => !existsSync(join(root, path))) }).toEqual({
      number,
      missing: [],
    })
    if (state === 'held') expect({ number, tests: named.length > 0 }).toEqual({ number, tests: true })
  }
})

test('every decision is in the list of decisions', () => {
  const list = readFileSync(join(root, 'docs/decisions/README.md'), 'utf8')
  for (const { path } of pages()) {
    const file = /^docs\/decisions\/(\d{4}-.+\.md)$/.exec(path)?.[1]
    if (file !== undefined) expect(list).toContain(`(${file})`)
  }
})

test('no page speaks of a folder of one machine', () => {
  const local = /(^|[\s"'`(=])\/(home|root|work|tmp|Users)\//m
  expect(
    pages()
      .filter(({ text }) => local.test(text))
      .map(({ path }) => path),
  ).toEqual([])
})
