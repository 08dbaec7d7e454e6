import { createHash } from 'node:crypto';
import { writeMtom } from '#formats/mime/index.ts';
import { describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';
import { faultOf, registryOf } from '../testing/client.ts';
import { cdaOf, envelope, feeding, lot, type LotParts, vihf } from '../testing/messages.ts';
import { C14N, uncanonical } from '../testing/uncanonical.ts';
import { bench, patient, useBench } from '../testing/use-bench.ts';
import { ACTIONS, ASSOCIATIONS, OIDS } from '../vocabulary.ts';

useBench();

const stored = () => bench.dmp.registry.documents(patient.ins);

describe('TD2.1 refused', () => {
  const without = (pattern: RegExp) => ({ edit: (list: string): string => list.replace(pattern, '') });
  const changed = (from: string | RegExp, to: string) => ({ edit: (list: string): string => list.replace(from, to) });
  const slotOf = (name: string): RegExp => new RegExp(`<rim:Slot name="${name}">.*?</rim:Slot>`);
  const codeOf = (scheme: string): RegExp =>
    new RegExp(
      `<rim:Classification [^>]*classificationScheme="urn:uuid:${scheme}[^"]*"[\\s\\S]*?</rim:Classification>`,
    );
  const documentSlot = (name: string): RegExp =>
    new RegExp(`(?<=<rim:ExtrinsicObject id="Document01"[\\s\\S]*?)<rim:Slot name="${name}">.*?</rim:Slot>`);
  const badDocument = (value: string) => changed(/(?<=2e82c1f6-a085-4c72-9da3-8640a32e42ab" value=")[^"]*/, value);

  it.each<[string, Partial<LotParts>, string, RegExp]>([
    ['hash of other bytes', { hash: 'a'.repeat(40) }, 'XDSRepositoryMetadataError', /hash/],
    ['wrong size', { size: '12' }, 'XDSRepositoryMetadataError', /size/],
    ['no creationTime', without(documentSlot('creationTime')), 'XDSRegistryMetadataError', /creationTime : absent/],
    ['no serviceStartTime', without(slotOf('serviceStartTime')), 'XDSRegistryMetadataError', /serviceStartTime/],
    ['no sourcePatientInfo', without(slotOf('sourcePatientInfo')), 'XDSRegistryMetadataError', /sourcePatientInfo/],
    ['no submissionTime', without(slotOf('submissionTime')), 'XDSRegistryMetadataError', /submissionTime/],
    ['a time that is none', changed('>20260105080000<', '>2026-01-05<'), 'XDSRegistryMetadataError', /AAAAMMJJ/],
    ['a submission in month 13', changed('>20260105100000<', '>20261305100000<'), 'XDSRegistryMetadataError', /existe/],
    ['a submission of a year', changed('>20260105100000<', '>2026<'), 'XDSRegistryMetadataError', /AAAAMMJJ/],
    ['no hash', without(slotOf('hash')), 'XDSRegistryMetadataError', /hash et size : obligatoires/],
    ['no size', without(slotOf('size')), 'XDSRegistryMetadataError', /hash et size : obligatoires/],
    ['a title too long', changed(/CR d'examens/, 'T'.repeat(129)), 'XDSRegistryMetadataError', /title .* 128 au plus/],
    [
      'two legalAuthenticators',
      changed(/(<rim:Slot name="legalAuthenticator"><rim:ValueList>)(<rim:Value>.*?<\/rim:Value>)/, '$1$2$2'),
      'XDSRegistryMetadataError',
      /une seule valeur/,
    ],
    [
      'a reference that is no CXi',
      changed(
        '<rim:Slot name="hash">',
        '<rim:Slot name="urn:ihe:iti:xds:2013:referenceIdList"><rim:ValueList><rim:Value>D1</rim:Value></rim:ValueList></rim:Slot><rim:Slot name="hash">',
      ),
      'XDSRegistryMetadataError',
      /referenceIdList/,
    ],
    [
      'an act without system',
      changed(
        /(<rim:Classification id="c-Document01-10".*?<\/rim:Classification>)/,
        '$1<rim:Classification id="act" classificationScheme="urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4" classifiedObject="Document01" nodeRepresentation="18719-5"><rim:Name><rim:LocalizedString value="Biochimie"/></rim:Name></rim:Classification>',
      ),
      'XDSRegistryMetadataError',
      /eventCodeList/,
    ],
    [
      'five confidentiality codes',
      { confidentiality: ['N', 'N', 'N', 'N', 'N'] },
      'XDSRegistryMetadataError',
      /5 codes, 4 au plus/,
    ],
    ['the confidentiality R', changed('="N"', '="R"'), 'XDSRegistryMetadataError', /R \(2.16/],
    ['an author under another type', changed(/IDNPS/g, 'ADELI'), 'XDSRegistryMetadataError', /« ADELI »/],
    ['no classCode', without(codeOf('41a5887f')), 'XDSRegistryMetadataError', /classCode : absent/],
    ['no typeCode', without(codeOf('f0306f51')), 'XDSRegistryMetadataError', /typeCode : absent/],
    ['no formatCode', without(codeOf('a09d5840')), 'XDSRegistryMetadataError', /formatCode : absent/],
    ['no contentTypeCode', without(codeOf('aa543740')), 'XDSRegistryMetadataError', /contentTypeCode/],
    ['no author of the lot', without(codeOf('a7058bb9')), 'XDSRegistryMetadataError', /un seul auteur/],
    ['no author of the document', without(codeOf('93606bcf')), 'XDSRegistryMetadataError', /author : absent/],
    ['no confidentiality', { confidentiality: [] }, 'XDSRegistryMetadataError', /confidentialityCode : absent/],
    ['confidentiality without N', { confidentiality: ['MASQUE_PS'] }, 'XDSRegistryMetadataError', /N attendu/],
    ['unknown confidentiality', { confidentiality: ['N', 'X'] }, 'XDSRegistryMetadataError', /hors du jeu/],
    [
      'masked and invisible at once',
      { confidentiality: ['N', 'MASQUE_PS', 'INVISIBLE_PATIENT'] },
      'XDSRegistryMetadataError',
      /MASQUE_PS et INVISIBLE_PATIENT/,
    ],
    [
      'classCode of another system',
      changed('1.2.250.1.213.1.1.4.1<', '1.2.3<'),
      'XDSRegistryMetadataError',
      /codingScheme « 1.2.3 »/,
    ],
    [
      'sector that is none',
      changed(/nodeRepresentation="SA25"/, 'nodeRepresentation="LABO"'),
      'XDSRegistryMetadataError',
      /LABO/,
    ],
    ['author without authority', changed(/\^D\^\^\^IDNPS/g, '^^^^'), 'XDSRegistryMetadataError', /XCN 10, 13/],
    ['institution without id', changed(/\^IDNST\^\^\^10B0152872/, '^IDNST'), 'XDSRegistryMetadataError', /XON 10/],
    [
      'institution of another structure',
      changed(/(?<=IDNST\^\^\^)10B0152872/, '10B0999999'),
      'XDSRegistryMetadataError',
      /Aucun AuthorInstitution/,
    ],
    ['speciality without system', changed('^1.2.250.1.213.1.1.4.5', ''), 'XDSRegistryMetadataError', /code\^libellé/],
    ['uniqueId with an extension', badDocument('1.2.3^4'), 'XDSRegistryMetadataError', /OID simple/],
    ['uniqueId too long', badDocument(`1.2.${'3'.repeat(64)}`), 'XDSRegistryMetadataError', /OID simple/],
    [
      'lot without uniqueId',
      without(/<rim:ExternalIdentifier [^>]*96fdda7c.*?<\/rim:ExternalIdentifier>/),
      'XDSRegistryMetadataError',
      /uniqueId : absent/,
    ],
    [
      'patientId that is no CX',
      changed(/(?<=58a6f841-87b3-4a3e-92fd-a8ffeff98427" value=")[^"]*/, '12'),
      'XDSPatientIdDoesNotMatch',
      /patientId du document/,
    ],
    [
      'no HasMember to the document',
      without(/<rim:Association id="a1".*?<\/rim:Association>/),
      'XDSRegistryMetadataError',
      /HasMember/,
    ],
    [
      'no signs association',
      without(/<rim:Association id="a3".*?<\/rim:Association>/),
      'XDSRegistryMetadataError',
      /signs/,
    ],
    [
      'an association of another kind',
      changed(ASSOCIATIONS.signs, 'urn:ihe:iti:2007:AssociationType:XFRM'),
      'XDSRegistryMetadataError',
      /non admise/,
    ],
    [
      'no submission set',
      without(/<rim:Classification id="node".*?\/>/),
      'XDSRegistryMetadataError',
      /lot de soumission/,
    ],
    [
      'no signature entry',
      without(/<rim:ExtrinsicObject id="Signature01"[\s\S]*?<\/rim:ExtrinsicObject>/),
      'XDSRegistryMetadataError',
      /signature/,
    ],
    [
      'a manifest with another digest',
      { digest: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
      'XDSRepositoryMetadataError',
      /manifeste/,
    ],
    [
      'a lot signed by a TLS certificate',
      { signer: 'ORG_AUTH_CLI' },
      'XDSRepositoryMetadataError',
      /certificat de signature/,
    ],
    [
      'a lot signed by a card, the VIHF by the structure',
      { signer: 'CPS-1-SIGN' },
      'XDSRepositoryMetadataError',
      /et non par la structure du VIHF/,
    ],
    ['a lot signed by an expired certificate', { signer: 'EXPIRED' }, 'XDSRepositoryMetadataError', /expiré/],
    [
      'a media type that the DMP does not take',
      changed('mimeType="text/xml"', 'mimeType="application/pdf"'),
      'XDSRegistryMetadataError',
      /mimeType/,
    ],
    ['a CDA that is not well-formed', { cda: '<ClinicalDocument>' }, 'XDSRepositoryMetadataError', /mal formé/],
    ['a document that is no CDA', { cda: '<x/>' }, 'XDSRepositoryMetadataError', /ClinicalDocument/],
    ['a replacement of nothing', { replaces: 'urn:uuid:nothing' }, 'XDSReplaceFailed', /inconnu/],
  ])('%s', async (_, parts, code, context) => {
    const answer = registryOf(await bench.feed(patient, parts));
    expect(answer.status).toBe('Failure');
    const found = answer.errors.find((error) => error.code === code && context.test(error.context));
    expect(found, JSON.stringify(answer.errors)).toBeDefined();
    expect(stored()).toEqual([]);
    expect(bench.last().outcome).toMatch(/^refusé : XDS/);
  });

  it.each<[string, (cda: string) => string, string]>([
    [
      'another patient',
      (cda) => cda.replace(/extension="\d+"/, 'extension="279035121518989"'),
      'XDSPatientIdDoesNotMatch',
    ],
    [
      'another authority',
      (cda) => cda.replace('1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.8'),
      'XDSPatientIdDoesNotMatch',
    ],
    [
      'an id with an extension',
      (cda) => cda.replace(/(<id root="[^"]*")/, '$1 extension="x"'),
      'XDSRepositoryMetadataError',
    ],
    ['another id', (cda) => cda.replace(/<id root="[^"]*"/, '<id root="1.2.3"'), 'XDSRepositoryMetadataError'],
    ['another type', (cda) => cda.replace('11502-2', '34112-3'), 'XDSRepositoryMetadataError'],
    [
      'another author',
      (cda) =>
        cda.replace(
          '</ClinicalDocument>',
          '<author><assignedAuthor><id root="1.2" extension="X"/></assignedAuthor></author></ClinicalDocument>',
        ),
      'XDSRepositoryMetadataError',
    ],
  ])('a CDA of %s', async (_, change, code) => {
    const documentOid = bench.oid();
    const answer = registryOf(await bench.feed(patient, { documentOid, cda: change(cdaOf(patient, documentOid)) }));
    expect(answer.errors.map((error) => error.code)).toEqual([code]);
  });

  it('names that every JavaScript object has are unknown codes like others', async () => {
    const edit = (list: string): string => list.replaceAll(`>${OIDS.confidentiality}<`, '>__proto__<');
    const answer = registryOf(await bench.feed(patient, { edit, confidentiality: ['N', 'constructor'] }));
    expect(answer.errors.map(({ context }) => context).join()).toContain('constructor');
    expect(answer.errors.map(({ context }) => context).join()).toContain('__proto__');
  });

  it('a value without end, shown shortened', async () => {
    const answer = registryOf(await bench.feed(patient, { hash: 'f'.repeat(100_000) }));
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors[0]?.context.length).toBeLessThan(1000);
  });

  it('lists all problems, each with its place', async () => {
    const answer = registryOf(await bench.feed(patient, { hash: 'x', size: '1', confidentiality: ['X'] }));
    expect(answer.errors.length).toBeGreaterThanOrEqual(4);
    expect(new Set(answer.errors.map(({ location }) => location))).toEqual(new Set(['Document01']));
  });

  it('a lot about another patient than the VIHF', async () => {
    const other = bench.context.population.draw('nominal');
    const caller = bench.caller(other);
    const message = feeding(caller, { lotOid: bench.oid(), documentOid: bench.oid() }, vihf(bench.caller(patient)));
    const answer = registryOf(await bench.post('repository', message));
    expect(new Set(answer.errors.map(({ code }) => code))).toEqual(new Set(['XDSPatientIdDoesNotMatch']));
  });

  it('a document without entry, and an entry without document', async () => {
    const editBody = (body: string): string => body.replace('<x:Document id="Document01">', '<x:Document id="Other">');
    const codes = registryOf(await bench.feed(patient, { editBody })).errors.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['XDSMissingDocument', 'XDSMissingDocumentMetadata']));
  });

  it('a part that is not in the package', async () => {
    const editBody = (body: string): string => body.replace('cid:document', 'cid:missing');
    const { errors } = registryOf(await bench.feed(patient, { editBody }));
    expect(errors[0]).toMatchObject({ code: 'XDSMissingDocument', location: 'Document01' });
  });

  it.each([
    ['raw bytes under a transform', true, /celle des octets bruts, la transformation .*c14n.* était annoncée/],
    ['a canonical form without its transform', false, /celle de la forme canonique, aucune transformation/],
  ])('a digest of %s, that a lenient DMP notes', async (_, announced, said) => {
    const { documentOid, cda, canonical } = uncanonical();
    const digest = createHash('sha1')
      .update(announced ? cda : canonical)
      .digest('base64');
    const parts = { documentOid, cda, digest, ...(announced && { transform: C14N }) };
    const { errors } = registryOf(await bench.feed(patient, parts));
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'XDSRepositoryMetadataError',
        context: expect.stringMatching(said) as string,
      }),
    ]);
    const lenient = await openBench('lenient');
    try {
      const one = lenient.context.population.draw('nominal');
      const own = { ...parts, cda: cda.replace(patient.ins, one.ins).replace(patient.oid, one.oid) };
      const digestOfOwn = createHash('sha1')
        .update(announced ? own.cda : canonical.replace(patient.ins, one.ins).replace(patient.oid, one.oid))
        .digest('base64');
      expect(registryOf(await lenient.feed(one, { ...own, digest: digestOfOwn })).errors).toEqual([]);
      expect(lenient.last().outcome).toMatch(said);
    } finally {
      await lenient.close();
    }
  });

  it('a transform that nobody knows, and a canonical form of what is not XML', async () => {
    const unknown = registryOf(await bench.feed(patient, { transform: 'urn:magic' }));
    expect(unknown.errors.map(({ context }) => context).join()).toMatch(/« urn:magic » n'est pas admis/);
    const torn = registryOf(await bench.feed(patient, { cda: '<ClinicalDocument>', transform: C14N }));
    expect(torn.errors.map(({ context }) => context).join()).toMatch(/n'est pas du XML/);
  });

  it('a manifest that was not the one signed', async () => {
    const caller = bench.caller(patient);
    const documentOid = bench.oid();
    const lotOid = bench.oid();
    const { body, attachments } = lot(caller, { lotOid, documentOid, digest: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' });
    const [signature, document] = attachments;
    if (!signature || !document) throw new Error('two parts expected');
    const right = createHash('sha1').update(document.content).digest('base64');
    // The signed manifest lies; one that tells the truth is put before it, outside of what was signed.
    const honest = `<Object><Manifest><Reference URI="urn:oid:${lotOid}"/><Reference URI="urn:oid:${documentOid}"><DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/><DigestValue>${right}</DigestValue></Reference></Manifest></Object>`;
    const forged = signature.content.toString().replace('<Object>', `${honest}<Object>`);
    const message = writeMtom({
      root: envelope(ACTIONS.provide, vihf(caller), body),
      attachments: [document, { ...signature, content: Buffer.from(forged) }],
    });
    const { errors } = registryOf(await bench.post('repository', message));
    expect(errors.map(({ context }) => context)).toEqual([
      expect.stringMatching(/empreinte du document .* est fausse/),
    ]);
  });

  it('another content under a uniqueId that is known', async () => {
    const documentOid = bench.oid();
    await bench.feed(patient, { documentOid });
    const cda = cdaOf(patient, documentOid).replace('Compte rendu', 'Autre');
    const { errors } = registryOf(await bench.feed(patient, { documentOid, cda }));
    expect(errors.map(({ code }) => code)).toContain('XDSNonIdenticalHash');
  });

  it('the same uniqueId twice in a lot', async () => {
    const documentOid = bench.oid();
    const edit = (list: string): string => list.replace(`value="${documentOid}.9"`, `value="${documentOid}"`);
    const { errors } = registryOf(await bench.feed(patient, { documentOid, edit }));
    expect(errors.map(({ code }) => code)).toContain('XDSRegistryDuplicateUniqueIdInMessage');
  });

  it('a body without registry objects', async () => {
    const editBody = (body: string): string => body.replaceAll('RegistryObjectList', 'Other');
    expect(faultOf(await bench.feed(patient, { editBody })).code).toBe('Sender');
  });
});

describe('TD2.1 and those who may not', () => {
  it('a professional who is not of the structure', async () => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation: 'ps-structure-non-lies', times: 1 });
    expect(faultOf(await bench.feed(patient))).toMatchObject({ reason: 'PS et Structure non liés.' });
    expect(registryOf(await bench.feed(patient)).status).toBe('Success');
  });

  it('is open to a professional whom the patient blocks: only reading is closed', async () => {
    bench.dmp.registry.setBlocked(patient.ins, bench.caller(patient).professional.nationalId, true);
    expect(registryOf(await bench.feed(patient)).status).toBe('Success');
  });
});

describe('TD2.1 replacement refused', () => {
  it('of one document by two, of a signature', async () => {
    await bench.feed(patient);
    const replaces = stored()[0]?.entryUUID ?? '';
    const edit = (list: string): string =>
      list.replace(/(<rim:Association id="a4".*?)\/?>(<\/rim:Association>)/, (one) => one + one);
    const { errors } = registryOf(await bench.feed(patient, { replaces, edit }));
    expect(errors.map(({ code, context }) => `${code} ${context}`).join()).toMatch(/XDSReplaceFailed .*deux fois/);
  });

  it('of a deprecated version', async () => {
    await bench.feed(patient);
    const replaces = stored()[0]?.entryUUID ?? '';
    await bench.feed(patient, { replaces });
    const { errors } = registryOf(await bench.feed(patient, { replaces }));
    expect(errors.map(({ code }) => code)).toEqual(['XDSRegistryDeprecatedDocumentError']);
  });

  it('of the document of another patient', async () => {
    const other = bench.context.population.draw('nominal');
    await bench.feed(other);
    const replaces = bench.dmp.registry.documents(other.ins)[0]?.entryUUID ?? '';
    const { errors } = registryOf(await bench.feed(patient, { replaces }));
    expect(errors.map(({ code }) => code)).toEqual(['XDSPatientIdDoesNotMatch']);
  });
});

describe('TD2.1 and the state of the record', () => {
  it.each([
    ['dmp-inexistant', 'XDSUnknownPatientId'],
    ['dmp-ferme', 'XDSUnknownPatientId'],
  ])('refuses a patient %s', async (situation, code) => {
    const one = bench.context.population.draw(situation);
    const { status, errors } = registryOf(await bench.feed(one));
    expect({ status, codes: errors.map((error) => error.code) }).toEqual({ status: 'Failure', codes: [code] });
  });

  it.each([
    ['XDSRegistryNotAvailable', 'XDSRegistryNotAvailable'],
    ['XDSRegistryBusy', 'XDSRegistryBusy'],
    ['XDSRepositoryError', 'XDSRepositoryError'],
    ['XDSUnknownPatientId', 'XDSUnknownPatientId'],
    ['XDSPatientIdDoesNotMatch', 'XDSPatientIdDoesNotMatch'],
    ['XDSDuplicateUniqueIdInRegistry', 'XDSDuplicateUniqueIdInRegistry'],
    ['XDSRegistryMetadataError', 'XDSRegistryMetadataError'],
    ['inexistant', 'XDSUnknownPatientId'],
    ['structure-inconnue', 'XDSRegistryMetadataError'],
  ])('plays %s once; the same lot then passes', async (situation, code) => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    const same = { lotOid: bench.oid(), documentOid: bench.oid() };
    expect(registryOf(await bench.feed(patient, same)).errors.map((error) => error.code)).toEqual([code]);
    expect(registryOf(await bench.feed(patient, same)).status).toBe('Success');
  });

  it('keeps nothing of a lot whose connection was cut', async () => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation: 'coupure', times: 1 });
    const same = { lotOid: bench.oid(), documentOid: bench.oid() };
    await expect(bench.feed(patient, same)).rejects.toThrow();
    expect(stored()).toEqual([]);
    expect(registryOf(await bench.feed(patient, same)).status).toBe('Success');
  });
});
