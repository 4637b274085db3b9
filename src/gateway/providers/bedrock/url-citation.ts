import type { Citation } from '@aws-sdk/client-bedrock-runtime';
import type { UrlCitation } from '../../chat/chat-answer.js';

/** A citation of a web page as OpenAI writes it; nothing for one of another place. Offsets are UTF-16 units of the answer's text. */
export function urlCitation(citation: Citation, startIndex: number, endIndex: number): UrlCitation | undefined {
  const url = citation.location?.web?.url;
  if (url === undefined) return undefined;
  return { url, ...(citation.title !== undefined && { title: citation.title }), startIndex, endIndex };
}
