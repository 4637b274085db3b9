const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** An answer of the query protocol around `content`, which is XML already. */
export function xmlDocument(root: string, content: string, requestId: string): string {
  const metadata =
    root === 'ErrorResponse'
      ? `<RequestId>${requestId}</RequestId>`
      : `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return `<${root} xmlns="${NAMESPACE}">${content}${metadata}</${root}>`;
}

/** `<Name>text</Name>` for each pair. */
export function elements(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`)
    .join('');
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
