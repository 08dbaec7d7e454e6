import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openBench } from '../testing/bench.ts';
import { readDmpOptions } from '../read-options.ts';
import { faultOf, registryOf } from '../testing/client.ts';
import { cdaOf, envelope, lot, vihf } from '../testing/messages.ts';
import { C14N, uncanonical } from '../testing/uncanonical.ts';
import { bench, patient, useBench } from '../testing/use-bench.ts';
import { ACTIONS, OIDS, RIM } from '../vocabulary.ts';

useBench();

const stored = () => bench.dmp.registry.documents(patient.ins);

const edited = (from: string | RegExp, to: string) => ({ edit: (list: string): string => list.replace(from, to) });

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
