import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { installedManifest, isAllowed, type Lock, licenceOf, licences } from '../scripts/check-licences.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

function json<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8')) as T
}

interface Project {
  readonly allowScripts: Readonly<Record<string, boolean>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

interface Installed {
  readonly scripts?: Readonly<Record<string, string>>
}

const project = json<Project>('package.json')
const { packages } = json<{ packages: Lock }>('package-lock.json')
const allowed = new Set(Object.keys(project.allowScripts))

/** The packages of a lock file that are not our own. */
function foreign(lock: Lock) {
  return Object.entries(lock).filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Whoever may run code at install time and was not named. A name may carry a version: `pkcs11js@2.1.7`. */
function unnamedScripts(lock: Lock, names: ReadonlySet<string>, runsScript: (path: string) => boolean) {
  return foreign(lock)
    .filter(([path, { hasInstallScript }]) => hasInstallScript === true || runsScript(path))
    .filter(([path, { version }]) => !names.has(nameOf(path)) && !names.has(`${nameOf(path)}@${version}`))
    .map(([path]) => path)
}

function runsScript(path: string): boolean {
  if (existsSync(join(root, path, 'binding.gyp'))) return true
  const { scripts = {} } = (installedManifest(path) as Installed | undefined) ?? {}
  return ['preinstall', 'install', 'postinstall'].some((name) => scripts[name] !== undefined)
}

/** Addresses in a lock file would bind every installation to one registry, or hide another source. */
function addresses(lock: Lock) {
  return Object.entries(lock)
    .filter(
      ([, { resolved, link }]) => resolved !== undefined && !(link && /^packages\/[a-z]+$/.test(resolved)),
    )
    .map(([path]) => path)
}

const withoutIntegrity = (lock: Lock) =>
  foreign(lock)
    .filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))
    .map(([path]) => path)

describe('what is installed', () => {
  test('no package runs a script at install that is not allowed by name', () => {
    expect(foreign(packages).length).toBeGreaterThan(20)
    expect(unnamedScripts(packages, allowed, runsScript)).toEqual([])
  })

  test('npm refuses unnamed scripts by itself, where it is new enough', () => {
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^strict-allow-scripts=true$/m)
    expect(project.allowScripts).toBeTypeOf('object')
  })

  test('the lock file holds no addresses', () => {
    expect(addresses(packages)).toEqual([])
  })

  test('every package is locked by its SHA-512', () => {
    expect(withoutIntegrity(packages)).toEqual([])
  })

  test('every licence is on the list', () => {
    const found = licences(packages, installedManifest)
    expect(found.length).toBeGreaterThan(20)
    expect(found.filter((one) => !one.allowed)).toEqual([])
  })

  test('every version is pinned, and every package has its sentence in docs/decisions', () => {
    const decisions = readdirSync(join(root, 'docs/decisions'))
      .map((file) => readFileSync(join(root, 'docs/decisions', file), 'utf8'))
      .join('\n')
    const manifests = [
      project,
      ...readdirSync(join(root, 'packages')).map((name) => json<Project>('packages', name, 'package.json')),
    ]
    for (const { dependencies, devDependencies, optionalDependencies } of manifests)
      for (const [name, version] of Object.entries({
        ...dependencies,
        ...devDependencies,
        ...optionalDependencies,
      })) {
        expect({ name, version }).toEqual({ name, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
        if (!name.startsWith('@nansen/'))
          expect({ name, decided: decisions.includes(`\`${name}\``) }).toEqual({ name, decided: true })
      }
  })
})

describe('a planted package is found', () => {
  const integrity = `sha512-${'A'.repeat(86)}==`

  test('with a script that nobody allowed', () => {
    const lock: Lock = { 'node_modules/a': { version: '1.0.0', integrity, hasInstallScript: true } }
    expect(unnamedScripts(lock, new Set(), () => false)).toEqual(['node_modules/a'])
    expect(unnamedScripts(lock, new Set(['a']), () => false)).toEqual([])
    expect(unnamedScripts(lock, new Set(['a@1.0.0']), () => false)).toEqual([])
    expect(unnamedScripts(lock, new Set(['a@1.0.1']), () => false)).toEqual(['node_modules/a'])
  })

  test('with a script that the lock file does not admit', () => {
    const lock: Lock = { 'node_modules/b/node_modules/@c/a': { version: '1.0.0', integrity } }
    expect(unnamedScripts(lock, new Set(['a', 'b']), () => true)).toEqual([
      'node_modules/b/node_modules/@c/a',
    ])
  })

  test('from an address', () => {
    const lock: Lock = {
      'node_modules/a': { version: '1.0.0', integrity, resolved: 'https://example.org/a.tgz' },
      'node_modules/@nansen/formats': { resolved: 'packages/formats', link: true },
      'node_modules/@nansen/elsewhere': { resolved: '../elsewhere', link: true },
    }
    expect(addresses(lock)).toEqual(['node_modules/a', 'node_modules/@nansen/elsewhere'])
  })

  test('without a digest, or with a weak one', () => {
    const lock: Lock = {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
      'node_modules/c': { version: '1.0.0', integrity },
    }
    expect(withoutIntegrity(lock)).toEqual(['node_modules/a', 'node_modules/b'])
  })

  test('with a licence that is not on the list', () => {
    const lock: Lock = {
      'node_modules/a': { license: 'GPL-3.0-only' },
      'node_modules/b': { license: 'MPL-2.0' },
      'node_modules/c': { license: 'MPL-2.0', dev: true },
      'node_modules/d': {},
      'node_modules/e': { license: 'MIT' },
    }
    const manifest = (path: string) => (path.endsWith('e') ? { license: 'UNLICENSED' } : undefined)
    const refused = licences(lock, manifest).filter((one) => !one.allowed)
    expect(refused.map(({ path, licence }) => `${path} ${licence}`)).toEqual([
      'node_modules/a GPL-3.0-only',
      'node_modules/b MPL-2.0',
      'node_modules/d none stated',
      'node_modules/e UNLICENSED',
    ])
  })

  test.each([
    ['MIT OR GPL-2.0-only', true],
    ['(MIT OR GPL-2.0-only)', true],
    ['MIT AND GPL-2.0-only', false],
    ['MIT AND ISC', true],
    ['(MIT AND ISC) OR GPL-2.0-only', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['mit', false],
  ])('%s', (expression, answer) => {
    expect(isAllowed(expression)).toBe(answer)
  })

  test('a licence is read in the older forms too', () => {
    expect(licenceOf({ licenses: [{ type: 'MIT' }] })).toBe('MIT')
    expect(licenceOf({ license: { type: 'ISC' } })).toBe('ISC')
    expect(licenceOf({})).toBeUndefined()
  })
})
