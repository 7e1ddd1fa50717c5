import { parseSync } from 'vite'

/** A node of the syntax tree, as loosely as a walk over all kinds needs it. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

export interface Step {
  readonly node: Node
  readonly parent: Node | undefined
  /** The property of `parent` that holds `node`. */
  readonly key: string
}

/** Every node of a TypeScript file, parents first. Comments are no nodes. @throws Error if it does not parse */
export function* walk(path: string, text: string): Generator<Step> {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} does not parse`)
  const pending: Step[] = [{ node: program as unknown as Node, parent: undefined, key: '' }]
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    yield step
    const parent = step.node
    const children = Object.entries(parent).flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).filter(isNode).map((node) => ({ node, parent, key })),
    )
    pending.push(...children.reverse())
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** The name, if the node is an identifier. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? (node.name as string) : undefined
}

/** The text, if the node is a string literal, or a template without holes. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node.type === 'TSLiteralType') return textOf(node.literal)
  if (node.type !== 'TemplateLiteral') return undefined
  const quasis = node.quasis as { value: { cooked: string } }[]
  return quasis.length === 1 ? quasis[0]!.value.cooked : undefined
}

/** The property a member expression reads: `a.b`, `a['b']`. */
export function propertyOf(node: Node): string | undefined {
  return node.computed ? textOf(node.property) : nameOf(node.property)
}

/** Whether an identifier stands for a variable, and is not merely the name of a property. */
export function isReference({ node, parent, key }: Step): boolean {
  if (node.type !== 'Identifier' || parent === undefined) return false
  if (key === 'property') return parent.type !== 'MemberExpression' || parent.computed === true
  if (key === 'key') return parent.computed === true
  // `import { a as b }` and `export { a as b }` name a thing of the other module.
  return !(key === 'imported' || key === 'exported')
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
