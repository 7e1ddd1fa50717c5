import type { OfficerContext } from '../server/context.ts'
import { officeDoorGet, officeDoorPost, officerGet, officerPost, type Route } from '../server/route.ts'
import { closeRequest } from './acts/close-request.tsx'
import { duplicates, settle } from './acts/duplicates.tsx'
import { fee, settleFee } from './acts/fee.tsx'
import { handOver } from './acts/hand-over.tsx'
import { identityCheck } from './acts/identity-check.tsx'
import { newWords } from './acts/new-words.tsx'
import { note } from './acts/note.tsx'
import { notice } from './acts/notice.tsx'
import { requestMore } from './acts/request-more.tsx'
import { screening } from './acts/screening.tsx'
import { sendBack } from './acts/send-back.tsx'
import { stay } from './acts/stay.tsx'
import { caseView } from './case/case.tsx'
import { picture } from './case/picture.ts'
import { appeal } from './decision/appeal.tsx'
import { decide, preview, signDecision } from './decision/decide.tsx'
import { agree, giveBack, second } from './decision/second.tsx'
import { refusing } from './frame/refusal.tsx'
import { allow, draftAllowance } from './officers/allow.tsx'
import { draftEnrolment, enrol } from './officers/enrol.tsx'
import { end, officers } from './officers/officers.tsx'
import { securityOnly } from './officers/security-only.ts'
import { record, signRecord, throwAway } from './officers/sign-record.tsx'
import { addBlanks, board } from './production/board.tsx'
import { dataPage, paperZip } from './production/paper.ts'
import { paper, step } from './production/paper-page.tsx'
import { lostWords, takeOfLostWords } from './queue/lost-words.tsx'
import { find, queues, takeOrGiveBack } from './queue/queues.tsx'
import { enter, passkeyPage, signIn } from './sign-in/sign-in.tsx'
import { signInAsSpecimen, signInByPasskey, signOut } from './sign-in/signing-in.ts'
import { statistics } from './statistics/statistics.tsx'

type Handler = (context: OfficerContext) => Promise<Response> | Response

const get = (path: string, handler: Handler): Route => officerGet(path, refusing(handler))
const post = (path: string, handler: Handler): Route => officerPost(path, refusing(handler))

/** A form about a case: shown and sent under one path. */
const form = (path: string, { show, send }: { readonly show: Handler; readonly send: Handler }) => [
  get(path, show),
  post(path, send),
]

/** Pages of officers. Whoever is not signed in sees the way in, and nothing else. */
export const officeRoutes: readonly Route[] = [
  officeDoorGet('/office/sign-in', signIn),
  officeDoorGet('/office/enter', enter),
  officeDoorPost('/office/sign-in/passkey', passkeyPage),
  officeDoorPost('/office/sign-in', signInByPasskey),
  officeDoorPost('/office/sign-in/specimen', signInAsSpecimen),
  officeDoorPost('/office/sign-out', signOut),

  get('/office', queues),
  post('/office/find', find),
  post('/office/take', takeOrGiveBack),
  get('/office/lost-words', (context) => lostWords(context)),
  post('/office/lost-words', takeOfLostWords),

  get('/office/case/:id', caseView),
  get('/office/case/:id/picture/:part', picture),
  ...form('/office/case/:id/request', requestMore),
  ...form('/office/case/:id/close-request', closeRequest),
  ...form('/office/case/:id/identity-check', identityCheck),
  ...form('/office/case/:id/stay', stay),
  ...form('/office/case/:id/screening', screening),
  ...form('/office/case/:id/hand-over', handOver),
  ...form('/office/case/:id/send-back', sendBack),
  ...form('/office/case/:id/note', note),
  ...form('/office/case/:id/new-words', newWords),
  ...form('/office/case/:id/notice', notice),
  get('/office/case/:id/duplicates', duplicates),
  post('/office/case/:id/duplicates', settle),
  get('/office/case/:id/fee', fee),
  post('/office/case/:id/fee', settleFee),

  get('/office/case/:id/decide', decide),
  post('/office/case/:id/decide', preview),
  post('/office/case/:id/decide/sign', signDecision),
  get('/office/case/:id/second', second),
  post('/office/case/:id/second', agree),
  post('/office/case/:id/second/return', giveBack),
  ...form('/office/case/:id/appeal', appeal),

  get('/office/production', board),
  post('/office/production/blanks', addBlanks),
  get('/office/case/:id/production', paper),
  post('/office/case/:id/production', step),
  get('/office/case/:id/paper.zip', paperZip),
  get('/office/case/:id/datapage.pdf', dataPage),

  get('/office/officers', officers),
  get('/office/officers/enrol', securityOnly(enrol)),
  post('/office/officers/enrol', securityOnly(draftEnrolment)),
  post('/office/officers/end', securityOnly(end)),
  get('/office/officers/allow/:officer', securityOnly(allow)),
  post('/office/officers/allow/:officer', securityOnly(draftAllowance)),
  get('/office/officers/pending/:pending', securityOnly(record)),
  post('/office/officers/pending/:pending', securityOnly(signRecord)),
  post('/office/officers/pending/:pending/throw-away', securityOnly(throwAway)),

  get('/office/statistics', statistics),
]
