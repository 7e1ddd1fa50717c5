import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Corruption, change, flipped, rowsOf, type StoredOffice, unguard } from './corruption.ts'

const placed = `select position from log_entry where position is not null order by position limit 1`

/** The numbered checkpoints, the oldest first. */
function checkpointsOf({ checkpoints }: StoredOffice): readonly string[] {
  const names = readdirSync(checkpoints).filter((name) => /^\d{12}$/.test(name))
  if (names.length < 2) throw new Error('nothing to corrupt: fewer than two checkpoints')
  return names.sort().map((name) => join(checkpoints, name))
}

/** One bit of a file under the log's folder, of the level said. */
function flipTile({ log }: StoredOffice, level: '0' | 'entries'): void {
  const folder = join(log, 'tile', level)
  const [path] = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // The widest partial tile is what the newest checkpoint is made of.
    .sort((a, b) => readFileSync(b).length - readFileSync(a).length)
  if (path === undefined) throw new Error('nothing to corrupt: no tile')
  writeFileSync(path, flipped(readFileSync(path)))
}

/** A signed note whose text or signature says something else. */
function editNote(path: string, edit: (lines: string[]) => string[]): void {
  writeFileSync(path, edit(readFileSync(path, 'utf8').split('\n')).join('\n'))
}

/** Base64 with another first digit. */
const otherDigit = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

/** The tree, its tiles and its checkpoints. P19 */
export const corruptionsOfLog: readonly Corruption[] = [
  {
    name: 'a row that has its place in the log is removed',
    invariant: 6,
    plant: async (office) =>
      change(office, `delete from log_entry where position = (${placed}) returning true`),
  },
  {
    name: 'the salt of a row of the log is changed',
    invariant: 6,
    plant: async (office) => {
      const [row] = await rowsOf(office, `select position, salt from log_entry where position = (${placed})`)
      await change(office, 'update log_entry set salt = $2 where position = $1 returning true', [
        row!.position as number,
        flipped(row!.salt as Uint8Array),
      ])
    },
  },
  {
    name: 'two rows of the log have exchanged their places',
    invariant: 6,
    plant: async (office) => {
      await unguard(office, 'log_entry')
      await rowsOf(office, 'select true from log_entry where position in (0, 1)', [], 2)
      await change(
        office,
        'update log_entry set position = 1 - position where position in (0, 1) returning true',
      )
    },
  },
  {
    name: 'a row of the log has lost its place',
    invariant: 6,
    plant: async (office) =>
      change(office, `update log_entry set position = null where position = (${placed}) returning true`),
  },
  {
    name: 'the head of the log is smaller',
    invariant: 6,
    plant: async (office) =>
      change(office, 'update log_head set size = size - 1 where size > 0 returning true'),
  },
  {
    name: 'the head of the log has another root',
    invariant: 6,
    plant: async (office) => {
      const [row] = await rowsOf(office, 'select root from log_head')
      await change(office, 'update log_head set root = $1 returning true', [flipped(row!.root as Uint8Array)])
    },
  },
  {
    name: 'a bit of a tile is another',
    invariant: 6,
    plant: async (office) => flipTile(office, '0'),
  },
  {
    name: 'a bit of a bundle of entries is another',
    invariant: 6,
    plant: async (office) => flipTile(office, 'entries'),
  },
  {
    name: 'the tiles are gone',
    invariant: 6,
    plant: async ({ log }) => rmSync(join(log, 'tile', '0'), { recursive: true }),
  },
  {
    name: 'the stored checkpoints are rolled back by one',
    invariant: 6,
    plant: async (office) => rmSync(checkpointsOf(office).at(-1)!),
  },
  {
    name: 'the newest stored checkpoint is an older one again',
    invariant: 6,
    plant: async (office) => {
      const all = checkpointsOf(office)
      writeFileSync(all.at(-1)!, readFileSync(all.at(-2)!))
    },
  },
  {
    name: 'the public checkpoint has another root',
    invariant: 6,
    plant: async ({ log }) =>
      editNote(join(log, 'checkpoint'), (lines) => lines.with(2, otherDigit(lines[2]!))),
  },
  {
    name: 'the signature of the public checkpoint is not that of the log',
    invariant: 6,
    plant: async ({ log }) =>
      editNote(join(log, 'checkpoint'), (lines) => {
        const at = lines.findIndex((line) => line.startsWith('\u2014 '))
        const end = lines[at]!.length - 8
        return lines.with(at, lines[at]!.slice(0, end) + otherDigit(lines[at]!.slice(end)))
      }),
  },
]
