/** What a browser would send of a form that nobody touched. */
export interface PageForm {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly multipart: boolean
}

/**
 * The form of a page that leads there, else its first: hidden fields, what is filled in and chosen already, and the
 * first button, as if somebody had pressed Enter. Of the pages of this house, and of no others.
 */
export function formOfPage(page: string, action: string): PageForm {
  const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((one) => attribute(one, 'action') === action) ?? forms[0] ?? ''
  const fields = new Map<string, string[]>()
  const add = (name: string | undefined, value: string) => {
    if (name !== undefined) fields.set(name, [...(fields.get(name) ?? []), value])
  }
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const type = attribute(tag, 'type')
    if (type === 'file' || ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag))) continue
    add(attribute(tag, 'name'), attribute(tag, 'value') ?? '')
  }
  // The first line feed is none. [HTML §4.10.11]
  for (const [, head, text] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(head!, 'name'), unescaped(text!.replace(/^\n/, '')))
  for (const [, head, options] of form.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option[^>]*\sselected[^>]*>/.exec(options!) ?? /<option[^>]*>/.exec(options!)
    add(attribute(head!, 'name'), attribute(chosen?.[0] ?? '', 'value') ?? '')
  }
  const button = /<button type="submit"[^>]*>/.exec(form)?.[0] ?? ''
  add(attribute(button, 'name'), attribute(button, 'value') ?? '')
  return { fields, multipart: /^[^>]*enctype="multipart/.test(form) }
}

/** A form's token: any of the page is good for any of its forms. */
export const tokenOf = (page: string): string | undefined =>
  /<input type="hidden" name="token" value="([^"]*)"/.exec(page)?.[1]

function attribute(tag: string, name: string): string | undefined {
  const head = /^[^>]*/.exec(tag)![0]
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(head)?.[1]
  return value === undefined ? undefined : unescaped(value)
}

export const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
