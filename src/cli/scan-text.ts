/** What one kind of policy says of one text; becomes the members beside `id` of a row that `kt policy scan` writes. */
export type ScanText = (text: string) => Readonly<Record<string, unknown>>;
