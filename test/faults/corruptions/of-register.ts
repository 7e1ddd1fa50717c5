import { type Corruption, change, rowsOf, unguard } from './corruption.ts'

const live = `stage in ('released', 'delivered')`

/** What the register says, and what others say of it. P4, P7 */
export const corruptionsOfRegister: readonly Corruption[] = [
  {
    name: 'a paper is removed from the register',
    invariant: 7,
    plant: async (office) =>
      change(
        office,
        `delete from paper where id = (select id from paper where ${live} order by id limit 1) returning true`,
      ),
  },
  {
    name: 'a released paper is put back to recorded',
    invariant: 7,
    plant: async (office) =>
      change(
        office,
        `update paper set stage = 'recorded', sod = null
          where id = (select id from paper where ${live} order by id limit 1) returning true`,
      ),
  },
  {
    name: 'a released paper is marked void',
    invariant: 7,
    plant: async (office) =>
      change(
        office,
        `update paper set stage = 'void'
          where id = (select id from paper where ${live} order by id limit 1) returning true`,
      ),
  },
  {
    name: 'a released paper has no signature',
    invariant: 8,
    plant: async (office) =>
      change(
        office,
        `delete from signature where intent_id = (select intent_id from paper where ${live} order by id limit 1)
         returning true`,
      ),
  },
  {
    name: 'two papers have one number',
    invariant: 3,
    plant: async (office) => {
      await unguard(office, 'paper')
      await takeFromAnother(office, 'number_index')
    },
  },
  {
    name: 'one order has two live papers',
    invariant: 3,
    plant: async (office) => {
      await unguard(office, 'paper')
      await takeFromAnother(office, 'order_digest')
    },
  },
  {
    name: 'two papers rest on one intent',
    invariant: 3,
    plant: async (office) => {
      await unguard(office, 'paper')
      await takeFromAnother(office, 'intent_id')
    },
  },
  {
    name: 'two certificates have one serial',
    invariant: 3,
    plant: async (office) => {
      await unguard(office, 'trust_object')
      const serials = `select serial from trust_object where serial is not null order by serial`
      await rowsOf(office, serials, [], 2)
      await change(
        office,
        `update trust_object set serial = (${serials} limit 1)
          where serial = (${serials} offset 1 limit 1) returning true`,
      )
    },
  },
  {
    name: 'a certificate is removed from what the authority has signed about itself',
    invariant: 7,
    plant: async (office) =>
      change(
        office,
        `delete from trust_object where intent_id =
           (select intent_id from trust_object where serial is not null order by serial limit 1) returning true`,
      ),
  },
  {
    name: 'the contents of two papers are exchanged',
    invariant: 8,
    plant: (office) => exchange(office, 'content'),
  },
  {
    name: 'the security objects of two papers are exchanged',
    invariant: 8,
    plant: (office) => exchange(office, 'sod'),
  },
  {
    name: 'the key of a case is missing',
    invariant: 7,
    plant: async (office) => {
      await unguard(office, 'case_key')
      await change(
        office,
        `delete from case_key where case_id = (select case_id from paper where stage <> 'void' order by id limit 1)
         returning true`,
      )
    },
  },
]

/** Gives the second of two live papers what the first has. */
const takeFromAnother = (office: Parameters<typeof change>[0], column: string): Promise<void> =>
  change(
    office,
    `update paper set ${column} = first.${column}
       from (select id, ${column} from paper where ${live} order by id limit 1) first
      where paper.id = (select id from paper where ${live} order by id offset 1 limit 1) returning true`,
  )

async function exchange(office: Parameters<typeof change>[0], column: string): Promise<void> {
  await rowsOf(office, `select true from paper where ${column} is not null`, [], 2)
  await change(
    office,
    `with two as (select id, ${column} as own, row_number() over (order by id) as place
                    from paper where ${column} is not null order by id limit 2)
     update paper set ${column} = other.own from two mine, two other
      where paper.id = mine.id and other.id <> mine.id returning true`,
  )
}
