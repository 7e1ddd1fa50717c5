import { scheme } from '../scheme.ts'

/**
 * Georgian: the national system of 2002, used in passports, without its apostrophes, which the MRZ cannot
 * hold. So კ and ქ, პ and ფ, ტ and თ, ჭ and ჩ, წ and ც fall together.
 */
export const georgia = scheme(
  'Georgia',
  'ა=A ბ=B გ=G დ=D ე=E ვ=V ზ=Z თ=T ი=I კ=K ლ=L მ=M ნ=N ო=O პ=P ჟ=ZH რ=R ს=S ტ=T უ=U ფ=P ქ=K ღ=GH ყ=Q შ=SH',
  'ჩ=CH ც=TS ძ=DZ წ=TS ჭ=CH ხ=KH ჯ=J ჰ=H',
)

/** Georgian in older documents: by way of Russian, or as it sounds to a clerk. */
export const georgianOlder = scheme(
  'Georgian, older',
  'თ=T|TH კ=K|C ვ=V|W ჟ=J|ZH უ=U|OU ფ=P|F|PH ქ=K|Q ღ=G|GH ყ=K|Q|KH შ=SH|CH ჩ=CH|TCH ც=C|TS|TZ ძ=DZ|Z წ=TS|TZ|C',
  'ჭ=TCH|CH ხ=KH|H|X ჯ=DJ|DZH|J ჰ=H|G',
)

const ARMENIAN_VOWELS = 'ԱԵԷԸՈՒՕ'

/**
 * Armenian (Eastern): what passports carry, which is the PCGN table of 1981 without its marks. The
 * government's regulation 220-N of 2011 confirms GH, DZ, CH, TS, KH, ZH, K and P for place names.
 * և arrives as ԵՒ, its upper case.
 */
export const armenia = scheme(
  'Armenia',
  'Ա=A Բ=B Գ=G Դ=D Ե=E Զ=Z Է=E Ը=Y Թ=T Ժ=ZH Ի=I Լ=L Խ=KH Ծ=TS Կ=K Հ=H Ձ=DZ Ղ=GH Ճ=CH Մ=M Յ=Y Ն=N Շ=SH Ո=O',
  'Չ=CH Պ=P Ջ=J Ռ=R Ս=S Վ=V Տ=T Ր=R Ց=TS Ւ=V Փ=P Ք=K Օ=O Ֆ=F ՈՒ=U',
  '[^]Ո=VO [^]ՈՎ=OV|VOV',
  `[^${ARMENIAN_VOWELS}]Ե=YE|E`,
)

/** Armenian in older documents: by way of Russian (-IAN), or as it sounds to a clerk. */
export const armenianOlder = scheme(
  'Armenian, older',
  'Ե=E|YE Ը=E|A|U Թ=T|TH Ժ=J|ZH Ծ=TZ|DZ Ձ=DZ|TZ Ղ=G|GH Ճ=TCH|J Յ=I|J|H Ջ=DJ|DZH Շ=SH|CH Չ=TCH|CH Ռ=RR|R Ց=C|TZ',
  'Փ=PH|P Ք=Q|C|KH ՈՒ=OU|U Ո=O|VO Վ=W|V Ւ=W|V [Ի]Ե=IE|YE|E ՅԱ=IA|EA|YA ՅՈՒ=IU|YU|IOU',
)
