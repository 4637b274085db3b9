/** What a route has to say when nothing failed; every reply is a 200. */
export type Reply =
  /** A JSON text. */
  | { readonly kind: 'json'; readonly text: string }
  /** Whole server-sent events as text, the empty line included. A failure is one of the events, not an exception. */
  | { readonly kind: 'events'; readonly events: AsyncIterable<string> };
