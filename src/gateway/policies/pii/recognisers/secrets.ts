import { isWord } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import { leftEdge } from './number-run.js';
import type { Proposals } from './proposals.js';
import { type Scene } from './scene.js';
import { isAlphanumeric, isBase64, isBase64Url, runEnd } from './token.js';

/** Keys longer than this are cut here; larger RSA keys have 12 KB. */
const MAX_PRIVATE_KEY = 16_384;
const MAX_JWT = 8_192;
const MAX_KEY = 512;

/** `-----BEGIN … PRIVATE KEY-----` at `start`, to its end marker, or as far as what follows can belong to a key. */
export function recognisePrivateKey(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  let at = start + '-----BEGIN '.length;
  const labelEnd = runEnd(text, at, 48, (unit) => unit === 32 || isAlphanumeric(unit));
  const label = text.slice(at, labelEnd);
  if (!/(?:^| )PRIVATE KEY(?: BLOCK)?$/.test(label) || !text.startsWith('-----', labelEnd)) return;
  at = labelEnd + 5;
  const marker = `-----END ${label}-----`;
  for (const limit = start + MAX_PRIVATE_KEY; at < limit; at += 1) {
    const unit = text.at(at);
    if (unit === 45 && text.startsWith(marker, at)) {
      out.add('PRIVATE_KEY', start, at + marker.length, 1, 'prefix');
      return;
    }
    if (!isArmour(unit)) break;
  }
  if (at - labelEnd > 40) out.add('PRIVATE_KEY', start, at, 0.9, 'prefix');
}

/** Base64, line ends (escaped ones too), and the characters of `Proc-Type: 4,ENCRYPTED` headers. */
function isArmour(unit: number): boolean {
  return (
    isBase64(unit) ||
    unit === 61 ||
    unit === 10 ||
    unit === 13 ||
    unit === 32 ||
    unit === 92 ||
    unit === 58 ||
    unit === 44 ||
    unit === 9
  );
}

/** Three base64url parts, of which the first two begin as JSON objects do. */
export function recogniseJwt(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (isWord(text.at(start - 1)) || text.at(start - 1) === 45) return;
  const header = runEnd(text, start, MAX_JWT, isBase64Url);
  if (text.at(header) !== 46 || !text.startsWith('ey', header + 1)) return;
  const payload = runEnd(text, header + 1, MAX_JWT, isBase64Url);
  if (text.at(payload) !== 46) return;
  const end = runEnd(text, payload + 1, MAX_JWT, isBase64Url);
  if (header - start >= 12 && payload - header > 6) out.add('JWT', start, end, 1, 'prefix');
}

/** What a vendor's keys look like: a fixed beginning, then so many characters of an alphabet. */
interface KeyForm {
  readonly prefix: string;
  readonly rest: RegExp;
}

/**
 * From the vendors' own descriptions and the rule lists of secret scanners
 * (https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns,
 * https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml). Longer prefixes stand first.
 */
const KEY_FORMS: readonly KeyForm[] = [
  ...forms(/^[A-Za-z0-9_]{22,255}$/, 'github_pat_'),
  ...forms(/^[A-Za-z0-9]{30,255}$/, 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'),
  ...forms(/^[A-Za-z0-9_-]{18,}$/, 'glpat-', 'gldt-', 'glrt-', 'glptt-', 'glft-', 'glsoat-', 'glcbt-', 'GR1348941'),
  ...forms(/^[A-Za-z0-9-]{10,}$/, 'xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.xoxp-', 'xapp-'),
  ...forms(
    /^[A-Za-z0-9_-]{20,}$/,
    'sk-ant-',
    'sk-proj-',
    'sk-svcacct-',
    'sk-admin-',
    'sk-or-v1-',
    'sk-lf-',
    'pk-lf-',
    'sk-',
  ),
  ...forms(/^[A-Za-z0-9_]{10,}$/, 'sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'pk_live_', 'pk_test_', 'whsec_'),
  ...forms(/^[A-Za-z0-9_-]{30,}$/, 'AIza', 'ya29.', 'GOCSPX-', '1//0'),
  ...forms(/^[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{30,}$/, 'SG.'),
  ...forms(/^[A-Za-z0-9]{30,}$/, 'npm_', 'hf_', 'gsk_', 'r8_', 'lin_api_', 'ntn_', 'fo1_'),
  ...forms(
    /^[A-Za-z0-9_-]{30,}$/,
    'pypi-',
    'dckr_pat_',
    'figd_',
    'sntrys_',
    'sntryu_',
    'glsa_',
    'glc_',
    'pul-',
    'rubygems_',
  ),
  ...forms(
    /^[a-f0-9]{32,64}$/,
    'dop_v1_',
    'doo_v1_',
    'dor_v1_',
    'shpat_',
    'shpca_',
    'shppa_',
    'shpss_',
    'dapi',
    'dp.pt.',
  ),
  ...forms(
    /^[A-Za-z0-9_.=-]{20,}$/,
    'hvs.',
    'hvb.',
    'ATATT3',
    'ATCTT3',
    'NRAK-',
    'NRJS-',
    'PMAK-',
    'EAAC',
    'EAAG',
    'sq0atp-',
    'sq0csp-',
    'EAAA',
  ),
  ...forms(/^[A-Za-z0-9_-]{20,}$/, 'pplx-', 'xai-', 'tvly-', 'nvapi-', 'jina_', 'lsv2_pt_', 'lsv2_sk_'),
  ...forms(/^[a-f0-9]{32}-us\d{1,2}$/, 'key-'),
  ...forms(/^[a-f0-9]{32}$/, 'key-', 'AC', 'SK'),
  ...forms(/^[A-Z0-9]{16,40}$/, 'LTAI', 'AKID', 'AGE-SECRET-KEY-1'),
  ...forms(/^[A-Za-z0-9]{8}T3BlbkFJ[A-Za-z0-9]{8,}$/, 'sk-'),
];

const FORMS_BY_FIRST = byFirstTwo();

function byFirstTwo(): ReadonlyMap<string, readonly KeyForm[]> {
  const map = new Map<string, KeyForm[]>();
  for (const form of KEY_FORMS) {
    const first = form.prefix.slice(0, 2);
    map.set(first, [...(map.get(first) ?? []), form]);
  }
  return map;
}

function forms(rest: RegExp, ...prefixes: string[]): readonly KeyForm[] {
  return prefixes.map((prefix) => ({ prefix, rest }));
}

/** Words that a key begins with before its first separator, for the scanner: `sk`, `xoxb`, `glpat`. */
export function isKeyBeginning(firstTwo: string): boolean {
  return FORMS_BY_FIRST.has(firstTwo);
}

/** A vendor's API key at `start`. */
export function recogniseVendorKey(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  const candidates = FORMS_BY_FIRST.get(text.slice(start, start + 2))?.filter(({ prefix }) =>
    text.startsWith(prefix, start),
  );
  if (!candidates || candidates.length === 0 || leftEdge(text, start) === 'joined') return;
  const end = keyEnd(text, start);
  for (const { prefix, rest } of candidates) {
    const secret = text.slice(start + prefix.length, end);
    if (rest.test(secret) && looksRandom(secret)) {
      out.add('API_KEY', start, end, 0.97, 'prefix');
      return;
    }
  }
}

/** The run of characters that keys are made of, without the full stop of the sentence around. */
function keyEnd(text: LaneText, start: number): number {
  let end = runEnd(text, start, MAX_KEY, (unit) => isBase64Url(unit) || unit === 46 || unit === 61);
  if (text.startsWith('1//0', start))
    end = runEnd(text, start, MAX_KEY, (unit) => isBase64(unit) || unit === 45 || unit === 95);
  while (end > start && text.at(end - 1) === 46) end -= 1;
  return end;
}

/** Keys have digits or change between capitals and small letters; identifiers such as `sk_test_payment_method` do not. */
export function looksRandom(value: string): boolean {
  const hasDigit = /\d/.test(value);
  const turns = value.match(/[a-z][A-Z]|[A-Z][a-z]|[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0;
  return hasDigit ? turns >= 2 : turns >= 4;
}

/** AWS access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function recogniseAwsKeyId(start: number, end: number, scene: Scene, out: Proposals): void {
  if (end - start !== 20 || leftEdge(scene.text, start) === 'joined') return;
  if (/^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}$/.test(scene.text.slice(start, end))) {
    out.add('AWS_ACCESS_KEY', start, end, 1, 'prefix');
  }
}

/** How far an access key id may stand before its secret. */
const NEAR_KEY_ID = 160;

/** Forty base64 characters: an AWS secret, when a key id stands shortly before it or a word says so. */
export function recogniseAwsSecret(start: number, scene: Scene, out: Proposals): void {
  const { text, around } = scene;
  const before = text.at(start - 1);
  if (isBase64(before) && before !== 47) return;
  const end = runEnd(text, start, 41, isBase64);
  if (end - start !== 40 || text.at(end) === 61) return;
  const value = text.slice(start, end);
  if (!looksRandom(value) || /^[0-9a-f]+$/.test(value) || !/[A-Z]/.test(value) || !/[a-z]/.test(value)) return;
  const isCued =
    around.isAnnounced('aws_secret') || /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/.test(text.slice(start - NEAR_KEY_ID, start));
  if (isCued) out.add('AWS_SECRET_KEY', start, end, 0.95, 'context');
}
