import { WireError } from './wire.ts'

const NEWLINE = 10

/**
 * The lines of a stream, without their ends; what stands behind the last line end is cut off and no line.
 * @param most octets of a line
 * @throws WireError where a line is longer: not even its beginning is kept then
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let held = 0
  for await (const chunk of input) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      held += end - from
      if (held > most) throw new WireError('line too long')
      parts.push(chunk.subarray(from, end))
      yield Buffer.concat(parts).toString('utf8')
      parts = []
      held = 0
      from = end + 1
    }
    held += chunk.length - from
    if (held > most) throw new WireError('line too long')
    if (from < chunk.length) parts.push(chunk.subarray(from))
  }
}
