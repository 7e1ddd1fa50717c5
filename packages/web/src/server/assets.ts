import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** The stylesheet of all pages, and what the office's load besides: all files there are. */
const FILES = [
  { name: 'nansen.css', type: 'text/css; charset=utf-8' },
  { name: 'office.css', type: 'text/css; charset=utf-8' },
  { name: 'office.js', type: 'text/javascript; charset=utf-8' },
] as const
export type AssetName = (typeof FILES)[number]['name']

export interface Assets {
  /** `/assets/nansen.1a2b3c4d5e6f.css`: other bytes have another name, so browsers may keep them for ever. */
  path(name: AssetName): string
  /** @returns undefined for a path that is none of ours */
  find(path: string): Asset | undefined
}

export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array
  readonly gzipped: Uint8Array
}

/** Reads the files once. */
export function loadAssets(): Assets {
  const paths = new Map<AssetName, string>()
  const assets = new Map<string, Asset>()
  for (const { name, type } of FILES) {
    const bytes = readFileSync(new URL(`../../assets/${name}`, import.meta.url))
    const path = `/assets/${name.replace('.', `.${hash('sha256', bytes).slice(0, 12)}.`)}`
    paths.set(name, path)
    assets.set(path, { type, bytes, gzipped: gzipSync(bytes, { level: 9 }) })
  }
  return { path: (name) => paths.get(name)!, find: (path) => assets.get(path) }
}

export const takesGzip = (request: Request): boolean =>
  /(^|[\s,])gzip\s*(,|;\s*q=(?!0(\.0*)?\s*(,|$))|$)/iu.test(request.headers.get('accept-encoding') ?? '')

/** The answer to a path under `/assets/`. */
export function serveAsset(asset: Asset, request: Request): Response {
  const gzip = takesGzip(request)
  const body = gzip ? asset.gzipped : asset.bytes
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: {
      'Content-Type': asset.type,
      'Content-Length': String(body.length),
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
    },
  })
}
