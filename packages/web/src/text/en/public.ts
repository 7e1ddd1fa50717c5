/** Pages for anybody. */
export const publicPages = {
  start: {
    title: 'Start',
    heading: 'A passport for people who cannot ask their own state for one',
    lead: 'You can apply here if your state refuses you papers, or if asking it would put you or others in danger.',
    begin: 'Begin',
    enter: 'Come back with your seven words',
    goOn: 'Go to my page',
    nothing: 'To begin you need no e-mail address, no telephone and no name.',
    how: {
      heading: 'How it goes',
      steps: [
        'You get seven words. They are the only key to your page; write them down.',
        'You answer questions, in any order, in as many visits as you like. Each answer is kept when you save it.',
        'You hand in your application and get a receipt.',
        'You are seen once, in person, by an officer at a place you choose.',
        'Two officers decide, each for themselves. If they say no, they say why, and another officer hears your appeal.',
        'Your passport is made, and you collect it.',
      ],
    },
    who: {
      heading: 'Who will see what',
      rows: [
        [
          'Before you hand it in',
          'Nobody but you, and a helper if you make one. Your answers are kept locked under your seven words.',
        ],
        [
          'After you hand it in',
          'Only officers who work on your case. Each time one of them opens it is counted, and you see the count.',
        ],
        [
          'At a border',
          'What is printed in the passport and stored in its chip. Nothing of your story or your evidence.',
        ],
        ['The state you left', 'Nothing, from us, ever.'],
      ],
    },
    never: {
      heading: 'What we never ask',
      items: [
        'Your address, your telephone, your e-mail.',
        'Who your relatives and friends are, and where they live.',
        'Your party, your faith, whom you love.',
        'Passwords, accounts, or your telephone itself.',
        'An oath, or to accuse anybody.',
      ],
    },
    neverDo: {
      heading: 'What we never do',
      items: [
        'We do not call, and we send no mail and no messages. Whoever does so in our name is not us.',
        'We say no word to the state you left, nor to its consulates or banks.',
        'We refuse nobody because a state says that person is wanted. Officers look at such a notice separately, and at where it comes from.',
        'We give nobody a list of the people who applied.',
      ],
    },
    time: {
      heading: 'How long it takes',
      text: 'Filling it in takes about forty minutes, and you can stop at any moment. From the day you hand it in, we must decide within 30 days, about a child within 20. If we need more from you, the clock stands still until you answer.',
    },
    cost: {
      heading: 'What it costs',
      text: (adult: string, child: string) =>
        `A passport costs ${adult}, for a child ${child}. You pay when you are seen, not before.`,
      free: 'It is free for anyone who says that they cannot pay. We ask for no proof of that, and it changes nothing in the decision.',
    },
    need: {
      heading: 'What to have ready',
      items: [
        'A photograph of your face, from a telephone is enough.',
        'Pictures of any papers you have. Expired papers and internal papers count. If you have none, you can still apply.',
      ],
    },
    safe: 'Before you begin, read what this site can and cannot keep safe.',
  },
  about: {
    title: 'About this site',
    heading: 'What this site can and cannot keep safe',
    lead: 'We would rather tell you the limits than promise too much.',
    can: {
      heading: 'What we do',
      items: [
        'Your answers are locked under your seven words until you hand them in. Then they are locked for the office, and this site itself can no longer open them.',
        'The office’s letters to you are locked so that only your words open them.',
        'We keep no network address, no name of your browser or device, and no page you came from.',
        'Pictures are drawn anew. Place, time and camera that may be hidden in the file are thrown away.',
        'Days are kept, hours are not.',
      ],
    },
    cannot: {
      heading: 'What we cannot do',
      items: [
        'This site works without a script in your browser. So what you type reaches our server as text, and the server sees it while it is in flight. If somebody secretly took over the server, they could read what is typed from then on, but not what was kept before.',
        'Whoever has your seven words can enter. If you lose them, we cannot send them to you: come in person, and two officers can help you.',
        'Whoever watches your line can see that you visit this site, though not what you do. Tor Browser hides that as well.',
        'We cannot clean your device. Others who use it may find traces: see “Leaving, and what remains”.',
        'We cannot protect you from somebody who stands beside you and forces you to open the page.',
        'An officer who works on your case reads it. We count each opening and set a limit for each day, but we cannot make a person forget.',
      ],
    },
    onion: 'You can use this site with Tor Browser at the safest level. Nothing is missing then.',
    kept: {
      heading: 'What we keep',
      text: 'Your answers and pictures, locked. The days on which something was done in your case, and by which officer. After a decision, what the law asks for. Nothing else.',
    },
  },
  leaving: {
    title: 'Leaving',
    heading: 'Leaving, and what remains',
    lead: '“Leave this site” is at the top of each page. It ends your visit at once and shows a page about something else.',
    does: {
      heading: 'What it does',
      items: [
        'You are signed out. Whoever uses the browser after you needs your seven words.',
        'Your browser is asked to forget everything it holds from this site. Most do.',
        'What you saved stays saved. What you typed and did not save is lost.',
      ],
    },
    remains: {
      heading: 'What remains',
      items: [
        'The browser’s history may still show that this site was visited. Page names there say little, but the site’s address is there. Clear the history, or use a private window.',
        'The “back” button may lead to the site, though not to your answers.',
        'Pictures that you chose from your device are still on your device.',
        'Whoever runs the network you use may have noted that you visited this site.',
      ],
    },
    tor: 'In Tor Browser choose “New Identity” after leaving: that closes everything and forgets it.',
    leave: 'Leave this site now',
  },
  holidays: {
    title: 'Public holidays',
    heading: 'Public holidays',
    note: 'Offices and shops are closed on these days.',
    caption: 'Holidays by date',
    day: 'Day',
    name: 'Name',
    rows: [
      ['1 January', 'New Year’s Day'],
      ['6 February', 'Day of Books'],
      ['20 March', 'First Day of Spring'],
      ['1 May', 'Day of Work'],
      ['21 June', 'Midsummer'],
      ['10 October', 'Day of the Harbour'],
      ['25 December', 'Winter Holiday'],
    ],
  },
}
