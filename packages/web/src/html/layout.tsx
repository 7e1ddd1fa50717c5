import type { Child } from 'hono/jsx'
import { type Catalogue, LANGUAGES, type Language } from '../text/catalogue.ts'
import { ErrorSummary } from './error-summary.tsx'
import type { Problem } from './problem.ts'

export interface Frame {
  readonly language: Language
  readonly text: Catalogue
  readonly title: string
  readonly main: Child
  readonly problems?: readonly Problem[] | undefined
  readonly back?: { readonly href: string; readonly text?: string } | undefined
  readonly navigation?: Child
  readonly wide?: boolean | undefined
  /** Without the names of this house around it: where one may be seen to be. */
  readonly bare?: boolean | undefined
  /** Of which state that does not exist, where it is one. */
  readonly specimen: keyof Catalogue['common']['specimen'] | undefined
  /** Shows the way out on the page. */
  readonly exit: boolean
  readonly onion: boolean
  /** Where the language links lead: this page, or the nearest one that a GET gives. */
  readonly here: string
  /** The first is that of all pages. */
  readonly stylesheets: readonly string[]
  readonly script?: string | undefined
}

/** A whole document: the frame of every page, and in it what the page itself has to say. */
export function renderPage(frame: Frame): string {
  return `<!DOCTYPE html>${String(<Document {...frame} />)}`
}

function Document(frame: Frame) {
  const { text, language, problems = [] } = frame
  const title = frame.bare ? frame.title : `${frame.title} · ${text.common.tab}`
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{problems.length > 0 ? text.common.errorTitle(title) : title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        {frame.stylesheets.map((path) => (
          <link rel="stylesheet" href={path} />
        ))}
        {/* No icon: what is there already is no picture, and so no third request goes out to look for one. */}
        <link rel="icon" href={frame.stylesheets[0]} />
        {frame.script && <script src={frame.script} defer></script>}
      </head>
      <body class={frame.wide ? 'wide' : undefined}>
        <a class="skip" href="#main">
          {text.common.skip}
        </a>
        <Head {...frame} />
        <main id="main" tabindex={-1}>
          {frame.back && (
            <p class="back">
              <a href={frame.back.href}>{frame.back.text ?? text.common.back}</a>
            </p>
          )}
          {problems.length > 0 && <ErrorSummary title={text.common.errorSummary} problems={problems} />}
          {frame.main}
        </main>
        {!frame.bare && <Foot {...frame} />}
      </body>
    </html>
  )
}

function Head({ text, language, specimen, exit, here, navigation, bare }: Frame) {
  if (bare) return <header>{specimen && <p class="specimen">{text.common.specimen[specimen]}</p>}</header>
  return (
    <header>
      {specimen && <p class="specimen">{text.common.specimen[specimen]}</p>}
      <div class="bar">
        <a class="house" href="/">
          {text.common.house}
        </a>
        <div class="tools">
          <details class="languages">
            <summary>{text.common.languageName}</summary>
            <ul>
              {LANGUAGES.filter((other) => other !== language).map((other) => (
                <li>
                  <a href={`${here}?language=${other}`} lang={other} hreflang={other}>
                    {LANGUAGE_NAMES[other]}
                  </a>
                </li>
              ))}
            </ul>
          </details>
          {exit && (
            <a class="exit" href="/exit">
              {text.common.exit}
            </a>
          )}
        </div>
      </div>
      {navigation}
    </header>
  )
}

/** Each in itself. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' }

function Foot({ text, onion }: Frame) {
  return (
    <footer>
      <p>{text.common.footer}</p>
      {onion && <p>{text.common.footerOnion}</p>}
      <ul>
        <li>
          <a href="/about">{text.common.about}</a>
        </li>
        <li>
          <a href="/leaving">{text.common.aboutExit}</a>
        </li>
      </ul>
    </footer>
  )
}
