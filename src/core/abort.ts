/**
 * Settles as `work` does, or rejects with `signal.reason` once `signal` aborts, whichever comes first. For work that may
 * be slow to notice the signal, such as a look-up deep inside a library; what it does afterwards is passed over.
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
