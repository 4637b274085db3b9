/**
 * Are two words within `most` typing errors of each other: letters added, left out, exchanged, or neighbours swapped (each letter
 * edited once: optimal string alignment)? Costs `most` times the length, whatever the words.
 */
export function isWithin(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  const out = most + 1;
  const width = b.length + 1;
  let before = new Uint8Array(width).fill(out);
  let last = Uint8Array.from({ length: width }, (_, j) => Math.min(j, out));
  for (let i = 1; i <= a.length; i++) {
    const row = new Uint8Array(width).fill(out);
    if (i <= most) row[0] = i;
    let least = row[0] as number;
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(
        (last[j - 1] as number) + (same ? 0 : 1),
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
      );
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      }
      row[j] = Math.min(cost, out);
      least = Math.min(least, row[j] as number);
    }
    if (least > most) return false;
    before = last;
    last = row;
  }
  return (last[b.length] as number) <= most;
}
