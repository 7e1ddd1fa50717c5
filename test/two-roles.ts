import { randomBytes } from 'node:crypto'
import { grantTo, migrate, openStore, type PostgresqlStore } from '../packages/store/src/index.ts'

const random = (octets: number) => new Uint8Array(randomBytes(octets))

/** A schema as an authority should have it: of one role, and worked with by another. */
export interface TwoRoles {
  readonly schema: string
  /** For `openStore`, with the role that owns the schema and everything in it. */
  readonly owner: PostgresqlStore
  /** With the role of the office, which owns nothing. */
  readonly office: PostgresqlStore
}

/** @param url of a superuser, who makes the two roles */
export async function twoRoles(
  url: string,
  schema = `test_${randomBytes(6).toString('hex')}`,
): Promise<TwoRoles> {
  const name = randomBytes(6).toString('hex')
  const as = (role: string): PostgresqlStore => {
    const address = new URL(url)
    address.username = role
    return { kind: 'postgresql', url: address.href, schema, random, most: 4 }
  }
  const [owner, office] = [`owner_${name}`, `office_${name}`]
  // A schema of the superuser's own, which the store wants.
  const superuser = await openStore({ ...as('postgres'), schema: `super_${name}`, migrate: true })
  try {
    await superuser.transaction(async (tx) => {
      for (const role of [owner, office]) await tx.query(`create role ${role} login`)
      await tx.query(`create schema ${schema} authorization ${owner}`)
    })
  } finally {
    await superuser.close()
  }
  await migrate(as(owner))
  await grantTo(as(owner), office)
  return { schema, owner: as(owner), office: as(office) }
}
