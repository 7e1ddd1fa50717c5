import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DataPageFacts, drawDataPage, PageError, type PageToRender } from '@nansen/formats/page'

/** What is used of @myriaddreamin/typst-ts-node-compiler; an optional part, so the build must not need it. */
interface Compiler {
  mapShadow(path: string, content: Buffer): void
  /** Sets and exports in one: a document handed out and back is a megabyte for the garbage collector. */
  pdf(program: Program, options: { pdfStandard: string; pdfTags: boolean; creationTimestamp: number }): Buffer
  /** Sets without exporting; no result where the program cannot run with these inputs. */
  compile(program: Program): { readonly result: object | null }
  /** Forgets what was not asked for in the last `maxAge` calls of this. */
  evictCache(maxAge: number): void
}

interface Program {
  readonly mainFileContent: string
  readonly inputs: Readonly<Record<string, string>>
}

/** Read relative to this file, which lies as deep in src as in dist. */
const FONTS = fileURLToPath(new URL('../../fonts/', import.meta.url))

/** After so many pages the typesetter forgets what it has worked out: it grows by a third of a megabyte a page. */
const PAGES_REMEMBERED = 16

let typesetter: Typesetter | 'missing' | undefined

/**
 * The data page and the page of observations of a specimen as PDF, produced as PDF/A-2a with our own fonts
 * embedded. The same facts give the same bytes; the date in the file is the day of issue.
 * The first call takes about 150 ms, each later one about 10. A loop over many must let other work run in
 * between, as every loop that waits for a database does: only then is the memory of earlier pages given back.
 * @returns `undefined` where the typesetter, an optional part, is not installed: say so once, and go on
 * @throws PageError for facts that make no page, for a portrait that cannot be decoded, and for a letter that
 *   none of the fonts has
 */
export function renderDataPage(facts: DataPageFacts): Uint8Array | undefined {
  const page = drawDataPage(facts)
  typesetter ??= openTypesetter()
  return typesetter === 'missing' ? undefined : typesetter.render(page)
}

function openTypesetter(): Typesetter | 'missing' {
  const compiler = loadCompiler()
  return compiler === undefined ? 'missing' : new Typesetter(compiler)
}

function loadCompiler(): Compiler | undefined {
  const require = createRequire(import.meta.url)
  let loaded: { NodeCompiler: { create(options: object): Compiler } }
  try {
    loaded = require('@myriaddreamin/typst-ts-node-compiler')
  } catch {
    // Not installed, or no build of it for this machine.
    return undefined
  }
  // Fonts handed over are found before those of the machine; the program asks for no family but these.
  const fontBlobs = readdirSync(FONTS)
    .filter((name) => /\.(otf|ttf)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(FONTS, name)))
  return loaded.NodeCompiler.create({ workspace: FONTS, fontArgs: [{ fontBlobs }] })
}

class Typesetter {
  readonly #compiler: Compiler
  readonly #mapped = new Map<string, Uint8Array>()
  #pages = 0

  constructor(compiler: Compiler) {
    this.#compiler = compiler
  }

  render({ source, inputs, files, created }: PageToRender): Uint8Array {
    for (const [name, bytes] of Object.entries(files)) this.#map(name, bytes)
    if (++this.#pages % PAGES_REMEMBERED === 0) this.#compiler.evictCache(0)
    const program = { mainFileContent: source, inputs }
    const options = { pdfStandard: 'a-2a', pdfTags: true, creationTimestamp: created }
    try {
      return new Uint8Array(this.#compiler.pdf(program, options))
    } catch {
      throw this.#whyNot(program)
    }
  }

  /**
   * The program never changes and every value is text: only a picture that cannot be decoded keeps a page from
   * being set, and only a letter that no font has keeps it from being PDF/A. What the typesetter says of it
   * quotes the text, which may be a name, and stays here.
   */
  #whyNot(program: Program): PageError {
    const { result } = this.#compiler.compile(program)
    return result === null ? new PageError('page.value', 'portrait') : new PageError('page.character', 'name')
  }

  #map(name: string, bytes: Uint8Array): void {
    if (this.#mapped.get(name) === bytes) return
    this.#mapped.set(name, bytes)
    this.#compiler.mapShadow(join(FONTS, name), Buffer.from(bytes))
  }
}
