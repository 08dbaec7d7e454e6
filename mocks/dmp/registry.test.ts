import { describe, expect, it } from 'vitest';
import { readRegistryObjects } from '#formats/ebrim/index.ts';
import { readXml } from '#formats/xml/index.ts';
import { createPopulation } from '../population/index.ts';
import { createRegistry, type RegistryEntry } from './registry.ts';
import { RIM } from './vocabulary.ts';

const reading = readXml(`<l xmlns="${RIM}"><ExtrinsicObject id="d"/></l>`);
const source = reading.ok ? reading.root : undefined;
const entry = source && readRegistryObjects(source).documents[0];

function document(rank: number, size: number): RegistryEntry {
  if (!source || !entry) throw new Error('unreadable sample');
  return {
    document: {
      uniqueId: `1.2.${rank}`,
      entryUUID: `urn:uuid:${rank}`,
      lid: `urn:uuid:${rank}`,
      status: 'Approved',
      ins: 'x',
      classCode: '10',
      typeCode: '11502-2',
      formatCode: 'f',
      mimeType: 'text/xml',
      title: '',
      submissionTime: '20260105100000',
      hash: '',
      size,
      bytes: new Uint8Array(),
      confidentiality: ['N'],
    },
    isSignature: false,
    entry,
    source,
    structure: 's',
    submissionSetId: `lot-${rank}`,
  };
}

describe('registry', () => {
  it('lets the oldest documents go beyond its number', () => {
    const registry = createRegistry(createPopulation(), { documents: 2, bytes: 1000 });
    for (const rank of [1, 2, 3]) registry.add([document(rank, 1)], []);
    expect(registry.documents('x').map(({ uniqueId }) => uniqueId)).toEqual(['1.2.2', '1.2.3']);
    expect(registry.byUniqueId('1.2.1')).toBeUndefined();
  });

  it('lets the oldest documents go beyond its size', () => {
    const registry = createRegistry(createPopulation(), { documents: 100, bytes: 10 });
    for (const rank of [1, 2, 3]) registry.add([document(rank, 4)], []);
    expect(registry.documents('x').map(({ uniqueId }) => uniqueId)).toEqual(['1.2.2', '1.2.3']);
    registry.add([document(4, 11)], []);
    expect(registry.documents('x')).toEqual([]);
    registry.add([document(5, 10)], []);
    expect(registry.documents('x')).toHaveLength(1);
  });

  it('deprecates what is replaced, and forgets all at reset', () => {
    const registry = createRegistry(createPopulation());
    registry.add([document(1, 1)], []);
    registry.add([document(2, 1)], ['urn:uuid:1']);
    expect(registry.documents('x').map(({ status }) => status)).toEqual(['Deprecated', 'Approved']);
    expect(registry.hasSubmissionSet('lot-1')).toBe(true);
    registry.setStatus('x', 'actif');
    registry.reset();
    expect(registry.documents('x')).toEqual([]);
    expect(registry.status('x')).toBe('inexistant');
  });
});
