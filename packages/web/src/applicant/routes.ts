import {
  applicantGet,
  applicantPost,
  applicantUpload,
  publicGet,
  publicPost,
  type Route,
} from '../server/route.ts'
import { answer, answerItem, answerItemPost, answerPost } from './answer.tsx'
import { appeal, appealPost } from './appeal.tsx'
import { begin, beginPost, check, checkPost, words } from './begin.tsx'
import { birth, birthPost } from './birth.tsx'
import { checkAnswers, submitPost } from './check-answers.tsx'
import { enterGet, enterPost } from './enter.tsx'
import { evidence, evidenceAdd, evidenceAddPost, evidenceRemove } from './evidence.tsx'
import { family, familyAdd, familyRemove, familyRemovePost } from './family.tsx'
import { fee, feePost } from './fee.tsx'
import { file } from './file.ts'
import { helperAdd, helperAddPost, helperRevoke, helpers, helperWords, helperWordsPost } from './helpers.tsx'
import { home } from './home.tsx'
import { letter } from './letter.tsx'
import { lostWords } from './lost-words.tsx'
import { meeting, meetingPost } from './meeting.tsx'
import { name, namePost } from './name.tsx'
import { photo, photoPost } from './photo.tsx'
import { reasons, reasonsPost } from './reasons.tsx'
import { receipt } from './receipt.tsx'
import { spelling, spellingPost } from './spelling.tsx'
import { status } from './status.tsx'
import { stay, stayPost } from './stay.tsx'
import { stopWordsPost } from './stop-words.ts'
import { withdraw, withdrawPost } from './withdraw.tsx'

/** Pages of the person who applies, in the order in which they meet them. */
export const applicantRoutes: readonly Route[] = [
  publicGet('/begin', (context) => begin(context)),
  publicPost('/begin', beginPost),
  publicGet('/begin/words', words),
  publicGet('/begin/check', (context) => check(context)),
  publicPost('/begin/check', checkPost),
  publicGet('/enter', enterGet),
  publicPost('/enter', enterPost),

  applicantGet('/my', home),
  applicantGet('/my/person/:person/name', name),
  applicantPost('/my/person/:person/name', namePost),
  applicantGet('/my/person/:person/spelling', spelling),
  applicantPost('/my/person/:person/spelling', spellingPost),
  applicantGet('/my/person/:person/birth', birth),
  applicantPost('/my/person/:person/birth', birthPost),
  applicantGet('/my/person/:person/photo', photo),
  applicantUpload('/my/person/:person/photo', photoPost),
  applicantGet('/my/person/:person/evidence', evidence),
  applicantPost('/my/person/:person/evidence', evidenceRemove),
  applicantGet('/my/person/:person/evidence/add', evidenceAdd),
  applicantUpload('/my/person/:person/evidence/add', evidenceAddPost),
  applicantGet('/my/file/:file', file),
  applicantGet('/my/reasons', reasons),
  applicantPost('/my/reasons', reasonsPost),
  applicantGet('/my/stay', stay),
  applicantPost('/my/stay', stayPost),
  applicantGet('/my/family', (context) => family(context)),
  applicantPost('/my/family', familyAdd),
  applicantGet('/my/family/:person/remove', familyRemove),
  applicantPost('/my/family/:person/remove', familyRemovePost),
  applicantGet('/my/meeting', meeting),
  applicantPost('/my/meeting', meetingPost),
  applicantGet('/my/fee', fee),
  applicantPost('/my/fee', feePost),
  applicantGet('/my/check', checkAnswers),
  applicantPost('/my/submit', submitPost),
  applicantGet('/my/receipt', receipt),
  applicantGet('/my/lost-words', lostWords),

  applicantGet('/my/case/:case', status),
  applicantGet('/my/case/:case/letter/:letter', letter),
  applicantGet('/my/case/:case/answer', answer),
  applicantPost('/my/case/:case/answer', answerPost),
  applicantGet('/my/case/:case/answer/:item', answerItem),
  applicantUpload('/my/case/:case/answer/:item', answerItemPost),
  applicantGet('/my/case/:case/appeal', (context) => appeal(context)),
  applicantPost('/my/case/:case/appeal', appealPost),
  applicantGet('/my/case/:case/withdraw', (context) => withdraw(context)),
  applicantPost('/my/case/:case/withdraw', withdrawPost),
  applicantPost('/my/case/:case/stop-words', stopWordsPost),

  applicantGet('/my/helpers', helpers),
  applicantGet('/my/helpers/add', (context) => helperAdd(context)),
  applicantPost('/my/helpers/add', helperAddPost),
  applicantGet('/my/helpers/words', helperWords),
  applicantPost('/my/helpers/words', helperWordsPost),
  applicantPost('/my/helpers/:helper/revoke', helperRevoke),
]
