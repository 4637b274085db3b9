/**
 * The wait that an upstream's headers ask for, in seconds; nothing when they ask for none.
 * `retry-after` is seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#name-retry-after), AWS's own header and OpenAI's milliseconds.
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const waits: number[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const header = name.toLowerCase();
    if (header === 'retry-after') waits.push(/^\d/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000);
    else if (header === 'x-amz-retry-after' || header === 'retry-after-ms') waits.push(Number(value) / 1000);
  }
  const asked = waits.filter((seconds) => Number.isFinite(seconds) && seconds >= 0);
  return asked.length > 0 ? Math.max(...asked) : undefined;
}
