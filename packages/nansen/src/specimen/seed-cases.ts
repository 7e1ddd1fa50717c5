import {
  type AtDesk,
  addBlanks,
  addNote,
  appealCase,
  assignCase,
  type CaseOffice,
  collected,
  type DecisionInput,
  type Door,
  type DrawPage,
  decideFirst,
  decideSecond,
  decisionOver,
  dispatched,
  drawPassphrase,
  emptyPerson,
  issueCase,
  openAccount,
  openNotice,
  printed,
  putFile,
  qualityChecked,
  recordIdentityCheck,
  recordScreening,
  recordStay,
  releaseCase,
  requestMore,
  submit,
  writeDraft,
} from '@nansen/authority'
import type { SpecimenOfficers } from '@nansen/signing/specimen-officers'
import { SEED_PEOPLE, type SeedPerson } from './seed-people.ts'
import { specimenDocument } from './specimen-document.ts'
import { specimenPortrait } from './specimen-portrait.ts'

/** The passphrase of an invented applicant, for whoever wants to look at a case from their side. */
export interface SeededAccount {
  readonly name: string
  readonly words: string
}

/**
 * An office at work: invented people apply, are seen, asked for more, decided on, refused, and given papers, through the
 * same acts as everybody. Only in an office that has no case yet.
 * @returns the accounts; none where there were cases, or where it was stopped
 */
export async function seedCases(
  office: CaseOffice,
  specimens: SpecimenOfficers,
  drawPage: DrawPage | undefined,
  signal: AbortSignal,
): Promise<readonly SeededAccount[]> {
  const [{ count } = { count: 0 }] = await office.store.transaction((tx) =>
    tx.query<{ count: number }>('select count(*) as count from case_file'),
  )
  if (count > 0) return []
  const seeding = new Seeding(office, specimens, drawPage, signal)
  try {
    await seeding.run()
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return seeding.accounts
}

const APPROVED: DecisionInput = {
  decision: 'approve',
  grounds: ['passport-not-to-be-asked-for'],
  letter: '',
  documentCode: 'PT',
}
const LETTER =
  'Мы не смогли установить, что обратиться за собственным паспортом вам нельзя. Вы можете обжаловать это решение: ' +
  'жалобу рассмотрит сотрудник, который в нём не участвовал.'

class Seeding {
  readonly accounts: SeededAccount[] = []
  readonly #office: CaseOffice
  readonly #specimens: SpecimenOfficers
  readonly #drawPage: DrawPage | undefined
  readonly #signal: AbortSignal
  readonly #desks = new Map<string, AtDesk>()
  #seed = 1

  constructor(
    office: CaseOffice,
    specimens: SpecimenOfficers,
    drawPage: DrawPage | undefined,
    signal: AbortSignal,
  ) {
    this.#office = office
    this.#specimens = specimens
    this.#drawPage = drawPage
    this.#signal = signal
  }

  async run(): Promise<void> {
    const people = SEED_PEOPLE
    await addBlanks(this.#office, await this.#desk('Petra'), 'UT0001000', 40)
    // From the end of the work to its beginning: whoever looks while this runs sees something everywhere soon.
    const anna = await this.#applied(people.collected)
    await this.#issued(anna.id, people.collected)
    await this.#onto('UT0001000', anna.id)
    await dispatched(this.#office, await this.#desk('Petra'), anna.id)
    await collected(this.#office, await this.#desk('Petra'), anna.id)

    const denis = await this.#applied(people.printing)
    await this.#issued(denis.id, people.printing)
    await printed(this.#office, await this.#desk('Petra'), denis.id, 'UT0001001')

    await this.#decided((await this.#applied(people.approved)).id, people.approved)
    await this.#first((await this.#applied(people.decided)).id, people.decided)
    await this.#recorded((await this.#applied(people.ready)).id)

    const refused = await this.#applied(people.refused)
    await this.#refused(refused.id)
    const appealing = await this.#applied(people.appealing)
    await this.#refused(appealing.id)
    await appealCase(
      this.#office,
      appealing.door,
      appealing.id,
      'Мой паспорт истёк, а в консульстве мне в новом отказали. Я приложу ответ.',
    )

    const wanted = await this.#applied(people.wanted)
    const ivo = await this.#taken('Ivo', wanted.id)
    await openNotice(this.#office, ivo, wanted.id, {
      origin: 'state-of-origin',
      text: 'Notice of the state that the applicant fled; CCF asked.',
    })
    await releaseCase(this.#office, ivo, wanted.id)

    await this.#applied(people.once)
    await this.#applied(people.twice)
    const seen = await this.#applied(people.seen)
    await this.#seen(seen.id)
    await releaseCase(this.#office, await this.#desk('Iris'), seen.id)

    const waiting = await this.#applied(people.waiting)
    const iris = await this.#taken('Iris', waiting.id)
    await requestMore(this.#office, iris, waiting.id, {
      items: [
        {
          code: 'better-picture',
          text: 'Страница с фотографией видна не целиком: пришлите снимок всей страницы.',
        },
        { code: 'where-you-live', text: 'Напишите, на каком основании вы сейчас живёте в этой стране.' },
      ],
      due: this.#day(21),
      language: 'ru',
    })
    await addNote(this.#office, iris, waiting.id, 'Asked for the whole page; otherwise clear.')
    await this.#applied(people.mother, [people.daughter, people.son])
    await this.#applied(people.refugee)
    await this.#applied(people.fresh)
  }

  async #applied(
    applicant: SeedPerson,
    children: readonly SeedPerson[] = [],
  ): Promise<{ readonly id: string; readonly door: Door }> {
    this.#signal.throwIfAborted()
    const office = this.#office
    const words = drawPassphrase(office.random, 'cyrillic').join(' ')
    const door = await openAccount(office, words)
    const people = [applicant, ...children]
    const files: { readonly photo: string; readonly picture: string }[] = []
    for (const place of people.keys()) {
      const seed = this.#seed++
      files.push({
        photo: await putFile(office, door, specimenPortrait(seed, { child: place > 0 })),
        picture: await putFile(office, door, specimenDocument(place > 0 ? 'certificate' : 'booklet', seed)),
      })
    }
    await writeDraft(office, door, (draft) => ({
      ...draft,
      language: 'ru',
      people: people.map(({ documentCode: _, ...person }, place) => {
        const { photo, picture } = files[place]!
        const id = draft.people[place]?.id ?? this.#id()
        const kind = place > 0 ? 'birth-certificate' : 'expired-passport'
        return {
          ...emptyPerson(id),
          ...person,
          spellingConfirmed: true,
          photo,
          evidence: [{ id: this.#id(), kind, file: picture }],
        }
      }),
      reasons: ['passport-not-to-be-asked-for'],
      story:
        'Я уехала из-за войны и обратиться в консульство не могу: там мне предложили вернуться. История придумана.',
      stay: { country: 'UTO', basis: 'temporary-protection', until: this.#day(300) },
      meeting: 'office-harbour',
      waiver: children.length > 0,
      solidarity: children.length > 0 ? 0 : 500,
    }))
    const [first] = await submit(office, door)
    this.accounts.push({ name: `${applicant.familyName} ${applicant.givenNames}`.trim(), words })
    return { id: first!.caseId, door }
  }

  async #seen(id: string): Promise<void> {
    await recordIdentityCheck(this.#office, await this.#taken('Iris', id), id, {
      place: 'office-harbour',
      day: this.#day(0),
      evidenceLevel: 3,
      portraitMatches: true,
      seen: ['expired-passport'],
      note: '',
    })
  }

  async #recorded(id: string): Promise<void> {
    await this.#seen(id)
    const iris = await this.#desk('Iris')
    await recordStay(this.#office, iris, id, {
      lawful: true,
      basis: 'temporary-protection',
      until: this.#day(300),
      seen: ['residence-permit'],
    })
    await recordScreening(this.#office, iris, id, { result: 'clear', by: 'host-state', day: this.#day(0) })
  }

  async #first(id: string, { documentCode }: SeedPerson, input: Partial<DecisionInput> = {}): Promise<void> {
    await this.#recorded(id)
    const dario = await this.#taken('Dario', id)
    const decision = { ...APPROVED, grounds: groundsFor(documentCode), documentCode, ...input }
    const { challenge } = await decisionOver(this.#office, dario, id, decision)
    await decideFirst(this.#office, dario, id, decision, await this.#approval(dario, challenge))
  }

  async #decided(id: string, person: SeedPerson, input: Partial<DecisionInput> = {}): Promise<void> {
    await this.#first(id, person, input)
    const dana = await this.#taken('Dana', id)
    const { challenge } = await decisionOver(this.#office, dana, id)
    const second = { agree: true, reason: '' }
    await decideSecond(this.#office, dana, id, second, await this.#approval(dana, challenge))
  }

  #refused(id: string): Promise<void> {
    const input = { decision: 'refuse', grounds: ['no-ground-shown'], letter: LETTER } as const
    return this.#decided(id, SEED_PEOPLE.refused, input)
  }

  async #issued(id: string, person: SeedPerson): Promise<void> {
    await this.#decided(id, person)
    await issueCase(this.#office, await this.#taken('Petra', id), id, this.#drawPage)
  }

  async #onto(blank: string, id: string): Promise<void> {
    const petra = await this.#desk('Petra')
    await printed(this.#office, petra, id, blank)
    await qualityChecked(this.#office, petra, id, true)
  }

  async #taken(name: string, id: string): Promise<AtDesk> {
    this.#signal.throwIfAborted()
    const desk = await this.#desk(name)
    await assignCase(this.#office, desk, id)
    return desk
  }

  async #desk(name: string): Promise<AtDesk> {
    const known = this.#desks.get(name)
    if (known !== undefined) return known
    const { officers } = this.#office.signing
    const officer = this.#specimens.list().find(({ label }) => label === name)
    if (officer === undefined) throw new RangeError('no such officer')
    const session = await officers.signIn(
      await this.#specimens.answer(officer.id, await officers.challenge()),
    )
    const desk = { officer: session.officer, token: session.token }
    this.#desks.set(name, desk)
    return desk
  }

  async #approval({ officer }: AtDesk, challenge: string) {
    return { officer: officer.id, assertion: await this.#specimens.answer(officer.id, challenge) }
  }

  #id(): string {
    return Buffer.from(this.#office.random(16)).toString('hex')
  }

  /** A day so many days from now: `2026-11-25`. */
  #day(days: number): string {
    return new Date(this.#office.clock().getTime() + days * 86_400_000).toISOString().slice(0, 10)
  }
}

const groundsFor = (documentCode: 'PR' | 'PS' | 'PT'): readonly string[] =>
  documentCode === 'PS'
    ? ['stateless']
    : documentCode === 'PR'
      ? ['refugee']
      : ['passport-not-to-be-asked-for']
