import type { Language } from '../text/catalogue.ts'

/** Seven words, numbered; each language's words are said in its own voice. */
export function Words({ words, label }: { words: readonly string[]; label: string }) {
  return (
    <ol class="words" aria-label={label} lang={languageOf(words)}>
      {words.map((word) => (
        <li>{word}</li>
      ))}
    </ol>
  )
}

const languageOf = (words: readonly string[]): Language =>
  /\p{Script=Cyrillic}/u.test(words.join('')) ? 'ru' : 'en'
