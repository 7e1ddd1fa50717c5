/** The start of a day, UTC. The journal knows days: an hour would help to tell who it was that came in. P10 */
export const startOfDay = (at: Date): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()))
