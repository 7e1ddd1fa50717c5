import { opensCases } from '@nansen/authority'
import { Form } from '../../html/index.ts'
import type { OfficerContext, Page } from '../../server/context.ts'

/** A page of the office: its navigation, who sits there, and what of the day's budget is used. */
export async function officePage(context: OfficerContext, page: Page): Promise<Response> {
  return context.page({
    wide: true,
    style: 'office.css',
    ...page,
    navigation: <Navigation {...(await barOf(context))} />,
  })
}

interface Bar {
  readonly context: OfficerContext
  readonly budget: string | undefined
}

async function barOf(context: OfficerContext): Promise<Bar> {
  if (!opensCases(context.desk.officer)) return { context, budget: undefined }
  const { opened, most } = await context.office.signing.officers.openings(context.desk.token)
  return { context, budget: context.text.office.navigation.opened(opened, most) }
}

function Navigation({ context, budget }: Bar) {
  const t = context.text.office.navigation
  const { roles, label } = context.desk.officer
  const links: readonly (readonly [href: string, text: string, shown: boolean])[] = [
    ['/office', t.queues, opensCases(context.desk.officer)],
    ['/office/production', t.production, roles.includes('production')],
    ['/office/officers', t.officers, roles.includes('security') || roles.includes('audit')],
    ['/office/statistics', t.statistics, roles.includes('audit')],
  ]
  return (
    <div class="nav desk">
      <nav aria-label={t.label}>
        <ul>
          {links
            .filter(([, , shown]) => shown)
            .map(([href, text]) => (
              <li>
                <a href={href} aria-current={isHere(context.path, href) ? 'page' : undefined}>
                  {text}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <div class="sitting">
        {budget && <span>{budget}</span>}
        <span>{t.signedIn(label)}</span>
        <Form action="/office/sign-out" token={context.token()}>
          <button type="submit" class="linkish">
            {t.signOut}
          </button>
        </Form>
      </div>
    </div>
  )
}

const isHere = (path: string, href: string): boolean =>
  href === '/office' ? path === href : path === href || path.startsWith(`${href}/`)
