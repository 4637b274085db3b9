import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runKt, type KtRun } from './run-kt.js';

function configOf(pii: string): string {
  return `
pack: {name: golden, version: 1.0.0}
policies: {chain: [pii-detector, audit-logger]}
policy: {pii-detector: ${pii}}
providers: {targets: [{id: a, provider: aws-bedrock, model: m}]}
`;
}

const MASKED = {
  name: 'masks',
  text: 'write to ann@example.org',
  expect: {
    verdict: 'redact',
    policy: 'pii-detector',
    reason: 'EMAIL_ADDRESS',
    labels: ['EMAIL_ADDRESS'],
    redacted: 'write to [EMAIL_ADDRESS]',
  },
};

describe('kt policy test', () => {
  let dir: string;
  let config: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kt-test-'));
    config = join(dir, 'policy-config.yaml');
    writeFileSync(config, configOf('{entities: [EMAIL_ADDRESS, US_SSN]}'));
    mkdirSync(join(dir, 'tests'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function put(name: string, cases: unknown): string {
    const file = join(dir, 'tests', name);
    writeFileSync(file, typeof cases === 'string' ? cases : JSON.stringify({ cases }));
    return file;
  }

  function test(...words: string[]): Promise<KtRun> {
    return runKt(['policy', 'test', join(dir, 'tests'), '--policy-config', config, ...words]);
  }

  it('passes cases of a folder, in YAML and JSON, by name of file', async () => {
    put('b.json', [MASKED]);
    put(
      'a.yaml',
      'cases:\n  - {name: lets pass, text: hello, expect: {verdict: allow, labels: [], redacted: hello}}\n',
    );
    put('notes.txt', 'no cases');
    const { exitCode, stdout } = await test();
    expect(stdout).to.equal('ok    lets pass\nok    masks\n\n2 of 2 cases passed\n');
    expect(exitCode).to.equal(0);
  });

  it('shows for a failing case what was expected beside what came, and ends with 1', async () => {
    const file = put(
      'a.yaml',
      'cases:\n  - name: wrong\n    text: ann@example.org\n    expect: {verdict: allow, redacted: ann@example.org}\n',
    );
    const { exitCode, stdout } = await test();
    expect(exitCode).to.equal(1);
    expect(stdout).to.equal(`FAIL  wrong (${file}:2)
      verdict
        expected allow
        got      redact
      redacted
        expected ann@example.org
        got      [EMAIL_ADDRESS]

0 of 1 cases passed
`);
  });

  it('prints one JSON object', async () => {
    put('a.json', [MASKED, { name: 'wrong', text: 'x', expect: { verdict: 'block' } }]);
    const { exitCode, stdout } = await test('--json');
    expect(exitCode).to.equal(1);
    expect(JSON.parse(stdout)).to.deep.equal({
      ok: false,
      results: [
        {
          name: 'masks',
          passed: true,
          expected: MASKED.expect,
          actual: {
            verdict: 'redact',
            policy: 'pii-detector',
            reasons: ['format'],
            labels: ['EMAIL_ADDRESS'],
            redacted: 'write to [EMAIL_ADDRESS]',
          },
        },
        {
          name: 'wrong',
          passed: false,
          expected: { verdict: 'block' },
          actual: { verdict: 'allow', policy: null, reasons: [], labels: [], redacted: 'x' },
        },
      ],
    });
  });

  it('writes JUnit that says which file and line failed, with its text escaped', async () => {
    const file = put('a.json', [{ name: 'a "<b>"', text: 'x', expect: { verdict: 'allow', redacted: 'y & z\u0007' } }]);
    const junit = join(dir, 'junit.xml');
    const { exitCode } = await test('--junit', junit);
    expect(exitCode).to.equal(1);
    const written = readFileSync(junit, 'utf8');
    expect(written)
      .to.include('<testsuites tests="1" failures="1">')
      .and.include(`<testsuite name="${file}" tests="1" failures="1">`)
      .and.include(`name="a &quot;&lt;b&gt;&quot;" file="${file}" line="1"`)
      .and.include('<failure message="not as expected: redacted">')
      .and.include('expected y &amp; z&lt;U+0007&gt;');
  });

  it('passes the cases that the docs show', async () => {
    const page = readFileSync(new URL('../../docs/policies.md', import.meta.url), 'utf8');
    put('pii.yaml', /```yaml\n(# tests\/pii\.yaml\n.*?)```/s.exec(page)?.[1] ?? '');
    expect(await test()).to.include({ exitCode: 0, stderr: '' });
  });

  it('leaves out what judges in AWS, and says so', async () => {
    const asking = configOf('{entities: [EMAIL_ADDRESS]}, bedrock-guardrail: {id: gr1, version: "1"}');
    writeFileSync(config, asking.replace('audit-logger]', 'bedrock-guardrail]'));
    put('a.json', [MASKED]);
    const { exitCode, stderr } = await test();
    expect(stderr).to.equal('bedrock-guardrail is left out: it judges in AWS\n');
    expect(exitCode).to.equal(0);
  });

  describe('judges', () => {
    const call = (args: object) => ({
      role: 'assistant',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'mail', arguments: JSON.stringify(args) } }],
    });
    for (const [name, golden, pii = '{entities: [EMAIL_ADDRESS]}'] of [
      [
        'every text of a conversation',
        {
          messages: [
            { role: 'system', content: 'for ann@example.org' },
            { role: 'user', content: [{ type: 'text', text: 'hello' }] },
          ],
          expect: { verdict: 'redact', redacted: ['for [EMAIL_ADDRESS]', 'hello'] },
        },
      ],
      [
        'an answer',
        {
          phase: 'output',
          text: 'ask ann@example.org',
          expect: { verdict: 'redact', redacted: 'ask [EMAIL_ADDRESS]' },
        },
      ],
      [
        'a tool call of an answer, whose arguments stay JSON',
        {
          phase: 'output',
          messages: [{ role: 'user', content: 'go' }, call({ to: 'ann@example.org' })],
          expect: { verdict: 'redact', redacted: '{"to":"[EMAIL_ADDRESS]"}' },
        },
      ],
      [
        'an answer to its question: what became a token comes back',
        {
          phase: 'output',
          messages: [
            { role: 'user', content: 'mail ann@example.org' },
            { role: 'assistant', content: 'sent to <EMAIL_ADDRESS_1>' },
          ],
          expect: { verdict: 'allow', redacted: 'sent to ann@example.org' },
        },
        '{entities: [EMAIL_ADDRESS], redaction: {marker_format: token}}',
      ],
      [
        'a document',
        { zone: 'document', text: 'x ann@example.org', expect: { verdict: 'redact', redacted: 'x [EMAIL_ADDRESS]' } },
      ],
      [
        'a refusal, after which nothing leaves',
        {
          text: 'ann@example.org',
          expect: { verdict: 'block', policy: 'pii-detector', reason: 'input_blocked', labels: ['EMAIL_ADDRESS'] },
        },
        '{entities: [EMAIL_ADDRESS], action: block}',
      ],
      [
        'what is only logged',
        { text: 'ann@example.org', expect: { verdict: 'log', redacted: 'ann@example.org' } },
        '{entities: [EMAIL_ADDRESS], action: log}',
      ],
    ] as const satisfies readonly (readonly [string, object, string?])[]) {
      it(name, async () => {
        writeFileSync(config, configOf(pii));
        put('a.json', [{ name, ...golden }]);
        const { exitCode, stdout, stderr } = await test();
        expect(stdout + stderr).to.include('1 of 1 cases passed');
        expect(exitCode).to.equal(0);
      });
    }
  });

  describe('refuses with 2, and says where,', () => {
    const file = 'a.yaml';
    for (const [name, text, complaint] of [
      ['a file that is no YAML', 'cases: [', /a\.yaml:1:\d+ /],
      ['a file without cases', 'cases: []', /a\.yaml:1:8 cases: expected a list of at least one case/],
      [
        'a case without a name',
        'cases:\n  - {text: a, expect: {verdict: allow}}',
        /a\.yaml:2:5 cases\[0\]\.name: expected a name/,
      ],
      [
        'a verdict that is none',
        'cases:\n  - {name: a, text: b, expect: {verdict: blok}}',
        /cases\[0\]\.expect\.verdict: expected one of allow, log, redact, block/,
      ],
      [
        'a member that is unknown',
        'cases:\n  - {name: a, text: b, phse: output, expect: {verdict: allow}}',
        /a\.yaml:2:\d+ cases\[0\]\.phse: unknown; did you mean phase\?/,
      ],
      [
        'both text and messages',
        'cases:\n  - {name: a, text: b, messages: [], expect: {verdict: allow}}',
        /cases\[0\]: expected either text or messages/,
      ],
      [
        'a message that OpenAI would refuse',
        'cases:\n  - {name: a, messages: [{role: boss, content: hidden}], expect: {verdict: allow}}',
        /cases\[0\]\.messages: messages\[0\]\.role: /,
      ],
      [
        'an answer that is none',
        'cases:\n  - {name: a, phase: output, messages: [{role: user, content: hidden}], expect: {verdict: allow}}',
        /expected the answer, a message of the assistant, as the last/,
      ],
      [
        'a zone that no answer has',
        'cases:\n  - {name: a, phase: output, zone: user, text: hidden, expect: {verdict: allow}}',
        /cases\[0\]\.zone: expected one of assistant, reasoning, tool_arguments/,
      ],
      [
        'two cases of one name',
        'cases:\n  - {name: a, text: b, expect: {verdict: allow}}\n  - {name: a, text: b, expect: {verdict: allow}}',
        /a\.yaml:3:\d+ cases\[1\]\.name: expected a name that no other/,
      ],
    ] as const) {
      it(name, async () => {
        put(file, text);
        const { exitCode, stdout, stderr } = await test();
        expect(stderr).to.match(complaint).and.not.include('hidden');
        expect(stdout).to.equal('');
        expect(exitCode).to.equal(2);
      });
    }

    it('a folder without cases', async () => {
      const { exitCode, stderr } = await test();
      expect(stderr).to.include('expected *.yaml, *.yml or *.json in it, found none');
      expect(exitCode).to.equal(2);
    });

    it('a file that is not there', async () => {
      const { exitCode, stderr } = await runKt(['policy', 'test', join(dir, 'none.yaml'), '--policy-config', config]);
      expect(stderr).to.include('none.yaml: there is no such file');
      expect(exitCode).to.equal(2);
    });

    it('a configuration with an error', async () => {
      put(file, 'cases: []');
      writeFileSync(config, configOf('{entities: [EMAIL]}'));
      const { exitCode, stderr } = await test();
      expect(stderr).to.include('the policies cannot be used');
      expect(exitCode).to.equal(2);
    });
  });
});
