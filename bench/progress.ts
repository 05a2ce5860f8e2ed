import process from 'node:process';

/** Says where a benchmark is. Standard output belongs to the figures. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
