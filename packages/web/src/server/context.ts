import type { AtDesk, CaseOffice, Door } from '@nansen/authority'
import type { Child } from 'hono/jsx'
import type { Problem } from '../html/problem.ts'
import type { Catalogue, Language } from '../text/catalogue.ts'
import type { WebOptions } from './options.ts'

/** What a handler of a page is given: everything about one request, and the ways to answer it. */
export interface Context {
  readonly options: WebOptions
  readonly office: CaseOffice
  readonly language: Language
  readonly text: Catalogue
  readonly method: 'GET' | 'POST'
  /** Without what comes after `?`. */
  readonly path: string
  /** What stands in the path for `:name`. */
  param(name: string): string
  /** What comes after `?`; '' where there is no such thing. */
  query(name: string): string
  /** What was posted; of a GET, nothing. */
  readonly form: FormValues
  /** The one file of an upload route. */
  readonly file: Upload
  /** Whether the page was asked for at an onion address. */
  readonly onion: boolean
  readonly https: boolean
  /** Whether another site sent the browser here. */
  readonly fromElsewhere: boolean
  readonly session: SessionBox
  /** For the hidden field of a form, `<Form token={context.token()}>`: different in each answer, so that compression gives nothing away. */
  token(): string
  /** A whole page, with the frame around it. */
  page(page: Page): Response
  /** 303 to a path of ours: what a POST is answered with. */
  redirect(path: string): Response
  /** The same 404 for what does not exist and for what is somebody else's (P8). */
  notFound(): Response
  /** Bytes to look at or to keep: a picture, a PDF. `name` makes it a download. */
  bytes(
    type:
      | 'image/jpeg'
      | 'application/pdf'
      | 'application/zip'
      | 'application/octet-stream'
      | 'text/plain; charset=utf-8',
    bytes: Uint8Array,
    name?: string,
  ): Response
}

/** A signed-in holder or helper. */
export interface ApplicantContext extends Context {
  readonly door: Door
}

/** A signed-in officer: the first argument after `office` of everything in casework/cases. */
export interface OfficerContext extends Context {
  readonly desk: AtDesk
}

export interface Page {
  /** For the browser's tab and history: says where one is, and nothing of what this is about. */
  readonly title: string
  readonly main: Child
  /** Shown first and linked to the fields; makes the title begin with `Error:` and the status 422. */
  readonly problems?: readonly Problem[] | undefined
  readonly back?: { readonly href: string; readonly text?: string } | undefined
  /** 200, or 422 where there are problems. */
  readonly status?: 200 | 401 | 403 | 404 | 409 | 413 | 421 | 422 | 429 | 500 | 503 | undefined
  /** Of an officer's page: more room for tables. */
  readonly wide?: boolean | undefined
  /** Without the names of this house around it. */
  readonly bare?: boolean | undefined
  /** Above `main`, in the frame: the office's navigation. */
  readonly navigation?: Child
  /** A stylesheet of `assets/` beside the one of all pages, for the office alone: applicants need not load it. */
  readonly style?: 'office.css' | undefined
  /** A script of `assets/`, for the office alone: `office.js`. */
  readonly script?: 'office.js' | undefined
}

/** Fields of a form as text. Names that come more than once are for checkboxes. */
export interface FormValues {
  /** Trimmed, in Unicode's composed form; '' where there is no such field. */
  get(name: string): string
  /** As it came. */
  raw(name: string): string
  all(name: string): readonly string[]
  has(name: string): boolean
  entries(): readonly (readonly [name: string, value: string])[]
}

export type Upload =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  /** Cut off at the limit. */
  | { readonly kind: 'too-large' }

/** What is remembered of who is signed in: plain JSON, sealed under what the cookie holds. */
export interface SessionContent {
  /** {@link Door}, encoded. */
  readonly door?: object
  /** An OfficerSession's token. */
  readonly officer?: string
  readonly [name: string]: unknown
}

export interface SessionBox {
  readonly content: SessionContent | undefined
  /** A new session with a new cookie; the old one, if any, stays until it ends by itself. */
  begin(content: SessionContent): Promise<void>
  /** Other content in the same session. */
  write(content: SessionContent): Promise<void>
  /** Ends it, and takes the cookie back. */
  end(): Promise<void>
}
