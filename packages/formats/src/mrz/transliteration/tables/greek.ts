import { scheme } from '../scheme.ts'

const VOICED = 'ΑΕΗΙΟΥΩΆΈΉΌΪΫΒΓΔΖΛΜΝΡ'

/**
 * Greek: ELOT 743 (ISO 843 type 2) as Greek passports use it. The accented capitals and the letters with
 * diaeresis have rows of their own because they do not join the letter beside them: άυ is two sounds, αύ one.
 */
export const greece = scheme(
  'Greece',
  'Α=A Β=V Γ=G Δ=D Ε=E Ζ=Z Η=I Θ=TH Ι=I Κ=K Λ=L Μ=M Ν=N Ξ=X Ο=O Π=P Ρ=R Σ=S Τ=T Υ=Y Φ=F Χ=CH Ψ=PS Ω=O',
  'Ά=A Έ=E Ή=I Ό=O Ϊ=I Ϋ=Y',
  'ΓΓ=NG ΓΞ=NX ΓΧ=NCH ΟΥ=OU [^]ΜΠ=B ΜΠ[$]=B',
  `ΑΥ=AF ΕΥ=EF ΗΥ=IF ΑΥ[${VOICED}]=AV ΕΥ[${VOICED}]=EV ΗΥ[${VOICED}]=IV`,
)

/** Greek names as they stood in passports before, and as the holders were allowed to keep them. */
export const greekOlder = scheme(
  'Greek, older',
  'Β=V|B Γ=G|Y|GH Δ=D|DH Η=I|E Ή=I|E Θ=TH|T Ξ=X|KS Υ=Y|I|U Φ=F|PH Χ=H|CH|KH|X Κ=K|C Ω=O|W Ζ=Z',
  'ΜΠ=B|MP|MB ΝΤ=NT|D|ND ΓΚ=GK|G|NG ΓΓ=NG|GG ΟΥ=OU|U ΕΙ=EI|I ΟΙ=OI|I|E ΑΙ=AI|E ΑΥ=AU|AV|AF ΕΥ=EU|EV|EF ΤΖ=TZ|J|TJ ΓΙ=GI|Y|YI',
)
