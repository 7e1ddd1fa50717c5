import { publicGet, publicPost, type Route } from '../server/route.ts'
import { about } from './about.tsx'
import { exit } from './exit.ts'
import { holidays } from './holidays.tsx'
import { leaving } from './leaving.tsx'
import { start } from './start.tsx'

/** Pages for anybody; nothing on them needs a script or says who looks. */
export const publicRoutes: readonly Route[] = [
  publicGet('/', start),
  publicGet('/about', about),
  publicGet('/leaving', leaving),
  publicGet('/exit', exit),
  publicPost('/exit', exit),
  publicGet('/holidays', holidays),
]
