import type { ChipReading } from '@nansen/authority'
import { Details, Tag } from '../../html/index.ts'
import type { OfficerContext } from '../../server/context.ts'

const TONES = { accepted: 'good', 'not-valid': 'warm', unproven: 'warm', rejected: 'bad' } as const

/** What the chip of an old passport says, and whether its state's signature stands: read here, nobody was asked. */
export function ChipResult({ context, chip }: { context: OfficerContext; chip: ChipReading }) {
  const t = context.text.office.case.chip
  const { verdict } = chip.verdict
  const { zone } = chip.document
  return (
    <>
      <p>
        <Tag tone={TONES[verdict]}>{t.verdicts[verdict]}</Tag>
      </p>
      {zone !== undefined && (
        <p>
          {t.says}:{' '}
          <code>
            {[
              zone.issuer,
              zone.primaryIdentifier,
              zone.secondaryIdentifier,
              zone.birthDate,
              zone.nationality,
            ].join(' · ')}
          </code>
        </p>
      )}
      <Details summary={t.checks}>
        <ul>
          {chip.checks.map((check) => (
            <li>
              <code>{check.name}</code>: {t.results[check.result]}
              {'finding' in check && check.finding !== undefined && (
                <>
                  {' '}
                  (<code>{check.finding.code}</code>)
                </>
              )}
            </li>
          ))}
        </ul>
      </Details>
    </>
  )
}
