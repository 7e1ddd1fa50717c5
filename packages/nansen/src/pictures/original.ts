/** Octets of the largest picture that is looked at. */
export const MOST_OCTETS = 10 * 1024 * 1024

const JPEG = [0xff, 0xd8, 0xff]
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Whether it begins as one of the two kinds that are opened. The decoder has no other reader either. */
export const isPhotograph = (picture: Uint8Array): boolean =>
  [JPEG, PNG].some((magic) => magic.every((octet, i) => picture[i] === octet))
