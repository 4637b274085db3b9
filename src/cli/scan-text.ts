/** One finding as `kt policy scan` writes it. */
export interface ScanFinding {
  readonly type: string;
  /** UTF-16 offsets; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly evidence?: readonly string[] | undefined;
}

/** The members beside `id` of a row that `kt policy scan` writes: `entities` for personal data, `findings` otherwise. */
export interface ScanVerdict {
  /** Of the surest finding, or what the text came nearest to; 0..1. */
  readonly score: number;
  readonly findings?: readonly ScanFinding[];
  readonly entities?: readonly ScanFinding[];
}

/** What one kind of policy says of one text. */
export type ScanText = (text: string) => ScanVerdict;
