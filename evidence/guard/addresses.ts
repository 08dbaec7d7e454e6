import places from './test-places.json' with { type: 'json' };
import type { Hit, Watch } from './types.ts';

const RESERVED: readonly string[] = places.domains.names;
const ADDRESS =
  /(?<![\p{L}\p{N}._%+'-])[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24})(?![A-Za-z0-9-])/gu;
/** Where what looks like an address names a message or a part of one. */
const IDENTIFIERS =
  /(?:^(?:message-id|content-id|references|in-reply-to|original-message-id|resent-message-id|x-\S*id):[^\n]*|(?:cid|mid):|startinfo=|start=)"?<?$/imu;

/** Mail addresses outside the test domains: of a person, or of the vendor's own people. */
export const watchAddresses: Watch = ({ text }, { domains }) => {
  const hits: Hit[] = [];
  const known = [...RESERVED, ...domains].map((domain) => domain.toLowerCase());
  for (const { 0: written, 1: domain = '', index } of text.matchAll(ADDRESS)) {
    const name = domain.toLowerCase();
    // The mailbox of a patient is an INS: it is judged as one.
    if (places.patients.domains.includes(name) && /^[0-9]{5}[0-9AB]{2}[0-9]{8}@/u.test(written)) continue;
    if (known.some((one) => name === one || name.endsWith(`.${one}`))) continue;
    if (IDENTIFIERS.test(unfoldedBefore(text, index))) continue;
    hits.push({ code: 'ADRESSE_ELECTRONIQUE', from: index, to: index + written.length });
  }
  return hits;
};

/** The line before a place, with the folded lines above it. */
function unfoldedBefore(text: string, at: number): string {
  let from = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 1000);
  while (from > 0 && /[ \t]/u.test(text[from] ?? '') && at - from < 2000) {
    from = Math.max(text.lastIndexOf('\n', from - 2) + 1, 0);
  }
  return text.slice(from, at);
}
