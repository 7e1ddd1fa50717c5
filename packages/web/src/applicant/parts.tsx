import { Actions, Asked, Button, Inset, type Problem } from '../html/index.ts'
import type { Context } from '../server/context.ts'

/** Two ways on from a page of the draft; both save. */
export function SaveButtons({ context }: { context: Context }) {
  return (
    <Actions>
      <Button name="go" value="next">
        {context.text.common.saveAndContinue}
      </Button>
      <Button kind="second" name="go" value="home">
        {context.text.applicant.saveAndStop}
      </Button>
    </Actions>
  )
}

/** Why it is asked, who sees it, whether it can be left out. */
export function AskedFor({ context, words, who }: AskedForProps) {
  return <Asked words={context.text.common.asked} why={words.why} who={who} leaveOut={words.leaveOut} />
}

interface AskedForProps {
  readonly context: Context
  /** The page's. */
  readonly words: { readonly why: string; readonly leaveOut: string }
  readonly who: string
}

/** Says what was kept of a page that is not right yet. P26 */
export function PartlySaved({ context, problems }: { context: Context; problems: readonly Problem[] }) {
  return problems.length > 0 && !problems.some(({ unsaved }) => unsaved) ? (
    <Inset>
      <p>{context.text.applicant.partlySaved}</p>
    </Inset>
  ) : null
}
