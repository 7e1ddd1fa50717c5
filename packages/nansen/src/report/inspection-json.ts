import type { CheckResult, Inspection } from '@nansen/inspection'
import { jsonLine } from '../output.ts'

/**
 * One inspection as one line of JSON. The notes of a check stand beside it; a check that passed has the code of
 * its first note, or `ok`.
 * @param more members of a command's own
 */
export function inspectionJson(
  name: string,
  { kind, verdict, checks, document }: Inspection,
  more: Readonly<Record<string, unknown>> = {},
): string {
  return jsonLine({
    input: name,
    kind,
    verdict: verdict.verdict,
    checks: checks.map(checkJson),
    document,
    ...more,
  })
}

function checkJson(check: CheckResult) {
  const { name, result, notes } = check
  const found = check.result === 'passed' ? notes[0] : check.finding
  return {
    name,
    result,
    code: found?.code ?? 'ok',
    cites: check.result === 'passed' ? check.cites : check.finding.cites,
    ...(found && { where: found.where }),
    ...(notes.length > 0 && { notes }),
  }
}
