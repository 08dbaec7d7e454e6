import { describe, expect, it } from 'vitest';
import type { SendOptions } from '../testing/bench.ts';
import { faultOf, registryOf } from '../testing/client.ts';
import { copyOf, findDocumentsBody, queryBody, retrieveBody, slot } from '../testing/messages.ts';
import { bench, drawPatient, patient, useBench } from '../testing/use-bench.ts';
import type { StoredDocument } from '../types.ts';
import { ACTIONS, QUERIES } from '../vocabulary.ts';

useBench();

const SUCCESS = { status: 'Success', errors: [] };

async function fed(confidentiality: readonly string[] = ['N']): Promise<StoredDocument> {
  const documentOid = bench.oid();
  expect(registryOf(await bench.feed(patient, { documentOid, confidentiality }))).toEqual(SUCCESS);
  return current(documentOid);
}

function current(uniqueId: string): StoredDocument {
  const found = bench.dmp.registry.documents(patient.ins).find((one) => one.uniqueId === uniqueId);
  if (!found) throw new Error('not fed');
  return found;
}

const change = async (uuid: string, from: string, to: string, options: SendOptions = {}) =>
  registryOf(await bench.update(patient, { statuses: [{ uuid, from, to }] }, options));

const card = (structure = '10B0999999', nameId?: string): SendOptions => ({
  client: 'CPS-1-AUTH',
  vihf: { mode: 'DIRECTE', signer: 'CPS-1-SIGN', structure, ...(nameId === undefined ? {} : { nameId }) },
});

/** The copy that a product sends: what a search returned, under a local id, with other codes. */
async function copy(uuid: string, confidentiality: readonly string[], change = (xml: string): string => xml) {
  const body = queryBody(QUERIES.getDocuments, slot('$XDSDocumentEntryEntryUUID', `('${uuid}')`));
  const answer = await bench.call('registry', ACTIONS.query, patient, body);
  return change(copyOf(answer.http.body.toString(), 'Document01', confidentiality));
}

async function rewrite(
  document: StoredDocument,
  confidentiality: readonly string[],
  {
    previous = String(document.metadataVersion),
    edit = (xml: string): string => xml,
    options = {},
  }: { previous?: string; edit?: (xml: string) => string; options?: SendOptions } = {},
) {
  const xml = await copy(document.entryUUID, confidentiality, edit);
  return registryOf(await bench.update(patient, { copies: [{ id: 'Document01', xml, previous }] }, options));
}

describe('TD3.3c and TD3.3d, availability', () => {
  it('archives, brings back and deletes; a deleted document is found and read no more', async () => {
    const { entryUUID, uniqueId } = await fed();
    expect(await change(entryUUID, 'Approved', 'Archived')).toEqual(SUCCESS);
    expect(bench.last()).toMatchObject({ operation: 'TD3.3d', attribution: { documentIds: [uniqueId] } });
    expect(current(uniqueId)).toMatchObject({ status: 'Archived', entryUUID });
    expect(await change(entryUUID, 'Archived', 'Approved')).toEqual(SUCCESS);
    expect(await change(entryUUID, 'Approved', 'Deleted')).toEqual(SUCCESS);
    expect(bench.last()).toMatchObject({ operation: 'TD3.3c', expected: true });
    expect(current(uniqueId).status).toBe('Deleted');
    const status = `('urn:asip:ci-sis:2010:StatusType:Deleted')`;
    const found = await bench.call(
      'registry',
      ACTIONS.query,
      patient,
      findDocumentsBody({ patient }).replace(/\('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved'\)/, status),
    );
    expect(found.payload.text).not.toContain(uniqueId);
    const read = registryOf(await bench.call('repository', ACTIONS.retrieve, patient, retrieveBody(uniqueId)));
    expect(read.errors.map(({ code }) => code)).toEqual(['XDSDocumentUniqueIdError']);
    expect((await change(entryUUID, 'Deleted', 'Approved')).errors[0]?.code).toBe('UnresolvedReferenceException');
  });

  it.each([
    ['Approved', 'Deprecated', 'XDSMetadataUpdateOperationError'],
    ['Approved', 'Approved', 'XDSMetadataUpdateOperationError'],
    ['Approved', 'Autre', 'XDSMetadataUpdateOperationError'],
    ['Archived', 'Approved', 'XDSMetadataUpdateError'],
    ['Deprecated', 'Deleted', 'XDSMetadataUpdateError'],
  ])('refuses a document in force from %s to %s', async (from, to, code) => {
    const { entryUUID, uniqueId } = await fed();
    const { status, errors } = await change(entryUUID, from, to);
    expect({ status, codes: errors.map((error) => error.code) }).toEqual({ status: 'Failure', codes: [code] });
    expect(current(uniqueId).status).toBe('Approved');
  });

  it('refuses to bring back a document that was replaced', async () => {
    const { entryUUID } = await fed();
    await bench.feed(patient, { replaces: entryUUID });
    expect((await change(entryUUID, 'Deprecated', 'Approved')).errors[0]?.code).toBe('XDSMetadataUpdateOperationError');
  });

  it('refuses what is unknown, of another patient, a signature, and a lot already seen', async () => {
    const { entryUUID } = await fed();
    const codes = async (uuid: string): Promise<(string | undefined)[]> =>
      (await change(uuid, 'Approved', 'Archived')).errors.map(({ code }) => code);
    expect(await codes('urn:uuid:nothing')).toEqual(['UnresolvedReferenceException']);
    const lotOid = bench.oid();
    const statuses = [{ uuid: entryUUID, from: 'Approved', to: 'Archived' }];
    expect(registryOf(await bench.update(patient, { lotOid, statuses }))).toEqual(SUCCESS);
    const again = [{ uuid: entryUUID, from: 'Archived', to: 'Approved' }];
    const { errors } = registryOf(await bench.update(patient, { lotOid, statuses: again }));
    expect(errors.map(({ code }) => code)).toEqual(['XDSDuplicateUniqueIdInRegistry']);
    drawPatient();
    expect(await codes(entryUUID)).toEqual(['XDSPatientIdDoesNotMatch']);
  });

  it('is for the author: the structure, or under a card the person', async () => {
    const { entryUUID } = await fed();
    // The author of the document is the professional of the card: another structure, the same person.
    expect(await change(entryUUID, 'Approved', 'Archived', card())).toEqual(SUCCESS);
    const documentOid = bench.oid();
    const edit = (list: string): string =>
      list.replace(/(id="author-Document01"[\s\S]*?<rim:Value>)\d+/, '$1899700999999');
    await bench.feed(patient, { documentOid, edit });
    const { errors } = await change(current(documentOid).entryUUID, 'Approved', 'Deleted', card());
    expect(errors).toMatchObject([{ code: 'XDSMetadataUpdateError' }]);
    expect(errors[0]?.context).toMatch(/pas l'auteur/);
  });

  it('of a document of the patient is for the treating doctor', async () => {
    const documentOid = bench.oid();
    const edit = (list: string): string => list.replace('nodeRepresentation="10"', 'nodeRepresentation="90"');
    await bench.feed(patient, { documentOid, edit });
    const { entryUUID } = current(documentOid);
    expect((await change(entryUUID, 'Approved', 'Archived')).errors[0]?.context).toMatch(/médecin traitant/);
    bench.dmp.registry.setTreatingDoctor(patient.ins, bench.caller(patient).professional.nationalId);
    expect(await change(entryUUID, 'Approved', 'Archived')).toEqual(SUCCESS);
  });
});

describe('TD3.3a and TD3.3b, confidentiality', () => {
  it('masks: a new entryUUID and version, the same lid, uniqueId and bytes', async () => {
    const before = await fed();
    expect(await rewrite(before, ['N', 'MASQUE_PS'])).toEqual(SUCCESS);
    expect(bench.last()).toMatchObject({ operation: 'TD3.3a', attribution: { documentIds: [before.uniqueId] } });
    const after = current(before.uniqueId);
    expect(after).toMatchObject({ lid: before.lid, status: 'Approved', metadataVersion: 2, hash: before.hash });
    expect(after.confidentiality).toEqual(['N', 'MASQUE_PS']);
    expect(after.entryUUID).not.toBe(before.entryUUID);
    expect(after.bytes).toEqual(before.bytes);
    expect(bench.dmp.registry.metadataHistory(before.uniqueId).map((one) => one.status)).toEqual([
      'Deprecated',
      'Approved',
    ]);
    expect(await rewrite(after, ['N'])).toEqual(SUCCESS);
    expect(current(before.uniqueId).metadataVersion).toBe(3);
  });

  it('shows to the patient, and does not hide again', async () => {
    const hidden = await fed(['N', 'INVISIBLE_PATIENT']);
    expect(await rewrite(hidden, ['N'])).toEqual(SUCCESS);
    expect(bench.last().operation).toBe('TD3.3b');
    const { errors } = await rewrite(current(hidden.uniqueId), ['N', 'INVISIBLE_PATIENT']);
    expect(errors.map(({ code }) => code)).toEqual(['XDSMetadataUpdateOperationError']);
  });

  it('keeps what replaces what', async () => {
    const first = await fed();
    const documentOid = bench.oid();
    await bench.feed(patient, { documentOid, replaces: first.entryUUID });
    const second = current(documentOid);
    expect(await rewrite(second, ['N', 'MASQUE_PS'])).toEqual(SUCCESS);
    const uuid = current(documentOid).entryUUID;
    const body = queryBody(QUERIES.getAssociations, slot('$uuid', `('${uuid}')`));
    const answer = (await bench.call('registry', ACTIONS.query, patient, body)).http.body.toString();
    expect(answer).toMatch(
      new RegExp(`AssociationType:RPLC" sourceObject="${uuid}" targetObject="${first.entryUUID}"`),
    );
  });

  it.each<[string, Parameters<typeof rewrite>[2], readonly string[], string]>([
    ['of another version', { previous: '7' }, ['N', 'MASQUE_PS'], 'XDSMetadataVersionError'],
    ['without lid', { edit: (xml) => xml.replace(/ lid="[^"]*"/, '') }, ['N'], 'XDSMetadataIdentifierError'],
    [
      'under an unknown lid',
      { edit: (xml) => xml.replace(/ lid="[^"]*"/, ' lid="urn:uuid:00000000-0000-4000-8000-000000000000"') },
      ['N'],
      'UnresolvedReferenceException',
    ],
    [
      'that changes the title',
      { edit: (xml) => xml.replace('biologiques', 'autres') },
      ['N'],
      'XDSMetadataUpdateError',
    ],
    [
      'without hash',
      { edit: (xml) => xml.replace(/<rim:Slot name="hash">.*?<\/rim:Slot>/, '') },
      ['N'],
      'XDSMetadataUpdateError',
    ],
    [
      'of another type',
      { edit: (xml) => xml.replace('nodeRepresentation="11502-2"', 'nodeRepresentation="34112-3"') },
      ['N'],
      'XDSMetadataUpdateError',
    ],
    ['without N', {}, ['MASQUE_PS'], 'XDSRegistryMetadataError'],
    ['masked and hidden at once', {}, ['N', 'MASQUE_PS', 'INVISIBLE_PATIENT'], 'XDSRegistryMetadataError'],
    ['by its author under a card, in another structure', { options: card('10B0999999') }, ['N', 'MASQUE_PS'], ''],
  ])('a copy %s', async (_, how, codes, code) => {
    const document = await fed();
    const { errors } = await rewrite(document, codes, how);
    if (code === '') expect(errors).toEqual([]);
    else expect(errors.map((error) => error.code)).toContain(code);
    if (code !== '') expect(current(document.uniqueId)).toMatchObject({ metadataVersion: 1, confidentiality: ['N'] });
  });

  it('of a former version is told apart from an unknown one', async () => {
    const document = await fed();
    await rewrite(document, ['N', 'MASQUE_PS']);
    expect((await change(document.entryUUID, 'Deprecated', 'Deleted')).errors[0]?.code).toBe('XDSMetadataVersionError');
  });
});

describe('TD3.3 refused as a whole', () => {
  it('a lot without anything, without set, with an association of another kind', async () => {
    expect(registryOf(await bench.update(patient)).errors[0]?.context).toMatch(/ne met rien à jour/);
    const noSet = (list: string): string => list.replace(/<rim:RegistryPackage[\s\S]*?<\/rim:RegistryPackage>/, '');
    expect(registryOf(await bench.update(patient, { edit: noSet })).errors[0]?.context).toMatch(/lot de soumission/);
    const { entryUUID } = await fed();
    const other = await bench.update(patient, {
      statuses: [{ uuid: entryUUID, from: 'Approved', to: 'Deleted' }],
      edit: (list) => list.replace('UpdateAvailabilityStatus', 'SubmitAssociation'),
    });
    expect(registryOf(other).errors[0]?.context).toMatch(/non admise/);
  });

  it('one document twice: nothing changes', async () => {
    const { entryUUID, uniqueId } = await fed();
    const one = { uuid: entryUUID, from: 'Approved', to: 'Deleted' };
    const { errors } = registryOf(await bench.update(patient, { statuses: [one, { ...one, to: 'Archived' }] }));
    expect(errors.map(({ context }) => context).join()).toMatch(/deux fois/);
    expect(current(uniqueId).status).toBe('Approved');
  });

  it('a body without list', async () => {
    const edit = (list: string): string => list.replaceAll('RegistryObjectList', 'Autre');
    expect(faultOf(await bench.update(patient, { edit })).subcode).toBe('DMPInvalidRequest');
  });

  it.each(['XDSRegistryBusy', 'XDSMetadataUpdateError', 'XDSPatientIdDoesNotMatch'])(
    'plays %s once',
    async (situation) => {
      const { entryUUID } = await fed();
      bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
      expect((await change(entryUUID, 'Approved', 'Deleted')).errors[0]?.code).toBe(situation);
      expect(await change(entryUUID, 'Approved', 'Deleted')).toEqual(SUCCESS);
    },
  );
});
