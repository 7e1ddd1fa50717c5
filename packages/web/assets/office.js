// The office's script: asks the browser for a passkey, and puts what it answers into the form. Nothing else of these
// pages needs a script. What is signed stands on the page; the challenge in the form is made of it by the server.

const octetsOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** Shows one of the sentences that the page brings along. */
function say(form, what) {
  for (const line of form.querySelectorAll('[data-say]')) line.hidden = line.dataset.say !== what
}

/** A passkey's signature over the challenge of a form; the person is verified by it. */
async function signature({ challenge, rp, credential }) {
  const answer = await navigator.credentials.get({
    publicKey: {
      challenge: octetsOf(challenge.value),
      rpId: rp.value,
      allowCredentials: credential.value ? [{ type: 'public-key', id: octetsOf(credential.value) }] : [],
      userVerification: 'required',
      timeout: 120_000,
    },
  })
  const { authenticatorData, clientDataJSON, signature } = answer.response
  const assertion = JSON.stringify({
    credentialId: textOf(answer.rawId),
    authenticatorData: textOf(authenticatorData),
    clientDataJSON: textOf(clientDataJSON),
    signature: textOf(signature),
  })
  return textOf(new TextEncoder().encode(assertion))
}

/** A new passkey on P-256, kept by the authenticator: its id and its public key. */
async function newPasskey({ challenge, rp, user, label }) {
  const answer = await navigator.credentials.create({
    publicKey: {
      challenge: octetsOf(challenge.value),
      rp: { id: rp.value, name: rp.value },
      user: { id: octetsOf(user.value), name: label.value, displayName: label.value },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: 120_000,
    },
  })
  return { id: textOf(answer.rawId), key: textOf(answer.response.getPublicKey()) }
}

/** Does `work` before the form is sent, and sends it when that is done. */
function before(form, work) {
  let done = false
  const run = async (button) => {
    if (!window.PublicKeyCredential) return say(form, 'unsupported')
    say(form, 'working')
    try {
      await work(form.elements)
    } catch {
      return say(form, 'refused')
    }
    done = true
    // Not from within the event that was held up: a form that is just being sent cannot be sent.
    setTimeout(() => form.requestSubmit(button ?? undefined))
  }
  form.addEventListener('submit', (event) => {
    // Buttons that sign nothing go on their own way.
    if (done || event.submitter?.dataset.plain !== undefined) return
    event.preventDefault()
    run(event.submitter)
  })
  return run
}

for (const form of document.forms) {
  const { assertion, key } = form.elements
  if (assertion) {
    const run = before(form, async (fields) => {
      assertion.value = await signature(fields)
    })
    if (form.id === 'at-once') run()
  } else if (key) {
    before(form, async (fields) => {
      // Made already, and something else was wrong with the form.
      if (key.value) return
      const made = await newPasskey(fields)
      fields['key-id'].value = made.id
      key.value = made.key
    })
  }
}
