import { describe, expect, it } from 'vitest';
import { readDmpOptions } from '../read-options.ts';
import { openBench } from '../testing/bench.ts';
import { registryOf } from '../testing/client.ts';
import { OIDS } from '../vocabulary.ts';

const OWN = '1.2.3.4';
const french = (code: string) => ({ code, system: OIDS.frenchConfidentiality });
const LISTS = {
  lists: [
    {
      metadata: 'healthcareFacilityTypeCode',
      name: 'Secteurs',
      complete: true,
      codes: [{ code: 'LABO/1', system: OWN }],
    },
    {
      metadata: 'confidentialityCode',
      name: 'Masques',
      complete: true,
      codes: [{ code: 'N', system: OIDS.confidentiality }, ...['SECRET', 'TRES_SECRET'].map(french)],
    },
    { metadata: 'eventCodeList', name: 'Actes', systems: [OWN] },
    { metadata: 'contentTypeCode', name: 'Lots', systems: [OWN] },
  ],
  forbiddenTogether: [['SECRET', 'TRES_SECRET']],
};
/** Healthcare facility and type of the lot as the lists want them. */
const facility = (list: string): string =>
  list.replace(
    /(<rim:Classification [^>]*f33fb8ac[^>]*nodeRepresentation=")[^"]*("[\s\S]*?<rim:Value>)[^<]*/,
    `$1LABO/1$2${OWN}`,
  );
const contentType = (list: string): string =>
  list.replace(/(<rim:Classification [^>]*aa543740[\s\S]*?<rim:Value>)[^<]*/, `$1${OWN}`);
const event = (system: string) => (list: string) =>
  list.replace(
    '</rim:ExtrinsicObject>',
    `<rim:Classification id="acte" classificationScheme="urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4" classifiedObject="Document01" nodeRepresentation="A"><rim:Slot name="codingScheme"><rim:ValueList><rim:Value>${system}</rim:Value></rim:ValueList></rim:Slot><rim:Name><rim:LocalizedString value="acte"/></rim:Name></rim:Classification></rim:ExtrinsicObject>`,
  );

describe('TD2.1 with lists of a vendor that say other things than ours', () => {
  it('takes the codes, systems and combinations that they admit, and no other', async () => {
    const { codes } = readDmpOptions(JSON.stringify({ codes: LISTS }));
    const bench = await openBench('strict', undefined, codes);
    try {
      const one = bench.context.population.draw('nominal');
      const told = async (confidentiality: readonly string[], ...edits: readonly ((list: string) => string)[]) => {
        const edit = (list: string): string => edits.reduce((text, change) => change(text), list);
        return registryOf(await bench.feed(one, { confidentiality: [...confidentiality], edit })).errors.map(
          ({ context }) => context,
        );
      };
      // What the guide names is not in these lists.
      expect(await told(['N', 'MASQUE_PS'], contentType)).toEqual([
        expect.stringMatching(/^healthcareFacilityTypeCode : code .* hors du jeu de valeurs Secteurs/),
        expect.stringMatching(/^healthcareFacilityTypeCode : codingScheme .* au lieu de 1\.2\.3\.4/),
        expect.stringMatching(/^confidentialityCode : code « MASQUE_PS » .* hors du jeu de valeurs Masques/),
      ]);
      expect(await told(['N'], facility)).toEqual([expect.stringMatching(/^contentTypeCode : code ou système faux/)]);
      expect(await told(['N', 'SECRET'], facility, contentType, event(OWN))).toEqual([]);
      expect(await told(['N', 'SECRET', 'TRES_SECRET'], facility, contentType, event('9.9'))).toEqual([
        'confidentialityCode : SECRET et TRES_SECRET sur un même document',
        'eventCodeList : codingScheme « 9.9 » au lieu de 1.2.3.4',
      ]);
    } finally {
      await bench.close();
    }
  });

  it('judges a list of confidentiality that is not whole by its systems alone', async () => {
    const lists = [{ metadata: 'confidentialityCode', name: 'Masques', systems: Object.values(OIDS) }];
    const bench = await openBench('strict', undefined, readDmpOptions(JSON.stringify({ codes: { lists } })).codes);
    try {
      const one = bench.context.population.draw('nominal');
      expect(registryOf(await bench.feed(one, { confidentiality: ['N', 'AUTRE'] })).errors).toEqual([]);
    } finally {
      await bench.close();
    }
  });
});
