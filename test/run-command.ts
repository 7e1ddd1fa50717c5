import { main } from '../packages/nansen/src/main.ts'

/** `nansen` in this process, with what it wrote to each stream. */
export async function runCommand(
  ...arguments_: string[]
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  const said = { out: '', error: '' }
  const code = await main(arguments_, {
    out: (text) => {
      said.out += text
    },
    error: (text) => {
      said.error += text
    },
    colour: false,
  })
  return { code, ...said }
}
