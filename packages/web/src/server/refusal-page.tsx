import { renderPage } from '../html/layout.tsx'
import { Heading } from '../html/show.tsx'
import { CATALOGUES, type Catalogue, type Language } from '../text/catalogue.ts'
import type { Site } from './answer.ts'

export type RefusalKind = keyof Catalogue['common']['refused']

const STATUS: Readonly<Record<RefusalKind, number>> = {
  wrongHost: 421,
  notFound: 404,
  form: 403,
  tooLarge: 413,
  unreadable: 400,
  scope: 403,
  failed: 500,
  busy: 503,
}

/** A plain page that says no. The same for what does not exist and for what is somebody else's (P8). */
export function refusalPage(
  site: Site,
  language: Language,
  kind: RefusalKind,
  { officer, onion }: { readonly officer: boolean; readonly onion: boolean },
): Response {
  const text = CATALOGUES[language]
  const words: { title: string; text: string; home?: string } = text.common.refused[kind]
  const html = renderPage({
    language,
    text,
    title: words.title,
    specimen: site.options.specimen ? site.options.office.state.code3 : undefined,
    exit: !officer && kind !== 'wrongHost',
    // Of an address that is none of ours nothing is said.
    onion: onion && kind !== 'wrongHost',
    here: '/',
    stylesheets: [site.assets.path('nansen.css')],
    main: (
      <>
        <Heading>{words.title}</Heading>
        <p>{words.text}</p>
        {words.home && (
          <p>
            <a href={officer ? '/office' : '/'}>{words.home}</a>
          </p>
        )}
      </>
    ),
  })
  return new Response(html, {
    status: STATUS[kind],
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': language },
  })
}
