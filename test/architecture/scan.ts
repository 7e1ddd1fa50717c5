import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path/posix'
import { type Room, roomOf, rooms, walls } from './rooms.ts'
import {
  isNode,
  isReference,
  lineOf,
  type Node,
  nameOf,
  propertyOf,
  type Step,
  textOf,
  walk,
} from './syntax.ts'

/** A source file by its path from the root of the project: `packages/formats/src/index.ts`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface Violation {
  readonly path: string
  readonly line: number
  readonly rule: Rule
  readonly found: string
}

export type Rule =
  | 'room-unknown' // a package that the table does not name
  | 'import-room' // a room that this one may not know
  | 'import-inside' // past the door of another room, into its src or dist
  | 'import-leaves-package' // a relative path out of the package's own src
  | 'import-test' // product code that imports a test
  | 'import-undeclared' // not among the dependencies of the package
  | 'import-computed' // a name that cannot be read off the page
  | 'import-wall' // a module that belongs to another place
  | 'private-key' // made or used outside the room with the keys
  | 'node' // anything of Node in a pure room
  | 'network' // a way out in a room that must have none
  | 'clock' // the time, taken and not given
  | 'chance' // randomness, taken and not given
  | 'environment' // settings read outside the wiring
  | 'evaluates-text' // code made from text

/** Names declared in each package's `dependencies`, by room. */
export type Declared = Readonly<Record<string, readonly string[]>>

const NODE_GLOBALS = new Set(['process', 'Buffer', 'require', 'global', '__dirname', '__filename'])
const NETWORK_GLOBALS = new Set(['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'navigator'])
const CHANCE = new Set([
  'getRandomValues',
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
])
/** What node:crypto and WebCrypto call the making and the use of private keys. */
const PRIVATE_KEY = new Set([
  'createPrivateKey',
  'createSign',
  'Sign',
  'generateKeyPair',
  'generateKeyPairSync',
  'privateEncrypt',
  'privateDecrypt',
  'createECDH',
  'ECDH',
  'createDiffieHellman',
  'createDiffieHellmanGroup',
  'getDiffieHellman',
  'diffieHellman',
  'decapsulate',
  'generateKey',
  'deriveBits',
  'deriveKey',
  'unwrapKey',
  'sign',
])
const KEY_ROOM = 'signing'
const HOLDERS = new Set(['Date', 'Math', 'performance', 'globalThis', 'Temporal'])

/** Every breach of the walls in `files`; tests beside the code are not looked at. */
export function scan(files: readonly SourceFile[], declared: Declared): readonly Violation[] {
  return files.filter(({ path }) => !isTest(path)).flatMap((file) => scanFile(file, declared))
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path)
}

function scanFile({ path, text }: SourceFile, declared: Declared): readonly Violation[] {
  const name = path.split('/')[1]!
  const room = rooms[name]
  if (room === undefined) return [{ path, line: 1, rule: 'room-unknown', found: name }]
  const violations: Violation[] = []
  for (const step of walk(path, text)) {
    for (const [rule, found] of [
      ...imports(step, path, name, room, declared),
      ...uses(step, room),
      ...privateKeys(step, name),
    ])
      violations.push({ path, line: lineOf(text, step.node.start), rule, found })
  }
  return violations
}

type Breach = readonly [rule: Rule, found: string]

function* imports(step: Step, path: string, name: string, room: Room, declared: Declared): Generator<Breach> {
  const source = importedBy(step.node)
  if (source === undefined) return
  const specifier = textOf(source)
  if (specifier === undefined) yield ['import-computed', source.type]
  else {
    for (const wall of walls)
      if (wall.module.test(specifier) && !wall.only.test(path)) yield ['import-wall', specifier]
    const rule = /^\.{1,2}(\/|$)/.test(specifier)
      ? relativeImport(specifier, path, name)
      : packageImport(specifier, name, room, declared)
    if (rule !== undefined) yield [rule, specifier]
  }
}

/** The node that names what is imported, for every way TypeScript has to say so. */
function importedBy(node: Node): Node | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return isNode(node.source) ? node.source : undefined
    case 'TSExternalModuleReference':
      return node.expression as Node
    case 'CallExpression':
      return isRequire(node.callee) ? (node.arguments as Node[])[0] : undefined
  }
  return undefined
}

function isRequire(callee: unknown): boolean {
  if (nameOf(callee) === 'require') return true
  return isNode(callee) && callee.type === 'MemberExpression' && propertyOf(callee) === 'getBuiltinModule'
}

function relativeImport(specifier: string, path: string, name: string): Rule | undefined {
  if (isTest(specifier)) return 'import-test'
  const target = join(dirname(path), specifier)
  return target.startsWith(`packages/${name}/src/`) ? undefined : 'import-leaves-package'
}

function packageImport(specifier: string, name: string, room: Room, declared: Declared): Rule | undefined {
  if (isBuiltin(specifier) || specifier.startsWith('node:')) return room.pure ? 'node' : undefined
  const ours = roomOf(specifier)
  if (ours !== undefined) {
    if (!room.mayImport.includes(ours)) return 'import-room'
    if (/\/(src|dist)(\/|$)/.test(specifier)) return 'import-inside'
  }
  const parts = specifier.split('/')
  const dependency = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!
  return declared[name]?.includes(dependency) ? undefined : 'import-undeclared'
}

function* uses(step: Step, room: Room): Generator<Breach> {
  const { node, parent } = step
  const found =
    node.type === 'MemberExpression' ? `${nameOf(node.object) ?? '…'}.${propertyOf(node) ?? '…'}` : ''
  const name = isReference(step) ? nameOf(node) : undefined
  const viaGlobal =
    found.startsWith('globalThis.') || found.startsWith('global.') ? propertyOf(node) : undefined
  const global = name ?? viaGlobal

  if (global === 'eval' || global === 'Function') yield ['evaluates-text', global]
  if (room.pure && global !== undefined && NODE_GLOBALS.has(global)) yield ['node', global]
  if (room.pure && global !== undefined && NETWORK_GLOBALS.has(global)) yield ['network', global]
  if (room.pure && node.type === 'MemberExpression' && propertyOf(node) === 'getBuiltinModule')
    yield ['node', found]
  if (room.wiring) return
  if (global === 'fetch') yield ['network', global]
  if (found === 'process.env') yield ['environment', found]
  if (found === 'Date.now' || found === 'performance.now' || found === 'Temporal.Now') yield ['clock', found]
  if (takesTime(node)) yield ['clock', 'Date()']
  if (found === 'Math.random') yield ['chance', found]
  if (node.type === 'MemberExpression' && CHANCE.has(propertyOf(node) ?? '')) yield ['chance', found]
  if (node.type === 'ImportSpecifier' && CHANCE.has(nameOf(node.imported) ?? ''))
    yield ['chance', nameOf(node.imported)!]
  // `const { now } = Date`, `const chance = Math`: the same by another name.
  if (parent?.type === 'VariableDeclarator' && step.key === 'init' && HOLDERS.has(name ?? ''))
    yield [name === 'Math' ? 'chance' : 'clock', name!]
}

/** Private keys are one room's, so that what signs is in one place and counted there. P2, P5 */
function* privateKeys({ node, parent, key }: Step, name: string): Generator<Breach> {
  if (name === KEY_ROOM) return
  const used = usesPrivateKey(node, parent, key)
  if (used !== undefined) yield ['private-key', used]
}

/**
 * By whatever name the module goes: `node.sign`, `(await import('node:crypto'))['sign']`, `subtle.sign`, and the names
 * taken out of it by an import or into a pattern. A function of our own may be called `sign`; a method may not.
 */
function usesPrivateKey(node: Node, parent: Node | undefined, key: string): string | undefined {
  if (node.type === 'MemberExpression' && nameOf(node.object) === 'Math') return undefined
  const name =
    node.type === 'MemberExpression'
      ? propertyOf(node)
      : node.type === 'ImportSpecifier' || node.type === 'ExportSpecifier'
        ? (nameOf(node.imported ?? node.local) ?? textOf(node.imported ?? node.local))
        : node.type === 'Property' && parent?.type === 'ObjectPattern' && key === 'properties'
          ? (nameOf(node.key) ?? textOf(node.key))
          : undefined
  return name !== undefined && PRIVATE_KEY.has(name) ? name : undefined
}

/** `new Date()` without an argument, and `Date()` with or without. */
function takesTime(node: Node): boolean {
  if (nameOf(node.callee) !== 'Date') return false
  if (node.type === 'CallExpression') return true
  return node.type === 'NewExpression' && (node.arguments as Node[]).length === 0
}
