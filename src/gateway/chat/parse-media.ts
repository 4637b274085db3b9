// Images, videos, documents and sounds of a message. Their bytes travel in the request: nothing is ever fetched.
import type { AudioPart, DocumentPart, ImagePart, MediaSource, VideoPart } from './chat-request.js';
import { type DataUrl, decodeBase64, isDataUrl, parseDataUrl } from './data-url.js';
import type { DroppedMembers } from './dropped-members.js';
import { DOCUMENT_FORMATS, extensionOf, IMAGE_FORMATS, type MediaFormats, VIDEO_FORMATS } from './media-formats.js';
import { cacheMark } from './parse-cache-mark.js';
import { described, member, pathOf, type Place, readName, readString, refused, requireObject } from './read-member.js';

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_S3Location.html
const S3_URI = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/./;
const MAX_S3_URI_LENGTH = 1024;

/** `{type: "image_url", image_url: {url, detail?}}`. */
export function parseImagePart(part: Place, dropped: DroppedMembers): ImagePart {
  const image = requireObject(part, 'image_url');
  if (member(image, 'detail') !== undefined) dropped.add(pathOf(image, 'detail'));
  return { type: 'image', ...mediaOf(readName(image, 'url'), IMAGE_FORMATS, part), ...cacheMark(part, dropped) };
}

/** `{type: "video_url", video_url: {url}}`, an extension. */
export function parseVideoPart(part: Place, dropped: DroppedMembers): VideoPart {
  const url = readName(requireObject(part, 'video_url'), 'url');
  return { type: 'video', ...mediaOf(url, VIDEO_FORMATS, part), ...cacheMark(part, dropped) };
}

/** `{type: "input_audio", input_audio: {data, format}}`; whether it takes the format is the model's to say. */
export function parseAudioPart(part: Place, dropped: DroppedMembers): AudioPart {
  const audio = requireObject(part, 'input_audio');
  const format = readName(audio, 'format').toLowerCase();
  return { type: 'audio', format, source: bytesOf(readName(audio, 'data'), part), ...cacheMark(part, dropped) };
}

/** `{type: "file", file: {file_data, filename?}}`; a data URL of an image or a video becomes that kind of part. */
export function parseFilePart(part: Place, dropped: DroppedMembers): DocumentPart | ImagePart | VideoPart {
  const file = requireObject(part, 'file');
  if (member(file, 'file_id') !== undefined) {
    throw refused(part.path, 'expected file_data: this gateway stores no files, so file_id names none');
  }
  const data = readName(file, 'file_data');
  const filename = readString(file, 'filename');
  const cache = cacheMark(part, dropped);
  const url = isDataUrl(data) ? dataUrlOf(data, part) : undefined;
  if (url?.mime.startsWith('image/')) return { type: 'image', ...inlineMedia(url, IMAGE_FORMATS, part), ...cache };
  if (url?.mime.startsWith('video/')) return { type: 'video', ...inlineMedia(url, VIDEO_FORMATS, part), ...cache };
  return {
    type: 'document',
    format: documentFormat(url?.mime, filename, part),
    ...(filename !== undefined && { filename }),
    source: bytesOf(url?.base64 ?? data, part),
    ...cache,
  };
}

function documentFormat(mime: string | undefined, filename: string | undefined, part: Place): DocumentPart['format'] {
  const format =
    DOCUMENT_FORMATS.byMime.get(mime ?? '') ?? DOCUMENT_FORMATS.byExtension.get(extensionOf(filename ?? ''));
  if (format !== undefined) return format;
  throw refused(part.path, `expected a MIME type or a file name of ${names(DOCUMENT_FORMATS)}, got ${described(mime)}`);
}

interface Media<F extends string> {
  readonly format: F;
  readonly source: MediaSource;
}

function mediaOf<F extends string>(url: string, formats: MediaFormats<F>, part: Place): Media<F> {
  if (isDataUrl(url)) return inlineMedia(dataUrlOf(url, part), formats, part);
  if (/^s3:/i.test(url)) return storedMedia(url, formats, part);
  if (/^https?:/i.test(url)) {
    throw refused(
      part.path,
      'expected a data URL (data:…;base64,…) or s3://bucket/key: http addresses are not fetched',
    );
  }
  throw refused(part.path, 'expected a data URL (data:…;base64,…) or s3://bucket/key');
}

function inlineMedia<F extends string>(url: DataUrl, formats: MediaFormats<F>, part: Place): Media<F> {
  const format = formats.byMime.get(url.mime);
  if (format === undefined) throw refused(part.path, `expected ${names(formats)}, got ${described(url.mime)}`);
  return { format, source: bytesOf(url.base64, part) };
}

function storedMedia<F extends string>(uri: string, formats: MediaFormats<F>, part: Place): Media<F> {
  if (!S3_URI.test(uri) || uri.length > MAX_S3_URI_LENGTH) throw refused(part.path, 'expected s3://bucket/key');
  const extension = extensionOf(uri);
  const format = formats.byExtension.get(extension);
  if (format === undefined) {
    throw refused(
      part.path,
      `expected a key that ends in the extension of ${names(formats)}, got ${described(extension)}`,
    );
  }
  return { format, source: { s3Uri: uri } };
}

function dataUrlOf(url: string, part: Place): DataUrl {
  const parsed = parseDataUrl(url);
  if (parsed === undefined) throw refused(part.path, 'expected a data URL with a MIME type and ;base64');
  return parsed;
}

function bytesOf(base64: string, part: Place): MediaSource {
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw refused(part.path, 'expected base64 with its padding, got other characters or none');
  return { bytes };
}

function names(formats: MediaFormats<string>): string {
  return [...new Set(formats.byMime.values())].join(', ');
}
