import { describe, expect, it } from 'vitest';
import { readRegistryObjects } from '#formats/ebrim/index.ts';
import { readXml } from '#formats/xml/index.ts';
import { createPopulation } from '../population/index.ts';
import { amend, createRegistry, type RegistryEntry, storedDocument } from './registry.ts';
import { RIM } from './vocabulary.ts';

const reading = readXml(`<l xmlns="${RIM}"><ExtrinsicObject id="d"/></l>`);
const source = reading.ok ? reading.root : undefined;
const entry = source && readRegistryObjects(source).documents[0];

function document(rank: number, size: number): RegistryEntry {
  if (!source || !entry) throw new Error('unreadable sample');
  const fields = {
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
    confidentiality: ['N'],
    metadataVersion: 1,
  } as const;
  return {
    document: storedDocument(fields, () => new Uint8Array(size)),
    held: size,
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
    for (const rank of [1, 2, 3]) registry.add({ entries: [document(rank, 1)] });
    expect(registry.documents('x').map(({ uniqueId }) => uniqueId)).toEqual(['1.2.2', '1.2.3']);
    expect(registry.byUniqueId('1.2.1')).toBeUndefined();
  });

  it('lets the oldest documents go beyond its size', () => {
    const registry = createRegistry(createPopulation(), { documents: 100, bytes: 10 });
    for (const rank of [1, 2, 3]) registry.add({ entries: [document(rank, 4)] });
    expect(registry.documents('x').map(({ uniqueId }) => uniqueId)).toEqual(['1.2.2', '1.2.3']);
    registry.add({ entries: [document(4, 11)] });
    expect(registry.documents('x')).toEqual([]);
    registry.add({ entries: [document(5, 10)] });
    expect(registry.documents('x')).toHaveLength(1);
  });

  it('deprecates what is replaced, and forgets all at reset', () => {
    const registry = createRegistry(createPopulation());
    registry.add({ entries: [document(1, 1)] });
    registry.add({ entries: [document(2, 1)], deprecated: ['urn:uuid:1'] });
    expect(registry.documents('x').map(({ status }) => status)).toEqual(['Deprecated', 'Approved']);
    registry.setStatus('x', 'actif');
    registry.reset();
    expect(registry.documents('x')).toEqual([]);
    expect(registry.status('x')).toBe('inexistant');
  });

  it('tells the versions of a document, whichever is asked, and those of its metadata', () => {
    const registry = createRegistry(createPopulation());
    const replacing = (rank: number, replaces: string): RegistryEntry => amend(document(rank, 1), { replaces });
    registry.add({ entries: [document(1, 1), document(9, 1)] });
    registry.add({ entries: [replacing(2, '1.2.1')], deprecated: ['urn:uuid:1'] });
    registry.add({ entries: [replacing(3, '1.2.2')], deprecated: ['urn:uuid:2'] });
    const ids = (uniqueId: string): string[] => registry.versions(uniqueId).map((one) => one.uniqueId);
    expect(ids('1.2.1')).toEqual(['1.2.1', '1.2.2', '1.2.3']);
    expect(ids('1.2.2')).toEqual(ids('1.2.1'));
    expect(ids('1.2.3')).toEqual(ids('1.2.1'));
    expect(ids('1.2.9')).toEqual(['1.2.9']);
    expect(ids('1.2.404')).toEqual([]);
    const masked = { entryUUID: 'urn:uuid:9b', metadataVersion: 2, confidentiality: ['N', 'MASQUE_PS'] };
    registry.add({ entries: [amend(document(9, 1), masked)], deprecated: ['urn:uuid:9'] });
    expect(registry.metadataHistory('1.2.9').map((one) => [one.metadataVersion, one.status])).toEqual([
      [1, 'Deprecated'],
      [2, 'Approved'],
    ]);
    expect(registry.documents('x')).toHaveLength(4);
    expect(registry.byUniqueId('1.2.9')?.document.entryUUID).toBe('urn:uuid:9b');
  });

  it('never loops on documents that replace each other', () => {
    const registry = createRegistry(createPopulation());
    registry.add({
      entries: [amend(document(1, 1), { replaces: '1.2.2' }), amend(document(2, 1), { replaces: '1.2.1' })],
    });
    expect(registry.versions('1.2.1').length).toBeLessThanOrEqual(3);
  });

  it('reads a content when it is asked, not before', () => {
    let reads = 0;
    const { bytes: _, ...fields } = document(1, 1).document;
    const one = storedDocument(fields, () => {
      reads += 1;
      return new Uint8Array([reads]);
    });
    expect({ ...one }).not.toHaveProperty('bytes');
    expect(reads).toBe(0);
    expect(one.bytes).toEqual(new Uint8Array([1]));
  });
});
