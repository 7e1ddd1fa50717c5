import { PAGE, PORTRAIT, ZONE } from './geometry.ts'

/** Of OCRB.otf, in parts of its size: how far a character is wide, and how high a capital stands. */
const OCR_B = { advance: 0.723, capital: 0.701 } as const
const SIZE = ZONE.pitch / OCR_B.advance
const VISUAL_HEIGHT = PAGE.height - ZONE.height
/** Where the capitals of the upper line begin. */
const FIRST_LINE = PAGE.height - (ZONE.height + ZONE.lineSpacing + OCR_B.capital * SIZE) / 2
const PORTRAIT_SIZE = `width: ${PORTRAIT.width}mm, height: ${PORTRAIT.height}mm`

/**
 * The program of the data page, in Typst. Values come through `sys.inputs` and are shown as text, which Typst
 * never reads as markup: a hash in a name is a hash. Only fonts of these families are used, and no other where
 * one of them lacks a letter.
 */
export const TEMPLATE: string = String.raw`
#let f = sys.inputs
#let ink = rgb(f.ink)
#let accent = rgb(f.accent)
#let quiet = rgb(f.quiet)
#let sans = ("Noto Sans", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Arabic")
#let serif = ("Noto Serif", ..sans)

#set document(title: "Specimen of a passport data page: " + f.state, date: auto)
#set page(width: ${PAGE.width}mm, height: ${PAGE.height}mm, margin: 0mm)
#set text(font: sans, fallback: false, lang: "en", size: 8pt, fill: ink, hyphenate: false, top-edge: "cap-height", bottom-edge: "baseline")
#set par(leading: 0.45em, spacing: 0pt, justify: false)

#let at(x, y, body) = place(top + left, dx: x * 1mm, dy: y * 1mm, body)
#let decoration(file) = pdf.artifact(place(top + left, image(file, width: ${PAGE.width}mm, height: ${PAGE.height}mm)))

// Texts one below the other, at the first size at which they fit in a box, on more lines if need be. Below the
// smallest size they are pressed together: no name is so long that it leaves its field.
#let fit(width, height, sizes, style, texts) = context {
  let (w, h) = (width * 1mm, height * 1mm)
  let at-size(size, value) = text(size: size * 1pt, style(value))
  let stack(size) = texts.map(value => at-size(size, value)).join(linebreak())
  for size in sizes {
    let stacked = stack(size)
    let natural = measure(stacked)
    if natural.width <= w and natural.height <= h { return stacked }
    let words = texts.map(value => value.split(" ")).flatten()
    if measure(stacked, width: w).height <= h and words.all(word => measure(at-size(size, word)).width <= w) {
      return box(width: w, stacked)
    }
  }
  let stacked = stack(sizes.last())
  let natural = measure(stacked)
  let share(room, need) = if need > room { 100% * (room / need) } else { 100% }
  scale(x: share(w, natural.width), y: share(h, natural.height), origin: top + left, reflow: true, stacked)
}

#let caption(en, fr, ru) = text(size: 3.6pt, fill: quiet, {
  text(fill: accent, en)
  [ \/ ]
  text(lang: "fr", fr)
  [ \/ ]
  text(lang: "ru", ru)
})

#let written(value) = if value.contains(regex("\p{Arabic}")) { text(dir: rtl, value) } else { text(value) }
#let strong-text(value) = text(weight: "bold", written(value))

#let field(x, y, width, words, value, size: 8.4) = {
  at(x, y, caption(..words))
  at(x, y + 2.1, fit(width, 3.4, (size, size - 0.8, size - 1.6, size - 2.4, size - 3.2, size - 4), strong-text, (value,)))
}

// A name in the holder's script and in the letters of the zone: side by side where there is room.
#let name-field(x, y, width, words, value, latin) = {
  at(x, y, caption(..words))
  let texts = if latin == "" { (value,) } else { (value, latin) }
  let slash = text(fill: quiet, [ \/ ])
  at(x, y + 2.1, context {
    for size in (8.4, 7.8, 7.2, 6.6) {
      let line = text(size: size * 1pt, texts.map(strong-text).join(slash))
      if measure(line).width <= width * 1mm { return line }
    }
    fit(width, 3.9, (6.2, 5.8, 5.4, 5, 4.6, 4.2, 3.8, 3.4), strong-text, texts)
  })
}

// The word across the page, readable and transparent.
#let across(height) = place(top + left, box(width: ${PAGE.width}mm, height: height * 1mm, align(center + horizon, rotate(-19deg, text(
  size: 55pt, weight: "bold", tracking: 0.08em, fill: rgb(176, 32, 48, 18), stroke: 0.5pt + rgb(176, 32, 48, 64), "SPECIMEN",
)))))

// ---- Data page ----
#decoration("data-page.svg")

#let title-text(value) = text(font: serif, weight: "bold", fill: accent, tracking: 0.06em, upper(value))
#at(16.4, 4.9, fit(58, 4.2, (13, 12, 11, 10, 9, 8, 7, 6), title-text, (f.state,)))
#if f.stateSecond != "" {
  at(16.5, 9.3, fit(58, 2.2, (6, 5, 4.4), value => text(fill: accent, written(value)), (f.stateSecond,)))
}
#place(top + right, dx: -5.5mm, dy: 4.9mm, box(width: 46mm, align(right, {
  text(font: serif, weight: "bold", size: 9pt, fill: accent, tracking: 0.04em, f.titleEn)
  linebreak()
  text(size: 4.6pt, fill: accent, { text(lang: "fr", f.titleFr); [ · ]; text(lang: "ru", f.titleRu) })
  if f.convention != "" { linebreak(); text(size: 3.9pt, fill: quiet, f.convention) }
})))

#at(${PORTRAIT.left}, ${PORTRAIT.top}, image("portrait.jpg", ${PORTRAIT_SIZE}, fit: "cover", alt: "Portrait of the holder"))
#pdf.artifact(at(${PORTRAIT.left}, ${PORTRAIT.top}, rect(${PORTRAIT_SIZE}, stroke: 0.35pt + accent)))
#at(6, 61.2, box(width: 35mm, { set par(leading: 0.55em); text(size: 3pt, fill: quiet, f.specimenEn) }))

// A second portrait, small and faint, in an oval.
#pdf.artifact(at(107.5, 35.1, box(width: 12mm, height: 15.4mm, radius: 50%, clip: true, stroke: 0.4pt + quiet, {
  image("portrait.jpg", width: 12mm, height: 15.43mm, fit: "cover")
  place(top + left, rect(width: 100%, height: 100%, fill: rgb(f.wash).transparentize(38%)))
})))

#let x = 44.5
#let x2 = 83
#field(x, 14.6, 12, ("Type", "Type", "Тип"), f.documentCode)
#field(58.5, 14.6, 20, ("State", "État", "Государство"), f.stateCode)
#at(x2, 14.6, caption("Document No.", "Nº du document", "№ документа"))
#at(x2, 16.7, text(font: "OCR B", size: 10.5pt, f.number))
#name-field(x, 20.7, 75, ("Surname", "Nom", "Фамилия"), f.primary, f.primaryLatin)
#name-field(x, 27.6, 75, ("Given names", "Prénoms", "Имена"), f.secondary, f.secondaryLatin)
#field(x, 34.5, 60, ("Nationality", "Nationalité", "Гражданство"), f.nationality)
#field(x, 40.5, 36, ("Date of birth", "Date de naissance", "Дата рождения"), f.birth)
#field(x2, 40.5, 20, ("Sex", "Sexe", "Пол"), f.sex)
#field(x, 46.5, 36, ("Date of issue", "Délivré le", "Дата выдачи"), f.issued)
#field(x2, 46.5, 24, ("Date of expiry", "Expire le", "Годен до"), f.expires)
#field(x, 52.5, 75, ("Authority", "Autorité", "Кем выдан"), f.authority, size: 7.4)
#field(x, 58.4, 75, ("Return to the state of issue", "Retour dans l’État de délivrance", "Возвращение в выдавшее государство"), f.returnRight, size: 7.4)

#across(${VISUAL_HEIGHT})

#let zone-line(y, value) = at(${ZONE.left}, y, box(width: ${45 * ZONE.pitch}mm, text(
  font: "OCR B", size: ${SIZE}mm, fill: black, features: (liga: 0, kern: 0), value,
)))
#zone-line(${FIRST_LINE}, f.zone1)
#zone-line(${FIRST_LINE + ZONE.lineSpacing}, f.zone2)

// ---- Observations ----
#pagebreak()
#decoration("observations.svg")
#at(8, 8.5, text(font: serif, weight: "bold", size: 10pt, fill: accent, tracking: 0.06em, "OBSERVATIONS"))
#at(8.1, 13, text(size: 4.6pt, fill: accent, { text(lang: "fr", "OBSERVATIONS"); [ · ]; text(lang: "ru", "ОСОБЫЕ ОТМЕТКИ") }))
#place(top + right, dx: -8mm, dy: 8.5mm, text(font: "OCR B", size: 9pt, f.number))

#let remark(y, lang, title, sentence, renewal) = {
  at(8, y, box(width: 109mm, {
    set text(lang: lang)
    set par(leading: 0.62em)
    text(size: 3.6pt, fill: quiet, title)
    linebreak()
    text(size: 7pt, sentence + " " + renewal)
  }))
}
#at(8, 20, text(size: 8.4pt, weight: "bold", f.returnRight))
#remark(26, "en", "Return and renewal", f.returnRightEn, f.renewalEn)
#remark(38, "fr", "Retour et renouvellement", f.returnRightFr, f.renewalFr)
#remark(50, "ru", "Возвращение и продление", f.returnRightRu, f.renewalRu)

#pdf.artifact(at(8, 71.5, line(length: 58mm, stroke: 0.35pt + ink)))
#at(8, 72.7, caption("Signature of holder", "Signature du titulaire", "Подпись владельца"))
#at(8, 77.6, box(width: 109mm, {
  set text(size: 3.6pt, fill: quiet)
  set par(leading: 0.6em)
  f.specimenEn
  linebreak()
  text(lang: "fr", f.specimenFr)
  linebreak()
  text(lang: "ru", f.specimenRu)
}))
#across(${PAGE.height})
`
