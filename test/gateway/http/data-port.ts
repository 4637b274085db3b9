import { expect } from 'chai';
import { createDataApp } from '../../../src/gateway/http/data-app.js';
import { createHttpServer, SERVER_LIMITS, type ServerLimits } from '../../../src/gateway/http/http-server.js';
import { MODEL, testGateway, type GatewayParts, type TestGateway } from '../gateway-fixture.js';
import { serving } from '../serving.js';

export const CHAT = { model: MODEL, messages: [{ role: 'user', content: 'Hi, secret prompt!' }] };

interface DataPortParts extends GatewayParts {
  readonly limits?: Partial<ServerLimits>;
}

/** Serves the data port of a test gateway while `run` runs. */
export async function withDataPort<T>(
  { limits, ...parts }: DataPortParts,
  run: (url: string, gateway: TestGateway) => Promise<T>,
): Promise<T> {
  const gateway = await testGateway(parts);
  const server = createHttpServer(createDataApp(gateway), { ...SERVER_LIMITS, ...limits });
  return serving(server, (url) => run(url, gateway));
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}

/** The error of a refusal, which must have OpenAI's four members and nothing but `policy` beside them. */
export async function errorOf(res: Response): Promise<Record<string, unknown>> {
  return checkedError(await res.text());
}

export function checkedError(text: string): Record<string, unknown> {
  const body = JSON.parse(text) as { error: Record<string, unknown> };
  expect(Object.keys(body)).to.deep.equal(['error']);
  const { message, type, param, code, ...rest } = body.error;
  expect(message).to.be.a('string');
  expect(type).to.be.a('string');
  expect([param, code].every((value) => value === null || typeof value === 'string')).to.equal(true);
  expect(Object.keys(rest).filter((key) => key !== 'policy')).to.deep.equal([]);
  return body.error;
}
