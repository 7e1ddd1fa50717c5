import { LANGUAGES, type Language } from '../text/catalogue.ts'
import { COOKIE } from './cookies.ts'

export const languageNamed = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === tag)

/** The language chosen before, else the first that the browser asks for and we have. */
export function languageOf(cookies: ReadonlyMap<string, string>, request: Request): Language {
  return languageNamed(cookies.get(COOKIE.language)) ?? asked(request.headers.get('accept-language')) ?? 'en'
}

function asked(header: string | null): Language | undefined {
  const tags = (header ?? '').slice(0, 200).split(',').map(weighed)
  const best = tags.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  for (const { tag } of best) {
    const language = languageNamed(tag.split('-')[0])
    if (language !== undefined) return language
  }
  return undefined
}

function weighed(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', q] = part
    .trim()
    .toLowerCase()
    .split(/\s*;\s*q=/u)
  return { tag, weight: q === undefined ? 1 : Number(q) || 0 }
}
