/**
 * Pages as functions from data to HTML: the frame, and the pieces of which pages are made. Server-rendered, no script,
 * no inline style. Every text comes from the catalogue.
 *
 * A form page: `problems` (field id and sentence) are given to `context.page({ problems })`, which shows the summary,
 * and to each field, which shows the same words; a problem's `field` is the field's `name`.
 */
export { Checkboxes, type Choice, Radios } from './choices.tsx'
export { DateInput, type TypedDate } from './date-input.tsx'
export { ErrorSummary } from './error-summary.tsx'
export { FileInput, Select, TextArea, TextInput } from './field.tsx'
export { Actions, Button, Form, Hidden, LinkButton } from './form.tsx'
export { type Problem, problemOf } from './problem.ts'
export {
  Asked,
  type Column,
  Details,
  Done,
  Heading,
  Inset,
  SummaryList,
  type SummaryRow,
  Table,
  Tag,
  TaskList,
  type TaskRow,
  Warning,
} from './show.tsx'
