/** What stands on many pages. */
export const common = {
  /** In the browser's tab: says nothing of what this is. */
  tab: 'Forms',
  house: 'Office for Papers',
  specimen: {
    UTO: 'Specimen: Utopia does not exist. Nothing here is a travel document.',
    QRR: 'Specimen: Ruritania does not exist. Nothing here is a travel document.',
    QZZ: 'Specimen: Zembla does not exist. Nothing here is a travel document.',
  },
  skip: 'Skip to the content',
  languageName: 'Language: English',
  exit: 'Leave this site',
  back: 'Back',
  about: 'What this site can and cannot keep safe',
  aboutExit: 'Leaving, and what remains',
  footer: 'This site keeps no network addresses, counts no visitors and loads nothing from anyone else.',
  footerOnion: 'You are here by an onion address. “New Identity” in Tor Browser forgets this visit.',
  errorTitle: (title: string) => `Error: ${title}`,
  errorSummary: 'Something needs your attention',
  warning: 'Important: ',
  continue: 'Continue',
  save: 'Save',
  saveAndContinue: 'Save and continue',
  cancel: 'Cancel',
  change: 'Change',
  remove: 'Remove',
  yes: 'Yes',
  no: 'No',
  none: 'None',
  optional: (label: string) => `${label} (can be left out)`,
  date: { day: 'Day', month: 'Month', year: 'Year' },
  asked: { why: 'Why we ask', who: 'Who sees it', leaveOut: 'Can it be left out?' },
  refused: {
    wrongHost: { title: 'Not here', text: 'No site answers to this address.' },
    notFound: {
      title: 'Not found',
      text: 'There is no such page, or it is not yours to see. If you followed a link, it may be out of date.',
      home: 'Go to the first page',
    },
    form: {
      title: 'Form out of date',
      text: 'This form did not come from a page that this browser has open now. Nothing was changed. Go back, load the page again, and send it once more.',
    },
    tooLarge: {
      title: 'Too large',
      text: 'What was sent is larger than this site takes. Nothing was changed.',
    },
    unreadable: {
      title: 'Not understood',
      text: 'What was sent could not be read. Perhaps the connection broke off. Nothing was changed: go back and try once more.',
    },
    scope: {
      title: 'Not for you',
      text: 'Only the person you are helping can do this, or let you do it.',
    },
    failed: {
      title: 'Not working',
      text: 'Something on our side failed. What you had saved before is still there. Please try again in a few minutes.',
    },
    busy: {
      title: 'Not possible now',
      text: 'The office cannot answer just now. What you had saved before is still there. Please try again in a few minutes.',
    },
  },
}
