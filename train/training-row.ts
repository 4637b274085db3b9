/** One labelled text of the training data. */
export interface TrainingRow {
  readonly text: string;
  /** 1: tries to override, hijack, extract or spoof instructions. */
  readonly label: 0 | 1;
  /** Family of attack or kind of harmless text. */
  readonly kind: string;
  readonly lang: string;
  readonly source: string;
  readonly license: string;
  /** Of an encoded row: what it says, and how it was encoded. */
  readonly plain?: string;
  readonly transform?: string;
}
