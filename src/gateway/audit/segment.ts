import { readdirSync } from 'node:fs';

/** A log is a folder of segments, numbered from 1 without gaps; the oldest may have been removed by retention. */
export interface SegmentFile {
  readonly number: number;
  readonly name: string;
}

const NAME = /^segment-(\d{8})\.jsonl$/;

export function segmentName(number: number): string {
  return `segment-${String(number).padStart(8, '0')}.jsonl`;
}

/** The segments in `directory`, oldest first. */
export function listSegments(directory: string): SegmentFile[] {
  return readdirSync(directory)
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ name, number: Number(match[1]) }] : [];
    })
    .toSorted((a, b) => a.number - b.number);
}
