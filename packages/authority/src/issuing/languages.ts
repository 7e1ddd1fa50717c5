/**
 * Languages that a name can be in: those with two letters in ISO 639-1, and some that have three only and are written by
 * people who need papers. Which letters become which depends on it, and an unknown tag would quietly get the general
 * tables.
 */
const TWO_LETTERS = `aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv
ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu`
const THREE_LETTERS = `ady alt bal ckb cnr crh dar din gag hyw inh kaa kab kbd kmr krc kum lez lzh mdf mhr mrj myv nog prs
rhg rom sah sdh syr tab tyv tzm udm und xal xmf zza`

const KNOWN: ReadonlySet<string> = new Set(`${TWO_LETTERS} ${THREE_LETTERS}`.split(/\s+/u))

/** A language, and after it what else a BCP 47 tag may say: script, region, variant. */
const TAG = /^([a-z]{2,3})(?:-[A-Za-z0-9]{2,8}){0,3}$/

export const isKnownLanguage = (tag: string): boolean => KNOWN.has(TAG.exec(tag)?.[1] ?? '')
