import { createHash } from 'node:crypto';
import { writeMtom } from '#formats/mime/index.ts';
import { describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';
import { readDmpOptions } from '../read-options.ts';
import { faultOf, registryOf } from '../testing/client.ts';
import { cdaOf, envelope, feeding, lot, type LotParts, vihf } from '../testing/messages.ts';
import { bench, patient, useBench } from '../testing/use-bench.ts';
import { ACTIONS, ASSOCIATIONS, OIDS, RIM } from '../vocabulary.ts';

useBench();

const stored = () => bench.dmp.registry.documents(patient.ins);

const edited = (from: string | RegExp, to: string) => ({ edit: (list: string): string => list.replace(from, to) });

const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';

/** A document that is not in canonical form, and that form. */
function uncanonical() {
  const documentOid = bench.oid();
  const cda = cdaOf(patient, documentOid).replace('<id root', '<id   root').replace('<title>', '\n<title>');
  const canonical = cda
    .replace('<id   root', '<id root')
    .replace(/<(id|code)([^>]*)\/>/g, '<$1$2></$1>')
    .replaceAll(/root="(.*?)" extension="(.*?)"/g, 'extension="$2" root="$1"');
  return { documentOid, cda, canonical };
}

describe('TD2.1 accepted', () => {
  it('keeps the document with its metadata, and says Success', async () => {
    const documentOid = bench.oid();
    const answer = await bench.feed(patient, { documentOid, confidentiality: ['N', 'INVISIBLE_PATIENT'] });
    expect(answer.http.status).toBe(200);
    expect(registryOf(answer)).toEqual({ status: 'Success', errors: [] });
    const cda = cdaOf(patient, documentOid);
    const [document, ...others] = stored();
    expect(others).toEqual([]);
    expect(document).toMatchObject({
      uniqueId: documentOid,
      status: 'Approved',
      ins: patient.ins,
      classCode: '10',
      typeCode: '11502-2',
      formatCode: 'urn:ihe:lab:xd-lab:2008',
      mimeType: 'text/xml',
      title: "CR d'examens <biologiques>",
      submissionTime: '20260105100000',
      hash: createHash('sha1').update(cda).digest('hex'),
      size: Buffer.byteLength(cda),
      confidentiality: ['N', 'INVISIBLE_PATIENT'],
    });
    expect(Buffer.from(document?.bytes ?? []).toString()).toBe(cda);
    expect(document?.entryUUID).toMatch(/^urn:uuid:/);
    expect(bench.last()).toMatchObject({
      operation: 'TD2.1',
      expected: true,
      attribution: { patient: patient.key, ins: patient.ins, documentIds: [documentOid] },
    });
    expect(bench.last().outcome).toContain('1 document(s) enregistré(s)');
  });

  it('replaces the current version, which becomes deprecated', async () => {
    await bench.feed(patient);
    const [first] = stored();
    const answer = await bench.feed(patient, { replaces: first?.entryUUID ?? '' });
    expect(registryOf(answer).status).toBe('Success');
    expect(stored().map(({ status }) => status)).toEqual(['Deprecated', 'Approved']);
  });

  it('takes a manifest digest of the canonical form that it announces', async () => {
    const { documentOid, cda, canonical } = uncanonical();
    const digest = createHash('sha1').update(canonical).digest('base64');
    for (const transform of [`${C14N}#WithComments`, C14N, 'http://www.w3.org/2001/10/xml-exc-c14n#']) {
      bench.reset();
      expect(registryOf(await bench.feed(patient, { documentOid, cda, digest, transform }))).toEqual({
        status: 'Success',
        errors: [],
      });
    }
  });

  it('takes a lot signed by the card that signed the VIHF', async () => {
    const direct = { vihf: { mode: 'DIRECTE', signer: 'CPS-1-SIGN' }, client: 'CPS-1-AUTH' } as const;
    bench.context.population.reset();
    expect(registryOf(await bench.feed(patient, { signer: 'CPS-1-SIGN' }, direct)).errors).toEqual([]);
    const { errors } = registryOf(await bench.feed(patient, { signer: 'CPS-2-SIGN' }, direct));
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'XDSRepositoryMetadataError',
        context: expect.stringMatching(/signé par la carte de \d+, le VIHF par celle de \d+/) as string,
      }),
    ]);
  });

  it.each([
    [
      'INVISIBLE_PATIENT before N',
      { confidentiality: ['INVISIBLE_PATIENT', 'N'] },
      /confidentialityCode N attendu en premier/,
    ],
    ['a serviceStartTime without its hour', edited('>20260105080000<', '>20260105<'), /serviceStartTime « 20260105 »/],
    [
      'a class that is not that of the type',
      edited('nodeRepresentation="10"', 'nodeRepresentation="31"'),
      /classCode « 31 » au lieu de 10/,
    ],
    ['a sex that is none', edited('PID-8|F', 'PID-8|X'), /sourcePatientInfo « PID-8\|X »/],
    ['a line of another segment', edited('PID-8|F', 'NK1-8|F'), /sourcePatientInfo « NK1-8\|F »/],
    ['a signature in French', edited('>art<', '>fr-FR<'), /fiche de la signature : languageCode autre/],
    ['a signature of another type', edited('nodeRepresentation="E1762"', 'nodeRepresentation="X"'), /typeCode autre/],
    [
      'a signature that is not hidden',
      edited('nodeRepresentation="MASQUE_PS"', 'nodeRepresentation="N"'),
      /confidentialityCode/,
    ],
    ['a signature that is no XAdES', { bare: true }, /pas une XAdES/],
  ])('notes %s, whose refusal is not known', async (_, parts, said) => {
    expect(registryOf(await bench.feed(patient, parts))).toEqual({ status: 'Success', errors: [] });
    expect(bench.last().outcome).toMatch(/avertissement : /);
    expect(bench.last().outcome).toMatch(said);
  });

  it('notes nothing of a right lot', async () => {
    await bench.feed(patient);
    expect(bench.last().outcome).not.toMatch(/avertissement/);
  });

  it('plays succes-partiel: a warning, and the document is kept', async () => {
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation: 'succes-partiel' });
    const answer = registryOf(await bench.feed(patient));
    expect(answer.status).toBe('PartialSuccess');
    expect(answer.errors).toHaveLength(1);
    expect(stored()).toHaveLength(1);
  });

  it('is the same lot again: refused as a duplicate, kept once', async () => {
    const same = { lotOid: bench.oid(), documentOid: bench.oid() };
    expect(registryOf(await bench.feed(patient, same)).status).toBe('Success');
    const again = registryOf(await bench.feed(patient, same));
    expect(again.status).toBe('Failure');
    expect(new Set(again.errors.map(({ code }) => code))).toEqual(new Set(['XDSDuplicateUniqueIdInRegistry']));
    expect(stored()).toHaveLength(1);
  });
});

describe('TD2.1 read rightly', () => {
  const success = { status: 'Success', errors: [] };

  it('slots after classifications, noted on the exchange', async () => {
    const edit = (list: string): string =>
      list.replace(
        /(<rim:ExtrinsicObject id="Document01"[^>]*>)(<rim:Slot[\s\S]*?)(<rim:Name>[\s\S]*?)(<\/rim:ExtrinsicObject>)/,
        '$1$3$2$4',
      );
    expect(registryOf(await bench.feed(patient, { edit }))).toEqual(success);
    expect(bench.last().outcome).toMatch(/avertissement : ordre du schéma rim .*Document01/);
    await bench.feed(patient);
    expect(bench.last().outcome).not.toMatch(/avertissement/);
  });

  it.each(['rim', 'ns3', ''])('the prefix « %s »', async (prefix) => {
    const edit = (list: string): string =>
      list
        .replaceAll('<rim:', prefix === '' ? '<' : `<${prefix}:`)
        .replaceAll('</rim:', prefix === '' ? '</' : `</${prefix}:`)
        .replace(/RegistryObjectList>/, `RegistryObjectList xmlns${prefix === '' ? '' : `:${prefix}`}="${RIM}">`);
    expect(registryOf(await bench.feed(patient, { edit }))).toEqual(success);
  });

  it('parts in another order, in BASE64, binary and 8bit, under percent-encoded cids', async () => {
    const documentOid = bench.oid();
    const caller = bench.caller(patient);
    const { body, attachments } = lot(caller, { lotOid: bench.oid(), documentOid });
    const [signature, document] = attachments;
    if (!signature || !document) throw new Error('two parts expected');
    const root = Buffer.from(envelope(ACTIONS.provide, vihf(caller), body));
    const lines = Buffer.from(document.content).toString('base64').replace(/.{76}/g, '$&\r\n');
    const part = (id: string, encoding: string, type: string, content: string | Uint8Array): Buffer =>
      Buffer.concat([
        Buffer.from(
          `--a b'c\r\ncontent-id: <${id}>\r\nCONTENT-TRANSFER-ENCODING: ${encoding}\r\nContent-Type: ${type}\r\n\r\n`,
        ),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const message = {
      contentType: `multipart/related; type="application/xop+xml"; start="<0.1>"; boundary="a b'c"; start-info="application/soap+xml"`,
      body: Buffer.concat([
        Buffer.from('preamble\r\n'),
        part('document:1@test', 'BASE64', 'text/xml', lines),
        part('signature@test', '8bit', 'application/octet-stream', signature.content),
        part('0.1', 'binary', 'application/xop+xml; charset=UTF-8; type="application/soap+xml"', root),
        Buffer.from("--a b'c--\r\nepilogue"),
      ]),
    };
    expect(registryOf(await bench.post('repository', message))).toEqual(success);
    expect(Buffer.from(stored()[0]?.bytes ?? []).toString()).toBe(cdaOf(patient, documentOid));
  });

  it('a self-presenting CDA', async () => {
    const documentOid = bench.oid();
    const cda = `<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"/>${cdaOf(patient, documentOid)}</xsl:stylesheet>`;
    expect(registryOf(await bench.feed(patient, { documentOid, cda }))).toEqual(success);
  });

  it('the setId and the version of the CDA, and the chain of replacements', async () => {
    const versioned = (oid: string, version: number): string =>
      cdaOf(patient, oid).replace(
        '<title>',
        `<setId root="1.2.250.1.999.7"/><versionNumber value="${version}"/><title>`,
      );
    const [one, two] = [bench.oid(), bench.oid()];
    await bench.feed(patient, { documentOid: one, cda: versioned(one, 1) });
    const replaces = stored()[0]?.entryUUID ?? '';
    await bench.feed(patient, { documentOid: two, cda: versioned(two, 2), replaces });
    expect(bench.dmp.registry.versions(one)).toMatchObject([
      { uniqueId: one, status: 'Deprecated', setId: '1.2.250.1.999.7', versionNumber: 1 },
      { uniqueId: two, status: 'Approved', setId: '1.2.250.1.999.7', versionNumber: 2, replaces: one },
    ]);
  });
});

describe('TD2.1 that replaces', () => {
  const SET = '1.2.250.1.999.7';
  const version = (
    documentOid: string,
    { number = 1, set = SET, former = '' }: { number?: number; set?: string; former?: string } = {},
  ): string =>
    cdaOf(patient, documentOid)
      .replace('<recordTarget>', `<setId root="${set}"/><versionNumber value="${number}"/><recordTarget>`)
      .replace(
        '</ClinicalDocument>',
        former === ''
          ? '</ClinicalDocument>'
          : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${former}"/></parentDocument></relatedDocument></ClinicalDocument>`,
      );
  const replacing = async (
    parts: { number?: number; set?: string; former?: string } = {},
    edit = (list: string): string => list,
  ): Promise<string> => {
    const [one, two] = [bench.oid(), bench.oid()];
    await bench.feed(patient, { documentOid: one, cda: version(one) });
    const [former] = stored();
    const answer = await bench.feed(patient, {
      documentOid: two,
      cda: version(two, { number: 2, former: one, ...parts }),
      replaces: former?.entryUUID ?? '',
      edit: (list) => edit(list).replaceAll('FORMER', former?.lid ?? ''),
    });
    expect(registryOf(answer)).toEqual({ status: 'Success', errors: [] });
    return bench.last().outcome;
  };

  it('notes nothing of a version that follows', async () => {
    expect(await replacing()).not.toMatch(/avertissement/);
  });

  it.each([
    ['the same version number', { number: 1 }, /versionNumber du CDA 1, celui du document remplacé est 1/],
    ['another set', { set: '1.2.3' }, /setId du CDA 1\.2\.3, celui du document remplacé est 1\.2\.250\.1\.999\.7/],
    ['another document', { former: '1.2.9' }, /le CDA dit remplacer 1\.2\.9/],
    ['no document', { former: '' }, /le CDA dit remplacer aucun document/],
  ])('notes a CDA that says %s', async (_, parts, said) => {
    expect(await replacing(parts)).toMatch(said);
  });

  it('notes the logical id of the document replaced', async () => {
    const said = await replacing({}, (list) =>
      list.replace('<rim:ExtrinsicObject id="Document01"', '<rim:ExtrinsicObject id="Document01" lid="FORMER"'),
    );
    expect(said).toMatch(/lid du document remplacé : seule une mise à jour/);
  });

  it('notes another type of document', async () => {
    const type = (text: string): string => text.replaceAll('11502-2', '34133-9');
    const [one, two] = [bench.oid(), bench.oid()];
    await bench.feed(patient, { documentOid: one });
    const cda = type(cdaOf(patient, two));
    await bench.feed(patient, { documentOid: two, cda, edit: type, replaces: stored()[0]?.entryUUID ?? '' });
    expect(bench.last().outcome).toMatch(/typeCode 34133-9, celui du document remplacé est 11502-2/);
  });

  it('refuses the document of another patient', async () => {
    const other = bench.context.population.draw('nominal');
    await bench.feed(other);
    const target = bench.dmp.registry.documents(other.ins)[0]?.entryUUID ?? '';
    const { errors } = registryOf(await bench.feed(patient, { replaces: target }));
    expect(errors).toMatchObject([
      { code: 'XDSPatientIdDoesNotMatch', context: expect.stringMatching(/autre patient/) as string },
    ]);
    expect(bench.dmp.registry.documents(other.ins).map(({ status }) => status)).toEqual(['Approved']);
  });
});

describe('TD2.1 as it is documented', () => {
  it('hash and size may be absent, a signature that is no XAdES is refused', async () => {
    const documentation = await openBench('documentation');
    try {
      const one = documentation.context.population.draw('nominal');
      const edit = (list: string): string => list.replaceAll(/<rim:Slot name="(hash|size)">.*?<\/rim:Slot>/g, '');
      expect(registryOf(await documentation.feed(one, { edit })).errors).toEqual([]);
      const { errors } = registryOf(await documentation.feed(one, { bare: true }));
      expect(errors.map(({ context }) => context)).toEqual([expect.stringMatching(/pas une XAdES/)]);
    } finally {
      await documentation.close();
    }
  });
});

describe('TD2.1 with the value sets of a file', () => {
  it('refuses a code that a complete list does not hold, and nothing for a list that is not complete', async () => {
    const loinc = OIDS.loinc;
    const { codes } = readDmpOptions(
      JSON.stringify({
        codes: {
          lists: [
            { metadata: 'typeCode', name: 'JDV_J66', complete: true, codes: [{ code: '11502-2', system: loinc }] },
            { metadata: 'contentTypeCode', name: 'JDV_J59', complete: true, codes: [{ code: '03', system: '1.2' }] },
            { metadata: 'classCode', name: 'JDV_J57', complete: false, codes: [] },
          ],
        },
      }),
    );
    const narrow = await openBench('strict', undefined, codes);
    try {
      const one = narrow.context.population.draw('nominal');
      const first = registryOf(await narrow.feed(one)).errors.map(({ context }) => context);
      expect(first).toEqual([
        expect.stringMatching(/^contentTypeCode : code ou système faux/),
        expect.stringMatching(/contentTypeCode : code « 07 » .* hors du jeu de valeurs JDV_J59/),
      ]);
      const other = edited('nodeRepresentation="11502-2"', 'nodeRepresentation="ZZZ"');
      const said = registryOf(await narrow.feed(one, other)).errors.map(({ context }) => context);
      expect(said).toContainEqual(expect.stringMatching(/typeCode : code « ZZZ » .* JDV_J66/));
    } finally {
      await narrow.close();
    }
  });
});

describe('TD2.1 in line', () => {
  it('is refused: MTOM only', async () => {
    const { errors } = registryOf(await bench.feed(patient, { inline: true }));
    expect(errors).toMatchObject([{ code: 'XDSMissingDocument', location: 'Document01' }]);
    expect(errors[0]?.context).toContain('MTOM');
  });

  it('is read by a lenient DMP', async () => {
    const lenient = await openBench('lenient');
    try {
      const one = lenient.context.population.draw('nominal');
      expect(registryOf(await lenient.feed(one, { inline: true })).errors).toEqual([]);
    } finally {
      await lenient.close();
    }
  });
});

describe('TD2.1 hostile', () => {
  it('a bomb of parts, of headers or of nesting is refused with a clear fault', async () => {
    const header = 'multipart/related; type="application/xop+xml"; boundary=B';
    const root = '--B\r\nContent-Type: application/xop+xml\r\n\r\n<x/>\r\n';
    const bombs: [string, RegExp][] = [
      [`${root}${'--B\r\n\r\nx\r\n'.repeat(5000)}--B--`, /plus de 200 parties/],
      [`${root}--B\r\nX: ${'y'.repeat(100_000)}\r\n\r\nx\r\n--B--`, /en-têtes de la partie 2 font plus de 16384/],
      [`${root}--B\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n--C--\r\n--B--`, /elle-même un multipart/],
      [`${root}--B\r\n\r\nx\r\n`, /tronqué/],
    ];
    for (const [body, reason] of bombs) {
      const answer = faultOf(await bench.post('repository', { contentType: header, body }));
      expect(answer).toMatchObject({ status: 500, code: 'Sender', subcode: 'DMPInvalidRequest' });
      expect(answer.reason).toMatch(reason);
    }
  });

  it('an envelope too deep or too large is refused with a clear fault', async () => {
    const deep = `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`;
    const editBody = (body: string): string => body.replace('<x:Document ', `${deep}<x:Document `);
    expect(faultOf(await bench.feed(patient, { editBody })).reason).toMatch(/plus de 100 niveaux/);
    const large = (body: string): string => `${body}<!--${'x'.repeat(9 * 1024 * 1024)}-->`;
    expect(faultOf(await bench.feed(patient, { editBody: large })).reason).toMatch(/octets/);
  });

  it('one part for a thousand documents is refused', async () => {
    const editBody = (body: string): string =>
      body.replace(
        /<x:Document id="Document01">.*?<\/x:Document>/,
        (one) => one + Array.from({ length: 1000 }, (_, rank) => one.replace('Document01', `Other${rank}`)).join(''),
      );
    expect(faultOf(await bench.feed(patient, { editBody })).reason).toMatch(/plus de 200 documents/);
    const twice = (body: string): string => body.replace('signature@test', 'document%3A1@test');
    const { errors } = registryOf(await bench.feed(patient, { editBody: twice }));
    expect(errors.map(({ context }) => context).join()).toMatch(/sert déjà à un autre document/);
  });

  it('a body beyond 60 MiB is refused with a fault', async () => {
    const body = new Uint8Array(61 * 1024 * 1024);
    const answer = faultOf(await bench.post('repository', { contentType: 'multipart/related; boundary=B', body }));
    expect(answer).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidRequest' });
    expect(answer.reason).toMatch(/62914560 octets/);
  });
});

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
