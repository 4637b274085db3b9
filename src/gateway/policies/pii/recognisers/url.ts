import { isDigit, isLetter } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import { domainEnd } from './email.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';
import { isAlphanumeric } from './token.js';

const MAX_SCHEME = 16;
const MAX_USERINFO = 256;
/** What browsers and servers commonly take; a longer one is reported up to here. */
const MAX_URL = 2048;

/** A URL around the `://` at `colon`: a password in it, and the whole where its host is a public name. */
export function recogniseUrl(colon: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  let start = colon;
  while (start > colon - MAX_SCHEME && isScheme(text.at(start - 1))) start -= 1;
  if (start === colon || !isLetter(text.at(start))) return;
  const authority = colon + 3;
  const host = proposePassword(text, authority, out);
  const end = domainEnd(text, host);
  if (end === undefined || !/^(?:https?|ftps?|wss?|sftp)$/i.test(text.slice(start, colon))) return;
  if (host === authority) out.add('URL', start, urlEnd(text, end), 0.6, 'format', authority);
}

/** Position of the host. On the way there, a password before the `@` is proposed; `${…}` and `<…>` stand for one. */
function proposePassword(text: LaneText, authority: number, out: Proposals): number {
  let colon = -1;
  for (let at = authority; at < authority + MAX_USERINFO; at += 1) {
    const unit = text.at(at);
    if (unit === 64) {
      if (colon > 0 && at > colon + 1 && !isPlaceholder(text.slice(colon + 1, at))) {
        out.add('PASSWORD', colon + 1, at, 0.95, 'format', at + 1);
      }
      return at + 1;
    }
    if (unit === 58 && colon < 0) colon = at;
    if (unit === -1 || unit <= 32 || unit === 34 || unit === 39 || unit === 47 || unit === 60 || unit === 62)
      return authority;
    if (unit === 63 || unit === 35) return authority;
  }
  return authority;
}

export function isPlaceholder(value: string): boolean {
  return (
    /^(?:\$?\{.*\}|<.*>|\[.*\]|\$\w+|%\w+%|[*x.•]+|x{3,}|\.{3}|null|none|undefined|true|false|nil|string|required|optional)$/i.test(
      value,
    ) ||
    (/^(?:your|my|the|some|example|placeholder|changeme|redacted|insert|enter|process\.env|os\.environ)[-_. ]?/i.test(
      value,
    ) &&
      /pass|key|token|secret|here|env|redacted|placeholder|changeme/i.test(value))
  );
}

function isScheme(unit: number): boolean {
  return isAlphanumeric(unit) || unit === 43 || unit === 46 || unit === 45;
}

/** Path, query and fragment, without the punctuation of the sentence around. */
function urlEnd(text: LaneText, hostEnd: number): number {
  let end = hostEnd;
  const limit = hostEnd + MAX_URL;
  if (text.at(end) === 58 && isDigit(text.at(end + 1))) {
    end += 1;
    while (isDigit(text.at(end)) && end < limit) end += 1;
  }
  const first = text.at(end);
  if (first !== 47 && first !== 63 && first !== 35) return end;
  let open = 0;
  let at = end;
  for (; at < limit; at += 1) {
    const unit = text.at(at);
    if (
      unit <= 32 ||
      unit === 34 ||
      unit === 39 ||
      unit === 60 ||
      unit === 62 ||
      unit === 96 ||
      unit === 93 ||
      unit === 125
    )
      break;
    if (unit === 92 || unit >= 0x3000) break;
    if (unit === 40) open += 1;
    if (unit === 41 && (open -= 1) < 0) break;
  }
  while (at > end && ',.;:!?*_|'.includes(String.fromCharCode(text.at(at - 1)))) at -= 1;
  return at;
}
