import { afterAll, describe, expect, it } from 'vitest';
import { readCda } from '#formats/cda/index.ts';
import { openBench } from '../testing/bench.ts';
import { ACTIONS, QUERIES, QUERY, RIM, XDSB } from '../vocabulary.ts';
import type { Deposit } from './types.ts';

const bench = await openBench();
const [patient] = bench.context.population.patients;
const author = bench.context.population.professionals[5];
afterAll(() => bench.close());

function deposit(parts: Partial<Deposit> = {}): Deposit {
  if (!patient || !author) throw new Error('empty population');
  return {
    patient,
    author,
    uniqueId: '1.2.250.1.999.7.1',
    title: "Lettre d'un confrère & suite",
    kind: 'lettre-de-sortie',
    actAt: new Date('2025-03-04T08:00:00Z'),
    createdAt: new Date('2025-03-05T10:00:00Z'),
    submittedAt: new Date('2025-03-05T11:00:00Z'),
    text: 'Examen sans particularité.',
    ...parts,
  };
}

function findDocuments(slots: string): string {
  if (!patient) throw new Error('empty population');
  return (
    `<q:AdhocQueryRequest xmlns:q="${QUERY}" xmlns="${RIM}"><q:ResponseOption returnComposedObjects="true" returnType="LeafClass"/>` +
    `<AdhocQuery id="${QUERIES.findDocuments}"><Slot name="$XDSDocumentEntryPatientId"><ValueList><Value>'${patient.ins}^^^&amp;${patient.oid}&amp;ISO^NH'</Value></ValueList></Slot>` +
    `<Slot name="$XDSDocumentEntryStatus"><ValueList><Value>('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')</Value></ValueList></Slot>${slots}</AdhocQuery></q:AdhocQueryRequest>`
  );
}

describe('deposit', () => {
  it('is found and read by an authorised professional, under its metadata', async () => {
    if (!patient || !author) throw new Error('empty population');
    const { registry } = bench.dmp;
    const kept = registry.deposit(deposit());
    registry.setAuthorisation(patient.ins, bench.caller(patient).professional.nationalId, 'valide');
    const type = `<Slot name="$XDSDocumentEntryTypeCode"><ValueList><Value>('34112-3^^2.16.840.1.113883.6.1')</Value></ValueList></Slot>`;
    const found = await bench.call('registry', ACTIONS.query, patient, findDocuments(type));
    expect(found.http.body.toString()).toContain(kept.entryUUID);
    expect(found.http.body.toString()).toContain(author.structure.id);
    const retrieve = `<x:RetrieveDocumentSetRequest xmlns:x="${XDSB}"><x:DocumentRequest><x:RepositoryUniqueId>1.2.250.1.213.4.1.1.1.2</x:RepositoryUniqueId><x:DocumentUniqueId>${kept.uniqueId}</x:DocumentUniqueId></x:DocumentRequest></x:RetrieveDocumentSetRequest>`;
    const read = await bench.call('repository', ACTIONS.retrieve, patient, retrieve);
    expect(read.http.body.toString()).toContain('ResponseStatusType:Success');
  });

  it('is a CDA of its patient and its author, found at the date of its act', () => {
    const { bytes, typeCode, hash, size } = bench.dmp.registry.deposit(deposit({ uniqueId: '1.2.250.1.999.7.2' }));
    const cda = readCda(bytes);
    expect(cda.ok).toBe(true);
    expect(Buffer.from(bytes).toString('utf8')).toContain(patient?.ins);
    expect([typeCode, hash.length, size]).toEqual(['34112-3', 40, bytes.byteLength]);
  });

  it('leaves no exchange in the journal', () => {
    const before = bench.context.journal.list({ service: 'dmp' }).length;
    bench.dmp.registry.deposit(deposit({ uniqueId: '1.2.250.1.999.7.3', confidentiality: ['MASQUE_PS'] }));
    expect(bench.context.journal.list({ service: 'dmp' })).toHaveLength(before);
  });
});
