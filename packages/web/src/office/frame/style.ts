import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Context } from '../../server/context.ts'

/** Of officers' pages alone, so that applicants need not load it. */
const STYLE = readFileSync(new URL('../../../assets/office.css', import.meta.url))

/** Other bytes have another name, so browsers may keep them for ever. */
const NAME = `office.${hash('sha256', STYLE).slice(0, 12)}.css`

export const STYLE_PATH = `/office/style/${NAME}`

/** The style sheet; under another name there is none. */
export function style(context: Context): Response {
  if (context.param('name') !== NAME) return context.notFound()
  return new Response(new Uint8Array(STYLE), {
    headers: {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  })
}
