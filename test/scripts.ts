/** Six scripts, each with the languages whose tables write it, their letters, and names of people who do not exist. */
export interface Script {
  readonly script: 'Latin' | 'Cyrillic' | 'Georgian' | 'Armenian' | 'Arabic' | 'Greek'
  readonly language: string
  readonly letters: string
  /** Of whom most holders with such names are nationals. */
  readonly nationality: string
  readonly familyNames: string
  readonly givenNames: string
}

export const SCRIPTS: readonly Script[] = [
  {
    script: 'Latin',
    language: 'de',
    letters: 'ABCDEFGHIJKLMNOPRSTUVZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆČĎĐĒĘĚĞĢĦĪĮİĶŁŃŇŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽß',
    nationality: 'XXA',
    familyNames:
      "Müller Żółkiewska Ångström O'Sullivan García-Márquez Đorđević Nguyễn Çelik Þórsson Łukasiewicz Weiß Bałtrušaitis",
    givenNames: 'Jörg Zofia Åsa Seán María-José Đurđica Anh Özgür Sigríður Małgorzata Désirée Jokūbas',
  },
  {
    script: 'Cyrillic',
    language: 'ru',
    letters: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
    nationality: 'RUS',
    familyNames:
      'Щербакова Жемчужников Объедков Соловьёв Цветаева Хрущёв Юрьев Мыльников Эйхенвальд Подъячев Яшин Зайцева',
    givenNames: 'Анна Юрий Ксения Пётр Игорь Любовь Фёдор Наталья Илья Дарья Эдуард Татьяна',
  },
  {
    script: 'Cyrillic',
    language: 'uk',
    letters: 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ',
    nationality: 'UKR',
    familyNames:
      "Їжакевич Ґалаґан Згурський Щур В'ячеславенко Єрьоменко Юхименко Розгонюк Кравців Яворівський Хмельницька Цибуля",
    givenNames: "Олексій Ганна Зіновій Мар'яна Юлія Євген Ївга Богдан Ґео Наталія Сергій Соломія",
  },
  {
    script: 'Cyrillic',
    language: 'be',
    letters: 'АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯ',
    nationality: 'BLR',
    familyNames:
      'Цімафеева Быкаў Шчарбіна Ўладзіміраў Дзяржынскі Ёсель Караткевіч Эйсмант Ляўкоў Юшкевіч Чарнышэвіч Янкоўская',
    givenNames: 'Святлана Уладзімір Алесь Юстына Фёдар Зміцер Цётка Ганна Ілля Эдвард Марыя Янка',
  },
  {
    script: 'Georgian',
    language: 'ka',
    letters: 'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ',
    nationality: 'GEO',
    familyNames:
      'ქავთარაძე წერეთელი ჭავჭავაძე ყიფიანი ღვინიაშვილი ჟორდანია ხვიჩია ძიძიგური ჩხეიძე ჯაფარიძე შენგელაია თოფურია',
    givenNames: 'გიორგი ნინო თამარ ვახტანგ ქეთევან ზურაბ ნათია ლევან ჯემალ ყვარყვარე მზია ილია',
  },
  {
    script: 'Armenian',
    language: 'hy',
    letters: 'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՓՔՕՖ',
    nationality: 'ARM',
    familyNames:
      'Պետրոսյան Խաչատրյան Ղազարյան Ծատուրյան Չարենց Ջանիբեկյան Թումանյան Ֆրունզե Օհանյան Ճուղուրյան Ռաֆֆի Շիրազ',
    givenNames: 'Նարե Արամ Գոհար Հովհաննես Շուշան Վազգեն Եղիշե Լուսինե Տիգրան Ծովինար Քրիստինե Զաբել',
  },
  {
    script: 'Arabic',
    language: 'ar',
    letters: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
    nationality: 'SYR',
    familyNames: 'الخطيب الحسيني قباني الزهراوي العظمة شقير الغزالي الضاهر ثابت الصباغ طعمة ذبيان',
    givenNames: 'ليلى محمد فاطمة خالد زينب يوسف نور عمر هدى إبراهيم سارة حسن',
  },
  {
    script: 'Greek',
    language: 'el',
    letters: 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ',
    nationality: 'GRC',
    familyNames:
      'Παπαδόπουλος Χατζηδάκης Μπουμπουλίνα Γκίκας Ντόκος Ξενάκη Ψαρράς Τσάτσος Ευαγγέλου Θεοδωράκη Ηλιάδης Ωρολογάς',
    givenNames: 'Γεώργιος Ελένη Ευάγγελος Χρήστος Αγγελική Ιωάννης Μπουμπού Ξένια Ψυχή Θάλεια Νικόλαος Ώρα',
  },
]
