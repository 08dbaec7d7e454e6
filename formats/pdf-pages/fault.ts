import type { PagesFault } from './types.ts';

/** What the library says of a file that it cannot open, as a code of ours. */
export function faultOf(error: unknown): PagesFault['code'] {
  if (error instanceof WebAssembly.RuntimeError) return 'PAGES_CRASHED';
  return String(error).includes('password') ? 'PAGES_PASSWORD' : 'PAGES_UNREADABLE';
}
