/** The body of an answer, piece by piece as it arrives. */
export function reading(res: Response): { until(pattern: RegExp): Promise<string> } {
  const reader = res.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** Everything up to the first match. */
    async until(pattern) {
      while (!pattern.test(text)) {
        const step = await reader?.read();
        if (step?.done !== false) throw new Error(`ended without ${pattern} after: ${text}`);
        text += step.value;
      }
      return text;
    },
  };
}
