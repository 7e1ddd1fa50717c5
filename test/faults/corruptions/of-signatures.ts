import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { type Corruption, change, flipped, rowsOf, type StoredOffice, unguard } from './corruption.ts'

type Line = Record<string, unknown>

/** The lines of the key service's journal, changed; chained anew if asked for, as who knows the rules would. */
function changeKeyJournal(
  { keyJournal }: StoredOffice,
  edit: (lines: string[]) => string[],
  chained: 'as it was' | 'anew',
): void {
  const before = readFileSync(keyJournal, 'latin1').split('\n').slice(0, -1)
  if (before.length < 3) throw new Error('nothing to corrupt: the journal of the keys is too short')
  const after = edit([...before])
  writeFileSync(keyJournal, `${(chained === 'anew' ? rechained(after) : after).join('\n')}\n`, 'latin1')
}

function rechained(lines: readonly string[]): string[] {
  let previous = '0'.repeat(64)
  return lines.map((text, number) => {
    const line = JSON.stringify({ ...(JSON.parse(text) as Line), number, previous })
    previous = createHash('sha256').update(line, 'latin1').digest('hex')
    return line
  })
}

const edited = (text: string, changes: Line): string =>
  JSON.stringify({ ...(JSON.parse(text) as Line), ...changes })

const middle = (lines: readonly string[]): number => lines.length >> 1

/** A released paper's intent. */
const ofPaper = `select intent_id from paper where stage in ('released', 'delivered') order by id limit 1`
/** An intent without a case: its bytes are in the clear. */
const ofPublic = `select intent_id from trust_object order by intent_id limit 1`

/** What the ledger and the key service's journal say to each other. P2, P3, P5 */
export const corruptionsOfSignatures: readonly Corruption[] = [
  {
    name: 'the key journal has a line for an intent that nobody recorded, its chain made anew',
    invariant: 1,
    plant: async (office) =>
      changeKeyJournal(
        office,
        (lines) => [...lines, edited(lines.at(-1)!, { intent: randomBytes(16).toString('hex') })],
        'anew',
      ),
  },
  {
    name: 'a line in the middle of the key journal is changed',
    invariant: 1,
    plant: async (office) =>
      changeKeyJournal(
        office,
        (lines) => lines.with(middle(lines), edited(lines[middle(lines)]!, { signature: '0'.repeat(64) })),
        'as it was',
      ),
  },
  {
    name: 'a line in the middle of the key journal is removed',
    invariant: 1,
    plant: async (office) =>
      changeKeyJournal(office, (lines) => lines.toSpliced(middle(lines), 1), 'as it was'),
  },
  {
    name: 'a line is removed from the key journal and its chain made anew: a signature without its line',
    invariant: 1,
    plant: async (office) => changeKeyJournal(office, (lines) => lines.toSpliced(middle(lines), 1), 'anew'),
  },
  {
    name: 'the last line of the key journal is cut off',
    invariant: 1,
    plant: async (office) => changeKeyJournal(office, (lines) => lines.slice(0, -1), 'as it was'),
  },
  {
    name: 'a signed intent is gone, with its signature and its paper',
    invariant: 1,
    plant: async (office) => {
      const [{ intent_id: intent } = {}] = await rowsOf(office, ofPaper)
      await unguard(office, 'intent', 'signature', 'paper')
      for (const [table, column] of [
        ['paper', 'intent_id'],
        ['signature', 'intent_id'],
        ['intent', 'id'],
      ])
        await change(office, `delete from ${table} where ${column} = $1 returning true`, [
          intent as Uint8Array,
        ])
    },
  },
  {
    name: 'a checkpoint was signed without an intent',
    invariant: 1,
    plant: async (office) => {
      await unguard(office, 'intent', 'signature')
      await change(
        office,
        `with one as (select intent_id from signature join intent on intent.id = intent_id
                       where purpose = 'log' order by intent_id limit 1),
              gone as (delete from signature where intent_id in (select intent_id from one))
         delete from intent where id in (select intent_id from one) returning true`,
      )
    },
  },
  {
    name: 'the digest of an intent is changed',
    invariant: 1,
    plant: async (office) => {
      const [row] = await rowsOf(office, `select id, digest from intent where id in (${ofPaper})`)
      await change(office, 'update intent set digest = $2 where id = $1 returning true', [
        row!.id as Uint8Array,
        flipped(row!.digest as Uint8Array),
      ])
    },
  },
  {
    name: 'the bytes of an intent are changed',
    invariant: 1,
    plant: async (office) => {
      const [row] = await rowsOf(office, `select id, bytes from intent where id in (${ofPublic})`)
      await change(office, 'update intent set bytes = $2 where id = $1 returning true', [
        row!.id as Uint8Array,
        flipped(row!.bytes as Uint8Array),
      ])
    },
  },
  {
    name: 'an intent is of another key than signed it',
    invariant: 1,
    plant: async (office) =>
      change(
        office,
        `update intent set key_id = (select id from signing_key where purpose = 'csca' order by id limit 1)
          where id in (${ofPaper}) returning true`,
      ),
  },
  {
    name: 'a signature is replaced by that of another intent',
    invariant: 1,
    plant: async (office) => {
      await change(
        office,
        `update signature set value = (
           select value from signature other where other.intent_id <> signature.intent_id
            order by other.intent_id limit 1)
          where intent_id in (${ofPaper}) returning true`,
      )
    },
  },
  {
    name: 'the intent of a released paper is voided',
    invariant: 2,
    plant: async (office) =>
      change(
        office,
        `insert into voided (intent_id, reason) select intent_id, 'never-finishes' from (${ofPaper}) one returning true`,
      ),
  },
  {
    name: 'an intent is neither signed nor void',
    invariant: 2,
    plant: async (office) => {
      const values = [randomBytes(16), randomBytes(32), randomBytes(32), randomBytes(32), randomBytes(64)]
      await change(
        office,
        `insert into intent (id, key_id, purpose, case_id, bytes, digest, decision, once)
         select $1, key_id, purpose, null, $5, $2, $3, $4 from intent where id in (${ofPublic}) returning true`,
        values,
      )
    },
  },
]
