import { hostOf, isLoopback } from '../../core/address.js';
import type { Finding, Path } from '../problem.js';
import { error } from './rule.js';

/** What is wrong with an endpoint's URL. Its text is not repeated: it may hold a password. */
export function* urlFindings(path: Path, text: string, allowInsecureHttp: boolean): Generator<Finding> {
  const url = URL.parse(text);
  if (url === null || url.hostname === '') {
    yield error('bad_url', path, 'expected an http or https URL');
    return;
  }
  if (url.username !== '' || url.password !== '') {
    yield error('bad_url', path, 'expected a URL without user and password', {
      suggestion: 'name credentials by environment variable',
    });
  }
  if (url.search !== '' || url.hash !== '') yield error('bad_url', path, 'expected a URL without query and fragment');
  if (url.protocol === 'http:' && !isLoopback(hostOf(url)) && !allowInsecureHttp) {
    yield error('insecure_url', path, 'http would send prompts and credentials in the clear', {
      suggestion: 'use https',
    });
  }
}
