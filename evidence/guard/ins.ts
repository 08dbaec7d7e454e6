import { isValidIns } from '#formats/nir/index.ts';
import published from './published.json' with { type: 'json' };
import type { Hit, Watch } from './types.ts';

/** Test identities that the authorities publish under a production OID. Source: `published.json`. */
export const PUBLISHED_TEST_INS: ReadonlySet<string> = new Set(published.ins);

/** A NIR or NIA with its key: sex, year, month, department, municipality, rank, key; as forms write it, with blanks between its parts. */
const INS_LIKE =
  /(?<![0-9A-Za-z.])[1-478](?<b>[ .\u00A0]?)[0-9]{2}\k<b>[0-9]{2}\k<b>(?:[0-9]{2}|2[AB])\k<b>[0-9]{3}\k<b>[0-9]{3}[ .\u00A0]?[0-9]{2}(?![0-9A-Za-z])/gu;

/** An INS whose key is right, of nobody that the bench or the authorities made up. */
export const watchIns: Watch = ({ text }, { ins }) => {
  const hits: Hit[] = [];
  for (const { 0: written, index } of text.matchAll(INS_LIKE)) {
    const bare = written.replaceAll(/[ .\u00A0]/gu, '');
    if (!isValidIns(bare) || ins.has(bare) || PUBLISHED_TEST_INS.has(bare)) continue;
    hits.push({ code: 'INS_REEL_POSSIBLE', from: index, to: index + written.length });
  }
  return hits;
};
