import type { EvidenceKindCode, GroundCode, PlaceCode, StayBasisCode } from '@nansen/authority'

type Texts<Code extends string> = Readonly<Record<Code, string>>

const grounds: Texts<GroundCode> = {
  refugee: 'I am recognised as a refugee here.',
  'refugee-elsewhere': 'I was recognised as a refugee in another state, and live here now.',
  stateless: 'No state sees me as its citizen.',
  'subsidiary-protection': 'I have protection here, though not as a refugee.',
  'passport-refused': 'My state has refused to give me a passport, or to renew mine.',
  'passport-taken': 'My passport was taken from me or declared invalid.',
  'passport-not-to-be-asked-for':
    'Asking my state for a passport would put me or others in danger, or would ask of me what nobody should have to do.',
  'persecuted-for-opinion': 'I am persecuted for what I said, wrote, believe or refused to do.',
  'family-of-holder': 'My wife, husband, parent or child has such a passport, or is applying for one.',
  'no-ground-shown': 'None of the grounds was shown.',
  'identity-not-established': 'It could not be established who the person is.',
  'stay-not-lawful': 'The person does not stay here lawfully.',
  'own-passport-usable': 'The person has a passport of their own state that they can use safely.',
  'paper-held-already': 'The person has such a passport already.',
  'evidence-false': 'Evidence was false, and the person knew it.',
  'compelling-security': 'Compelling reasons of national security or public order speak against it.',
  'request-not-answered': 'What was asked for was not answered in time.',
}

const evidenceKinds: Texts<EvidenceKindCode> = {
  'old-passport-chip': 'Files from the chip of an old passport',
  'expired-passport': 'Passport, valid or expired',
  'internal-passport': 'Internal passport or identity card',
  'residence-permit': 'Residence permit',
  'birth-certificate': 'Birth certificate',
  'driving-licence': 'Driving licence',
  'marriage-certificate': 'Marriage certificate',
  diploma: 'Diploma or school certificate',
  referee: 'Statement of somebody who knows you',
  letter: 'Letter or anything else',
}

const stayBases: Texts<StayBasisCode> = {
  'residence-permit': 'Residence permit',
  'asylum-procedure': 'Asylum procedure',
  'temporary-protection': 'Temporary protection',
  visa: 'Visa',
  'visa-free': 'Visit without a visa',
  tolerated: 'I cannot be sent away (toleration)',
  none: 'I have none',
}

const places: Texts<PlaceCode> = {
  'office-capital': 'Office in the capital',
  'office-harbour': 'Office at the harbour',
  'consulate-ruritania': 'Consulate of Ruritania',
  'consulate-zembla': 'Consulate of Zembla',
  'mobile-team-north': 'Travelling team, north',
  'mobile-team-south': 'Travelling team, south',
}

/** What the codes of the rules say to people: a new code of a rule without a line here fails the build. */
export const rules = { grounds, evidenceKinds, stayBases, places }
