import { expect } from 'chai';
import {
  canonicalRequest,
  parseAuthorization,
  sameSignature,
  sha256,
  signature,
  signingKey,
  stringToSign,
} from '../../src/simulator/sigv4.js';

// AWS's published test suite ("aws-sig-v4-test-suite"), once at
// https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html; every case has this date, key and scope.
const DATE = '20150830T123600Z';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SCOPE = { date: '20150830', region: 'us-east-1', service: 'service' };
const HOST = ['host', 'example.amazonaws.com'] as const;
const AT = ['x-amz-date', DATE] as const;
const UNRESERVED = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORM = ['content-type', 'application/x-www-form-urlencoded'] as const;
const TOKEN =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

interface Vector {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly signature: string;
}

const VECTORS: readonly Vector[] = [
  { name: 'get-vanilla', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  {
    name: 'get-header-key-duplicate',
    headers: [
      ['my-header1', 'value2'],
      ['my-header1', 'value2'],
      ['my-header1', 'value1'],
    ],
    signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  },
  {
    name: 'get-header-value-multiline',
    headers: [['my-header1', 'value1\n  value2\n     value3']],
    signature: 'cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd',
  },
  {
    name: 'get-header-value-order',
    headers: [
      ['my-header1', 'value4'],
      ['my-header1', 'value1'],
      ['my-header1', 'value3'],
      ['my-header1', 'value2'],
    ],
    signature: '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
  },
  {
    name: 'get-header-value-trim',
    headers: [
      ['my-header1', ' value1'],
      ['my-header2', ' "a   b   c"'],
    ],
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'get-relative-normalized',
    path: '/example/..',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-relative-relative-normalized',
    path: '/example1/example2/../..',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-slash-normalized',
    path: '//',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-slash-dot-slash-normalized',
    path: '/./',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  {
    name: 'get-slash-pointless-dot-normalized',
    path: '/./example',
    signature: 'ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5',
  },
  {
    name: 'get-slashes-normalized',
    path: '//example//',
    signature: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
  },
  {
    name: 'get-space-normalized',
    path: '/example space/',
    signature: '652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741',
  },
  {
    name: 'get-unreserved',
    path: `/${UNRESERVED}`,
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  {
    name: 'get-utf8',
    path: '/ሴ',
    signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
  },
  {
    name: 'get-vanilla-empty-query-key',
    query: 'Param1=value1',
    signature: 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    query: 'Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'get-vanilla-query-unreserved',
    query: `${UNRESERVED}=${UNRESERVED}`,
    signature: '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  },
  {
    name: 'get-vanilla-utf8-query',
    query: 'ሴ=bar',
    signature: '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
  },
  {
    name: 'post-header-key-sort',
    method: 'POST',
    headers: [['my-header1', 'value1']],
    signature: 'c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
  },
  {
    name: 'post-header-value-case',
    method: 'POST',
    headers: [['my-header1', 'VALUE1']],
    signature: 'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  },
  {
    name: 'post-sts-header-before',
    method: 'POST',
    headers: [['x-amz-security-token', TOKEN]],
    signature: '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-vanilla-query',
    method: 'POST',
    query: 'Param1=value1',
    signature: '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    headers: [FORM],
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
  {
    name: 'post-x-www-form-urlencoded-parameters',
    method: 'POST',
    headers: [[FORM[0], `${FORM[1]}; charset=utf8`]],
    body: 'Param1=value1',
    signature: '1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe',
  },
];

describe("the simulator's SigV4", () => {
  for (const { name, method = 'GET', path = '/', query = '', headers = [], body = '', ...expected } of VECTORS) {
    it(`gives the published signature of ${name}`, () => {
      const all = [HOST, AT, ...headers];
      const signed = [...new Set(all.map(([header]) => header))].toSorted();
      const canonical = canonicalRequest({ method, path, query, headers: all }, signed, sha256(body));
      expect(signature(signingKey(SECRET, SCOPE), stringToSign(DATE, SCOPE, canonical))).to.equal(expected.signature);
    });
  }

  it('follows the worked example of IAM ListUsers step by step', () => {
    // https://docs.aws.amazon.com/general/latest/gr/sigv4-create-canonical-request.html and the three pages behind it
    const scope = { ...SCOPE, service: 'iam' };
    const canonical = canonicalRequest(
      {
        method: 'GET',
        path: '/',
        query: 'Action=ListUsers&Version=2010-05-08',
        headers: [
          ['content-type', 'application/x-www-form-urlencoded; charset=utf-8'],
          ['host', 'iam.amazonaws.com'],
          AT,
        ],
      },
      ['content-type', 'host', 'x-amz-date'],
      sha256(''),
    );
    expect(sha256(canonical)).to.equal('f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59');
    const key = signingKey(SECRET, scope);
    expect(key.toString('hex')).to.equal('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
    expect(signature(key, stringToSign(DATE, scope, canonical))).to.equal(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  it('encodes what is already encoded in the path once more', () => {
    const canonical = canonicalRequest(
      { method: 'POST', path: '/model/a.b-v1%3A0/converse', query: '', headers: [HOST] },
      ['host'],
      '',
    );
    expect(canonical.split('\n')[1]).to.equal('/model/a.b-v1%253A0/converse');
  });

  it('reads an Authorization header', () => {
    const header =
      'AWS4-HMAC-SHA256 Credential=AKID/20150830/eu-west-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc';
    expect(parseAuthorization(header)).to.deep.equal({
      accessKeyId: 'AKID',
      scope: { date: '20150830', region: 'eu-west-1', service: 'bedrock' },
      signedHeaders: ['host', 'x-amz-date'],
      signature: 'abc',
    });
  });

  for (const [what, header] of [
    ['no Signature', 'AWS4-HMAC-SHA256 Credential=a/20150830/b/c/aws4_request, SignedHeaders=host'],
    ['no SignedHeaders', 'AWS4-HMAC-SHA256 Credential=a/20150830/b/c/aws4_request, Signature=abc'],
    ['a Credential of four parts', 'AWS4-HMAC-SHA256 Credential=a/b/c/aws4_request, SignedHeaders=host, Signature=abc'],
    [
      'another terminator',
      'AWS4-HMAC-SHA256 Credential=a/20150830/b/c/aws5_request, SignedHeaders=host, Signature=abc',
    ],
  ] as const) {
    it(`calls a header with ${what} incomplete`, () => {
      expect(() => parseAuthorization(header))
        .to.throw()
        .with.property('code', 'IncompleteSignatureException');
    });
  }

  it('compares signatures of different lengths as different', () => {
    expect(sameSignature('abc', 'abc')).to.equal(true);
    expect(sameSignature('abc', 'abd')).to.equal(false);
    expect(sameSignature('abc', 'abcd')).to.equal(false);
  });
});
