import type { Readable } from 'node:stream'
import { type FieldClass, type StoredRow, type StoredValue, storedAboutNumber } from '@nansen/authority'
import { hex } from '@nansen/formats/tlv'
import { type KeyJournalLine, readKeyJournal } from '@nansen/signing'
import { UsageError } from '../exit.ts'
import { foldersOf, openOffice, readSettings } from '../office/index.ts'
import { parseOfficeOptions } from '../options.ts'
import { type Output, printable } from '../output.ts'

const HELP = `nansen legal-request --office DIR < FILE

Prints everything that this office stores about one paper, by its number: each field with its value and what it is
for. What is sealed is printed as so many octets. Folders that papers were written into are not looked at. The number is read from standard input,
so that it stands in no list of processes and in no history of a shell.

  --office DIR
  --help

Exit code   0 it was looked up, also where nothing is stored
`

const CLASSES: Readonly<Record<FieldClass, string>> = {
  public: 'public',
  chance: 'by chance',
  code: 'a code or a day',
  blind: 'a digest or a blind index',
  sealed: 'sealed',
  wrapped: 'for the key service alone',
}

/** Octets that are printed; more are counted. */
const MOST_OCTETS = 40
/** Characters of what comes in; a number has nine. */
const MOST_INPUT = 100

/** `nansen legal-request`. @param input where the number comes from */
export async function legalRequestCommand(
  arguments_: readonly string[],
  output: Output,
  input: Readable = process.stdin,
): Promise<number> {
  const options = parseOfficeOptions('nansen legal-request', arguments_, {}, output, HELP)
  if (options === undefined) return 0
  const settings = await readSettings(options.office)
  const number = await numberFrom(input)
  const { office, close } = await openOffice(options.office, settings, { environment: process.env })
  try {
    const rows = await storedAboutNumber(office, number)
    if (rows.length === 0) output.out('Nothing is stored under this number.\n')
    for (const row of rows) output.out(`${row.map(lineOf).join('\n')}\n\n`)
    if (rows.length === 0) return 0
    for (const line of inKeyJournal(foldersOf(options.office).keyJournal, rows))
      output.out(`the key service's journal, line ${line.number}: ${JSON.stringify(line)}\n\n`)
    output.out(`${aboutSealed(rows)}\n`)
    output.out('Folders that papers were written into are not looked at: what lies there can be produced.\n')
    return 0
  } finally {
    await close()
  }
}

/** @throws UsageError for nothing, or for more than a number */
async function numberFrom(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) {
    text += chunk
    if (text.length > MOST_INPUT) break
  }
  const number = text.trim()
  if (number === '' || text.length > MOST_INPUT || number.includes('\n'))
    throw new UsageError('give one number of a paper on standard input')
  return number
}

function lineOf({ field, value }: StoredValue): string {
  return `${field.name.padEnd(23)}${told(value)}  (${CLASSES[field.class]}: ${field.purpose})`
}

function told(value: unknown): string {
  if (value === null) return 'nothing'
  if (value instanceof Uint8Array) return value.length > MOST_OCTETS ? `${value.length} octets` : hex(value)
  return printable(value instanceof Date ? value.toISOString().slice(0, 10) : String(value))
}

/** What the key service has written down about the signature: digests, by the random id of the intent. */
function inKeyJournal(path: string, rows: readonly StoredRow[]): readonly KeyJournalLine[] {
  const id = rows.flat().find(({ field }) => field.name === 'intent.id')?.value
  return readKeyJournal(path).filter(({ intent }) => id instanceof Uint8Array && intent === hex(id))
}

function aboutSealed(rows: readonly StoredRow[]): string {
  const stage = rows.flat().find(({ field }) => field.name === 'paper.stage')?.value
  return stage === 'recorded' || stage === 'released'
    ? 'What is sealed can be read by this office until the paper is handed over.'
    : 'What is sealed is opened by no program of this office: the paper was handed over, or came to nothing. Until the ' +
        'case is erased, somebody with the device of the keys and a program of their own could.'
}
