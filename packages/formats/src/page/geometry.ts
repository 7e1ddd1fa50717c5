/** Millimetres. A passport page lying on its long side. [9303-4 §2.1] */
export const PAGE = { width: 125, height: 88 } as const

/**
 * The machine readable zone at the foot of the page: two lines of 44 characters of OCR-B size 1, ten to the
 * inch; the lines lie symmetrically in the zone. [9303-3 §4.4] [9303-4 §4.2.1]
 */
export const ZONE = { height: 23.2, left: 6, pitch: 2.54, lineSpacing: 6.35 } as const

/** A portrait of 7 to 9. [9303-3 §3.9] */
export const PORTRAIT = { left: 6, top: 14.6, width: 35, height: 45 } as const
