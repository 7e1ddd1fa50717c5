import { Heading, Table } from '../html/index.ts'
import type { Context } from '../server/context.ts'

/** A page about something else: where the way out leads. */
export function holidays(context: Context): Response {
  const { holidays: t } = context.text.public
  return context.page({
    title: t.title,
    bare: true,
    main: (
      <>
        <Heading>{t.heading}</Heading>
        <p>{t.note}</p>
        <Table
          caption={t.caption}
          quiet
          columns={[
            { head: t.day, cell: ([day]) => day, names: true },
            { head: t.name, cell: ([, name]) => name },
          ]}
          rows={t.rows}
        />
      </>
    ),
  })
}
