import { closeSync, openSync } from 'node:fs';

/** A process needs some for each request that it passes on. */
const NEEDED = 8;

/** Throws if the process can open no more files and connections: it answers on those that it has, and does nothing else. */
export function assertFreeDescriptors(): void {
  const opened: number[] = [];
  try {
    for (let count = 0; count < NEEDED; count += 1) opened.push(openSync('/dev/null', 'r'));
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
