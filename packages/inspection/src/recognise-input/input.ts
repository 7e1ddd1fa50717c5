/** One file of what is presented. The name is a hint to its kind, nothing more. */
export interface InputFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What can be presented: text of a zone, one file, or the files of a folder. */
export type Input = string | Uint8Array | readonly InputFile[]

/** A chip file, cut to the element that its hash covers. */
export interface ChipFile {
  /** `COM`, `SOD`, `DG1` to `DG16`. */
  readonly name: string
  /** The data group's number; absent for COM and SOD. */
  readonly number: number | undefined
  readonly bytes: Uint8Array
}
