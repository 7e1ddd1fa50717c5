import { styleText } from 'node:util'
import type { CheckResult, Finding, Inspection } from '@nansen/inspection'
import { printable } from '../output.ts'
import { AS_READ, KINDS, sentence, VERDICTS, whatToDo } from '../text/en.ts'

type Style = Parameters<typeof styleText>[0]

const COLOURS: Readonly<Record<Inspection['verdict']['verdict'], Style>> = {
  accepted: ['bold', 'green'],
  'not-valid': ['bold', 'yellow'],
  unproven: ['bold', 'cyan'],
  rejected: ['bold', 'red'],
}
const MARKS: Readonly<Record<CheckResult['result'], string>> = { passed: '✓', failed: '✗', 'not-done': '–' }
const MARK_COLOURS: Readonly<Record<CheckResult['result'], Style>> = {
  passed: 'green',
  failed: 'red',
  'not-done': 'cyan',
}

/** One inspection as lines for people: the answer first, then what was read, then each check with its reason. */
export function inspectionReport(name: string, inspection: Inspection, colour: boolean): string {
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const { verdict, kind, checks } = inspection
  const lines = [
    `${paint('bold', printable(name))}  ${KINDS[kind]}`,
    `  ${paint(COLOURS[verdict.verdict], VERDICTS[verdict.verdict].toUpperCase())}`,
    `  ${whatToDo(inspection)}`,
    ...(verdict.verdict === 'accepted' || facts(inspection).length === 0
      ? []
      : [`  ${AS_READ[verdict.verdict]}`]),
    ...facts(inspection).map(([label, value]) => `  ${label.padEnd(14)}${printable(value)}`),
    ...checks.flatMap((check) => [
      `  ${paint(MARK_COLOURS[check.result], MARKS[check.result])} ${checkLine(check)}`,
      ...counted(check.notes.map(findingLine)).map((note) => `      note: ${note}`),
    ]),
  ]
  return `${lines.join('\n')}\n`
}

function checkLine(check: CheckResult): string {
  const name = check.name.padEnd(20)
  return check.result === 'passed' ? `${name}[${check.cites}]` : `${name}${findingLine(check.finding)}`
}

const findingLine = ({ code, where, cites }: Finding): string =>
  `${sentence(code)} (${code}, ${where}) [${cites}]`

/** Each line once, with how often it came. */
function counted(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>()
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1)
  return [...times].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))
}

function facts({ document }: Inspection): [label: string, value: string][] {
  const { zone, signer, anchor } = document
  const rows: [string, string | undefined][] = [
    [
      'Document',
      zone &&
        [zone.documentCode, zone.kind && `(${zone.kind})`, 'of', zone.issuer, zone.number]
          .filter(Boolean)
          .join(' '),
    ],
    ['Name', zone && [zone.primaryIdentifier, zone.secondaryIdentifier].filter(Boolean).join(', ')],
    ['', zone?.nameMayBeTruncated ? 'the name may be longer than its field' : undefined],
    ['In full', document.fullName],
    ['Nationality', zone?.nationality],
    ['Born', zone && `${zone.birthDate} (YYMMDD, < unknown)   sex ${zone.sex}`],
    ['Expires', zone && `${zone.expiryDate} (YYMMDD)`],
    ['Return', document.returnRight],
    ['Certificates', document.certificates === undefined ? undefined : String(document.certificates)],
    ['Signed', document.signedAt],
    ['Signer', signer && `${signer.subject}, until ${signer.notAfter.slice(0, 10)}`],
    ['Trusted by', anchor && `${anchor.subject} (from ${anchor.provenance.join(', ')})`],
  ]
  return rows.filter((row): row is [string, string] => row[1] !== undefined)
}
