import type { CaseFile, EvidencePiece } from '@nansen/authority'
import { countryName } from '../../applicant/country.ts'
import type { OfficerContext } from '../../server/context.ts'
import { birthDay } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import { evidenceWord, ruleWord } from '../frame/rule-words.ts'
import type { SectionProps } from './case.tsx'
import { ChipResult } from './chip-result.tsx'
import { fullName } from './identity-bar.tsx'
import { type Supported, supportedBy } from './supports.ts'

/** Each piece of evidence beside the facts that it speaks for, so that both are read together. */
export function EvidenceSection({ context, file }: SectionProps) {
  const t = context.text.office.case.evidence
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">{t.heading}</h2>
      {file.evidence.length === 0 ? <p>{t.none}</p> : <p class="hint">{t.lead}</p>}
      <ol class="evidence">
        {file.evidence.map((piece, i) => (
          <li id={`evidence-${i + 1}`}>
            <Piece context={context} file={file} piece={piece} number={i + 1} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface PieceProps {
  readonly context: OfficerContext
  readonly file: CaseFile
  readonly piece: EvidencePiece
  readonly number: number
}

function Piece({ context, file, piece, number }: PieceProps) {
  const t = context.text.office.case
  const kind = evidenceWord(context.text, piece.kind)
  const href = caseHref(file.row.caseId, `picture/${piece.id}`)
  const seen = file.checks.identity?.seen.includes(piece.kind)
  return (
    <>
      <div class="picture">
        {piece.picture === undefined ? (
          <p class="hint">{t.evidence.chip}</p>
        ) : (
          <a href={href}>
            <img src={href} alt={t.evidence.alt(kind, number)} loading="lazy" />
            <span>{t.evidence.enlarge}</span>
          </a>
        )}
      </div>
      <div>
        <h3>
          {number}. {kind}
        </h3>
        <p>
          {piece.request === undefined ? t.evidence.claimed : t.evidence.answered}
          {piece.strength !== undefined && <> · {t.evidence.strength(piece.strength)}</>}
          <br />
          {seen ? t.evidence.seen : t.evidence.notSeen}
        </p>
        {piece.chip !== undefined && <ChipResult context={context} chip={piece.chip} />}
        <p class="hint">{t.evidence.supports}</p>
        <dl class="supported">
          {supportedBy(piece).map((what) => (
            <div>
              <dt>{t.application[what]}</dt>
              <dd>{claimOf(context, file, what)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  )
}

function claimOf({ language, text }: OfficerContext, { application }: CaseFile, what: Supported): string {
  const { person, stay, reasons } = application
  switch (what) {
    case 'name':
      return fullName(person)
    case 'birth':
      return birthDay(person.birthDate, language, text.office.notTold)
    case 'nationality':
      return countryName(person.nationality, language)
    case 'stay':
      return `${countryName(stay.country, language)}: ${ruleWord(text, 'stayBases', stay.basis)}`
    case 'reasons':
      return reasons.map((code) => ruleWord(text, 'grounds', code)).join(' ')
  }
}
