import type { Audience } from './route.ts'

/** Nothing from anybody else, nothing inline, no frame, no script. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/** Everything that a page could ask a browser for. */
const FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'interest-cohort',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'xr-spatial-tracking',
]

/**
 * What pages without a script say of it. They run nothing that could ask, so this is a second lock on what would hurt
 * most; the whole list would be a sixth of what a page weighs over Tor.
 */
const SENSES = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']

/** Signing with a passkey, which only the office's pages do. */
const PASSKEYS = ['publickey-credentials-create', 'publickey-credentials-get']

const denied = (names: readonly string[]): readonly string[] => names.map((name) => `${name}=()`)

const SCRIPTLESS = { policy: PAGE_POLICY.join('; '), features: denied(SENSES).join(', ') }
const SCRIPTED = {
  policy: [...PAGE_POLICY, "script-src 'self'"].join('; '),
  features: [...denied(FEATURES), ...PASSKEYS.map((name) => `${name}=(self)`)].join(', '),
}

/** Puts on every answer what tells a browser to keep it, and us, to itself. */
export function protect(headers: Headers, audience: Audience): void {
  const { policy, features } = audience === 'officer' ? SCRIPTED : SCRIPTLESS
  headers.set('Content-Security-Policy', policy)
  headers.set('Permissions-Policy', features)
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('X-Robots-Tag', 'noindex, nofollow')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  // Lynx knows the second word alone, and would show a page of somebody who has left.
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store, no-cache')
}
