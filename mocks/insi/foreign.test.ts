import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startMocks } from '../start-mocks.ts';
import { testPki } from '../testing.ts';
import type { BenchAddresses, PatientLine } from '../types.ts';

/**
 * A client written by somebody else: it knows the line that `jalon mocks --json` prints and nothing more. Everything below
 * it is of Node, and its XML is written and read by hand.
 */
function foreignClient({ insi, pki }: BenchAddresses, name: string, agent: Agent) {
  const material = pki.clients[name];
  if (!material) throw new Error(`no ${name}`);
  const pfx = readFileSync(material.p12);
  const ca = readFileSync(pki.ca);
  return (message: string, action: string): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve, reject) => {
      const call = request(
        insi.url,
        {
          method: 'POST',
          agent,
          pfx,
          passphrase: material.passphrase,
          ca,
          headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => (text += piece));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
          response.on('error', reject);
        },
      );
      call.on('error', reject);
      call.end(message);
    });
}

const ACTION = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite';

function messageFor(patient: PatientLine, rank: number): string {
  const name = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:adr="http://www.w3.org/2005/08/addressing">
  <env:Header>
    <adr:Action env:mustUnderstand="true">${ACTION}</adr:Action>
    <adr:MessageID>uuid:00000000-0000-4000-8000-${String(rank).padStart(12, '0')}</adr:MessageID>
    <ContexteBAM xmlns="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM"><Id>b-${rank}</Id><Temps>2026-01-05T10:00:00Z</Temps><Emetteur>10B0152872</Emetteur><COUVERTURE/></ContexteBAM>
    <ContexteLPS xmlns="urn:siram:lps:ctxlps" Nature="CTXLPS" Version="01_00"><Id>l-${rank}</Id><Temps>2026-01-05T10:00:00Z</Temps><Emetteur>10B0152872</Emetteur><LPS><IDAM R="4">AUTRE00001</IDAM><Version>9.1</Version><Instance>c0ffee00-0000-4000-8000-000000000000</Instance><Nom>urn:lps:autre:9.1</Nom></LPS></ContexteLPS>
  </env:Header>
  <env:Body>
    <i:RECSANSVITALE xmlns:i="http://www.cnamts.fr/INSiRecSans">
      <i:NomNaissance>${name(patient.name)}</i:NomNaissance>
      ${patient.firstNames.slice(0, 1).map((one) => `<i:Prenom>${name(one)}</i:Prenom>`)}
      <i:Sexe>${patient.sex}</i:Sexe>
      <i:DateNaissance>${patient.birthDate}</i:DateNaissance>
    </i:RECSANSVITALE>
  </env:Body>
</env:Envelope>`;
}

/** Tolerant of every dress: local name, any prefix, CDATA or not, references or not. */
function textOf(xml: string, local: string): string | undefined {
  const found = new RegExp(`<(?:[\\w.-]+:)?${local}(?:\\s[^>]*)?>([^<]*|<!\\[CDATA\\[.*?\\]\\]>)</`, 's').exec(
    xml,
  )?.[1];
  return found
    ?.replace(/^<!\[CDATA\[(.*)\]\]>$/s, '$1')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

let folder: string;
let bench: Bench;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-insi-'));
  cpSync(dirname((await testPki()).pki.caFile), join(folder, 'pki'), { recursive: true });
  bench = await startMocks({ dataDir: folder, journalDir: join(folder, 'journal') });
});
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

const printed = (): BenchAddresses => JSON.parse(JSON.stringify(bench.addresses)) as BenchAddresses;

describe('a client written by somebody else', () => {
  it.each(['INSI-AUTO', 'INSI-MANU'])('searches by traits with the PKCS#12 file of %s', async (name) => {
    const addresses = printed();
    const agent = new Agent({ keepAlive: false });
    const patient = addresses.patients.find(({ situation }) => situation === 'nominal');
    if (!patient) throw new Error('nobody');
    const { status, text } = await foreignClient(addresses, name, agent)(messageFor(patient, 1), ACTION);
    expect(status).toBe(200);
    expect(textOf(text, 'CodeCR')).toBe('00');
    expect(`${textOf(text, 'NumIdentifiant')}${textOf(text, 'Cle')}`).toBe(patient.ins);
    expect(textOf(text, 'OID')).toBe(patient.oid);
  });

  it('is refused with the file of another certificate', async () => {
    const addresses = printed();
    const agent = new Agent({ keepAlive: false });
    const [patient] = addresses.patients;
    if (!patient) throw new Error('nobody');
    const { status, text } = await foreignClient(addresses, 'ORG_AUTH_CLI', agent)(messageFor(patient, 1), ACTION);
    expect(status).toBe(500);
    expect(text).toContain('desir_560');
    await expect(foreignClient(addresses, 'REVOKED', agent)(messageFor(patient, 1), ACTION)).rejects.toThrow();
  });

  it('searches for a hundred patients at once: no exchange lost, no patient mixed', { timeout: 60_000 }, async () => {
    const addresses = printed();
    const agent = new Agent({ keepAlive: true, maxSockets: 25 });
    const patients = addresses.patients.filter(({ situation }) => situation === 'nominal').slice(0, 100);
    expect(new Set(patients.map(({ ins }) => ins)).size).toBe(100);
    const before = bench.journal.mark();
    const ask = foreignClient(addresses, 'INSI-AUTO', agent);
    const answers = await Promise.all(patients.map((patient, rank) => ask(messageFor(patient, rank), ACTION)));
    agent.destroy();
    expect(answers.map(({ text }) => `${textOf(text, 'NumIdentifiant')}${textOf(text, 'Cle')}`)).toEqual(
      patients.map(({ ins }) => ins),
    );

    const exchanges = bench.journal.list({ service: 'insi', since: before });
    expect(exchanges).toHaveLength(100);
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(100);
    for (const [rank, patient] of patients.entries()) {
      const own = exchanges.filter(({ attribution }) => attribution.ins === patient.ins);
      expect(own).toHaveLength(1);
      const [exchange] = own;
      if (exchange?.protocol !== 'http') throw new Error('an HTTP exchange was expected');
      expect(bench.population.byKey(exchange.attribution.patient ?? '')?.ins).toBe(patient.ins);
      // What was sent and what was answered are those of this very patient.
      expect(Buffer.from(exchange.request.body).toString()).toBe(messageFor(patient, rank));
      expect(Buffer.from(exchange.response?.body ?? []).toString()).toBe(answers[rank]?.text);
    }
  });
});
