/** A stretch of a text that a policy objects to. Never holds the text itself. */
export interface Finding {
  /** From the policy's closed list of labels, such as `EMAIL_ADDRESS`. */
  readonly label: string;
  /** UTF-16 offsets into the judged text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly score: number;
  /** What fired, from a closed list: a rule id, a view such as `base64`, a checksum. */
  readonly evidence?: readonly string[];
}
