import { parseAst } from 'vite'

/**
 * A plugin that counts, in `globalThis.__visits`, how often each branch of our packages is taken: the feedback
 * by which the fuzzer knows that an input did something new. jsfuzz wants files rewritten by nyc, which reads
 * no TypeScript modules; this is what it would have done.
 * @returns {import('vite').Plugin & { readonly branches: () => number }}
 */
export function countBranches() {
  let branches = 0
  return {
    name: 'count-branches',
    branches: () => branches,
    transform(code, id) {
      if (!/packages\/(?:formats|inspection)\/src\/.*\.ts$/.test(id)) return null
      const edits = editsOf(parseAst(code, { lang: 'ts' }), () => branches++)
      return { code: `const __visits = globalThis.__visits;${applied(code, edits)}`, map: null }
    },
  }
}

/**
 * @typedef {{ type: string, start: number, end: number, [key: string]: any }} Node
 * @typedef {{ at: number, text: string, closes: boolean, depth: number }} Edit
 */

/**
 * @param {any} program
 * @param {() => number} next
 * @returns {Edit[]}
 */
function editsOf(program, next) {
  /** @type {Edit[]} */
  const edits = []
  /** @param {Node} node @param {string} before @param {string} after @param {number} depth */
  const around = (node, before, after, depth) => {
    edits.push({ at: node.start, text: before, closes: false, depth })
    edits.push({ at: node.end, text: after, closes: true, depth })
  }
  const count = () => `__visits[${next()}]++`
  /** @param {Node | null | undefined} statement @param {number} depth */
  const statement = (statement, depth) => {
    if (!statement) return
    if (statement.type === 'BlockStatement')
      edits.push({ at: statement.start + 1, text: `${count()};`, closes: false, depth })
    else around(statement, `{${count()};`, '}', depth)
  }
  /** @param {Node} expression @param {number} depth */
  const expression = (expression, depth) => around(expression, `(${count()},(`, '))', depth)

  /** @param {Node} node @param {number} depth */
  const visit = (node, depth) => {
    // Types have no branches.
    if (/^TS(?!AsExpression|NonNull|Satisfies)/.test(node.type)) return
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        statement(node.body, depth)
        break
      case 'ArrowFunctionExpression':
        if (node.body.type === 'BlockStatement') statement(node.body, depth)
        else expression(node.body, depth)
        break
      case 'IfStatement':
        statement(node.consequent, depth)
        statement(node.alternate, depth)
        break
      case 'ForStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        statement(node.body, depth)
        break
      case 'CatchClause':
        statement(node.body, depth)
        break
      case 'SwitchCase':
        if (node.consequent.length > 0)
          edits.push({ at: node.consequent[0].start, text: `${count()};`, closes: false, depth })
        break
      case 'ConditionalExpression':
        expression(node.consequent, depth)
        expression(node.alternate, depth)
        break
      case 'LogicalExpression':
        expression(node.right, depth)
        break
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'typeAnnotation' || key === 'returnType' || key === 'typeArguments') continue
      for (const child of Array.isArray(value) ? value : [value])
        if (child && typeof child === 'object' && typeof child.type === 'string') visit(child, depth + 1)
    }
  }
  visit(program, 0)
  return edits
}

/**
 * @param {string} code
 * @param {Edit[]} edits
 */
function applied(code, edits) {
  const order = [...edits].sort(
    (a, b) =>
      a.at - b.at ||
      Number(b.closes) - Number(a.closes) ||
      (a.closes ? b.depth - a.depth : a.depth - b.depth),
  )
  let out = ''
  let from = 0
  for (const { at, text } of order) {
    out += code.slice(from, at) + text
    from = at
  }
  return out + code.slice(from)
}
