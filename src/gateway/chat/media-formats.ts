// Formats by MIME type and by file extension. The formats themselves are those that Converse takes:
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
import type { DocumentPart, ImagePart } from './chat-request.js';

export interface MediaFormats<F extends string> {
  readonly byMime: ReadonlyMap<string, F>;
  /** Extensions in lower case, without the dot. */
  readonly byExtension: ReadonlyMap<string, F>;
}

export const IMAGE_FORMATS: MediaFormats<ImagePart['format']> = {
  byMime: new Map([
    ['image/png', 'png'],
    ['image/jpeg', 'jpeg'],
    ['image/jpg', 'jpeg'],
    ['image/gif', 'gif'],
    ['image/webp', 'webp'],
  ]),
  byExtension: new Map([
    ['png', 'png'],
    ['jpeg', 'jpeg'],
    ['jpg', 'jpeg'],
    ['gif', 'gif'],
    ['webp', 'webp'],
  ]),
};

export const VIDEO_FORMATS: MediaFormats<string> = {
  byMime: new Map([
    ['video/mp4', 'mp4'],
    ['video/quicktime', 'mov'],
    ['video/mov', 'mov'],
    ['video/x-matroska', 'mkv'],
    ['video/mkv', 'mkv'],
    ['video/webm', 'webm'],
    ['video/x-flv', 'flv'],
    ['video/flv', 'flv'],
    ['video/mpeg', 'mpeg'],
    ['video/mpg', 'mpg'],
    ['video/x-ms-wmv', 'wmv'],
    ['video/wmv', 'wmv'],
    ['video/3gpp', 'three_gp'],
  ]),
  byExtension: new Map([
    ...['mp4', 'mov', 'mkv', 'webm', 'flv', 'mpeg', 'mpg', 'wmv'].map((format) => [format, format] as const),
    ['3gp', 'three_gp'],
  ]),
};

export const DOCUMENT_FORMATS: MediaFormats<DocumentPart['format']> = {
  byMime: new Map([
    ['application/pdf', 'pdf'],
    ['text/csv', 'csv'],
    ['application/csv', 'csv'],
    ['application/msword', 'doc'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
    ['application/vnd.ms-excel', 'xls'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
    ['text/html', 'html'],
    ['text/plain', 'txt'],
    ['text/markdown', 'md'],
    ['text/x-markdown', 'md'],
  ]),
  byExtension: new Map([
    ...(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const).map(
      (format) => [format, format] as const,
    ),
    ['htm', 'html'],
    ['markdown', 'md'],
  ]),
};

/** The extension of a file name or an object's key in lower case; empty when it has none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}
