import type { Context } from 'hono';
import { problem } from '../problems/index.ts';

/**
 * Refuses a change that a page of another site asks for: a browser always says from which one it comes.
 *
 * @throws {Problem} 403 `ORIGINE_REFUSEE`
 */
export function refuseOtherSites({ req }: Context, ours: readonly string[]): void {
  const origin = req.header('origin');
  const site = req.header('sec-fetch-site');
  const foreign = origin !== undefined && !ours.includes(origin.toLowerCase());
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) throw problem('ORIGINE_REFUSEE');
}
