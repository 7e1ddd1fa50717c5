import type { Context } from '../server/context.ts'

/** 32 hexadecimal digits by chance: what a form makes is known by it, however often it is sent. */
export const newId = ({ office }: Context): string => Buffer.from(office.random(16)).toString('hex')

export const isId = (text: string): boolean => /^[0-9a-f]{32}$/u.test(text)
