import type { CaseFile } from '@nansen/authority'
import type { OfficerContext } from '../../server/context.ts'
import { birthDay } from '../../text/dates.ts'
import { caseHref } from '../frame/case-page.tsx'
import { CaseTags, Clock } from '../frame/case-words.tsx'

/** Whose case this is: on top of every page of it, so that nobody decides about another. */
export function IdentityBar({ context, file }: { context: OfficerContext; file: CaseFile }) {
  const t = context.text.office.case
  const { row, photo, application } = file
  const { person } = application
  return (
    <section class="identity" aria-label={t.bar}>
      {photo === undefined ? (
        <span class="no-portrait">{t.noPortrait}</span>
      ) : (
        <img src={caseHref(row.caseId, 'picture/photo')} alt={t.portrait} width={70} height={90} />
      )}
      <div>
        <p class="who" lang={person.nameLanguage || undefined}>
          {fullName(person)}
        </p>
        <p>
          {person.birthDate.startsWith('XXXX')
            ? t.bornUnknown
            : `${t.born} ${birthDay(person.birthDate, context.language, '')}`}{' '}
          · <span class="code">{row.code}</span>
        </p>
        <p>
          <CaseTags context={context} row={row} />
        </p>
        <p>
          <Clock context={context} row={row} />
        </p>
      </div>
    </section>
  )
}

export const fullName = ({ familyName, givenNames }: CaseFile['application']['person']): string =>
  [familyName, givenNames].filter(Boolean).join(', ')
