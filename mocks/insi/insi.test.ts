import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { at, attribute, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';
import { createTestContext } from '../testing.ts';
import { INSI_SITUATIONS, startInsi } from './index.ts';
import { searchMessage, type SearchMessage, send, SOAP_12_MEDIA, traits } from './testing.ts';
import { VITALE_SEARCH } from './operations.ts';
import { RESULTAT, SIRAM } from './vocabulary.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let insi: Awaited<ReturnType<typeof startInsi>>;

beforeAll(async () => {
  context = await createTestContext();
  insi = await startInsi(context);
});
afterAll(async () => {
  await insi.close();
  await context.close();
});
beforeEach(() => {
  context.situations.reset();
  context.population.reset();
  context.journal.clear();
});

type Override = Partial<SearchMessage> & { client?: string; contentType?: string; url?: string };

async function search(criteria: string, { client = 'INSI-AUTO', contentType, url, ...parts }: Override = {}) {
  return send(url ?? insi.addresses.url, context.pki, {
    client,
    contentType: contentType ?? SOAP_12_MEDIA,
    body: searchMessage({ criteria, ...parts }),
  });
}

/** First name alone, as the client rules want it at the first call. */
function firstCall(patient: TestPatient): string {
  return traits({ ...patient, firstNames: patient.firstNames.slice(0, 1) }).replace(/<LieuNaissance>.*$/, '');
}

function result(body: Uint8Array): XmlElement {
  const reading = readSoap(body);
  expect(reading.ok, 'the answer is a SOAP envelope').toBe(true);
  const payload = reading.ok ? reading.envelope.payload : undefined;
  expect(payload?.name).toMatchObject({ local: 'RESULTAT', namespace: RESULTAT });
  return payload as XmlElement;
}

function fault(body: Uint8Array): {
  code: string;
  severity: string;
  messageId: string;
  value: string;
  subcode: string;
} {
  const reading = readSoap(body);
  const payload = reading.ok ? reading.envelope.payload : undefined;
  if (!payload) throw new Error('no fault in the answer');
  const error = descendants(payload, 'Erreur', SIRAM)[0];
  return {
    code: (error && attribute(error, 'code')) ?? '',
    severity: (error && attribute(error, 'severite')) ?? '',
    messageId: (error && attribute(error, 'messageID')) ?? '',
    value: at(payload, 'Code', 'Value')?.text ?? '',
    subcode: at(payload, 'Code', 'Subcode', 'Value')?.text ?? '',
  };
}

const text = (root: XmlElement, ...path: string[]): string | undefined => at(root, ...path)?.text;
const codeOf = (body: Uint8Array): string | undefined => text(result(body), 'CR', 'CodeCR');
const last = (): HttpExchange => context.journal.list({ service: 'insi' }).at(-1) as HttpExchange;

describe('recherche par traits', () => {
  it('answers 00 with the active number, its key and OID, and the traits', async () => {
    const patient = context.population.draw('nominal');
    const answer = await search(firstCall(patient));
    expect(answer.status).toBe(200);
    const root = result(answer.body);
    expect(text(root, 'CR', 'CodeCR')).toBe('00');
    expect(text(root, 'CR', 'LibelleCR')).toBe('OK');
    expect(text(root, 'INDIVIDU', 'INSACTIF', 'IdIndividu', 'NumIdentifiant')).toBe(patient.ins.slice(0, 13));
    expect(text(root, 'INDIVIDU', 'INSACTIF', 'IdIndividu', 'Cle')).toBe(patient.ins.slice(13));
    expect(text(root, 'INDIVIDU', 'INSACTIF', 'OID')).toBe(patient.oid);
    const tiq = at(root, 'INDIVIDU', 'TIQ') as XmlElement;
    expect(text(tiq, 'NomNaissance')).toBe(patient.birthName);
    expect(text(tiq, 'ListePrenom')).toBe(patient.firstNames.join(' '));
    expect(text(tiq, 'Sexe')).toBe(patient.sex);
    expect(text(tiq, 'DateNaissance')).toBe(patient.birthDate);
    expect(text(tiq, 'LieuNaissance')).toBe(patient.birthPlace);
    expect(last()).toMatchObject({
      operation: 'rechercherInsAvecTraitsIdentite',
      expected: true,
      attribution: { patient: patient.key, ins: patient.ins },
    });
    expect(last().outcome).toContain('répondu 00');
  });

  it('counts the calls about one person', async () => {
    const patient = context.population.draw('nominal');
    await search(firstCall(patient));
    await search(firstCall(patient));
    const [first, second] = context.journal.list({ about: patient.key }).map(({ outcome }) => outcome);
    const rank = (outcome = ''): number => Number(/appel n° (\d+)/.exec(outcome)?.[1]);
    expect(rank(second)).toBe(rank(first) + 1);
    insi.reset();
    await search(firstCall(patient));
    expect(rank(last().outcome)).toBe(1);
  });

  it('answers 01 without a person, and still says whose search it was', async () => {
    const patient = context.population.draw('inconnu');
    const answer = await search(firstCall(patient));
    expect(answer.status).toBe(200);
    expect(codeOf(answer.body)).toBe('01');
    expect(at(result(answer.body), 'INDIVIDU')).toBeUndefined();
    expect(last().attribution.patient).toBe(patient.key);
  });

  it('answers 02 to one first name of two namesakes, 00 to all of them', async () => {
    const patient = context.population.draw('homonymes');
    expect(codeOf((await search(firstCall(patient))).body)).toBe('02');
    expect(last().attribution.patient).toBe(patient.key);
    const narrowed = await search(traits(patient));
    expect(codeOf(narrowed.body)).toBe('00');
    expect(text(result(narrowed.body), 'INDIVIDU', 'INSACTIF', 'IdIndividu', 'NumIdentifiant')).toBe(
      patient.ins.slice(0, 13),
    );
  });

  it('sends the former numbers', async () => {
    const patient = context.population.draw('historique');
    const root = result((await search(firstCall(patient))).body);
    const history = children(at(root, 'INDIVIDU') as XmlElement, 'INSHISTO');
    expect(history.map((item) => text(item, 'IdIndividu', 'NumIdentifiant'))).toEqual(
      patient.history.map(({ ins }) => ins.slice(0, 13)),
    );
  });

  it('finds a person whose day of birth is unknown by any day of the month', async () => {
    const patient = context.population.draw('naissance-00');
    const typed = { ...patient, birthDate: `${patient.birthDate.slice(0, 8)}17` };
    const root = result((await search(firstCall(typed))).body);
    expect(text(root, 'CR', 'CodeCR')).toBe('00');
    expect(text(root, 'INDIVIDU', 'TIQ', 'DateNaissance')).toBe(`${patient.birthDate.slice(0, 8)}00`);
  });

  it.each([
    ['sans-nom', 'NomNaissance'],
    ['sans-prenom', 'Prenom'],
    ['sans-prenom', 'ListePrenom'],
    ['sans-sexe', 'Sexe'],
  ])('of a patient %s sends %s empty, of the next one not at all', async (situation, trait) => {
    const patients = context.population.patients.filter((one) => one.situation === situation).slice(0, 2);
    const sent: (string | undefined)[] = [];
    for (const patient of patients) {
      const root = result((await search(firstCall(patient))).body);
      expect(text(root, 'CR', 'CodeCR')).toBe('00');
      sent.push(text(root, 'INDIVIDU', 'TIQ', trait));
    }
    expect(sent).toEqual(['', undefined]);
  });

  it('returns other traits than those typed', async () => {
    const patient = context.population.draw('traits-differents');
    const root = result((await search(firstCall(patient))).body);
    expect(text(root, 'INDIVIDU', 'TIQ', 'LieuNaissance')).toBe(patient.insiTraits?.birthPlace);
    expect(text(root, 'INDIVIDU', 'TIQ', 'LieuNaissance')).not.toBe(patient.birthPlace);
  });

  it('varies its prefixes, each answer being well-formed', async () => {
    const patient = context.population.draw('nominal');
    const shapes = new Set<string>();
    for (let turn = 0; turn < 4; turn += 1) {
      const { body } = await search(firstCall(patient));
      expect(readXml(body).ok).toBe(true);
      shapes.add(/<([A-Za-z0-9]*:?)RESULTAT/.exec(body.toString())?.[1] ?? '?');
    }
    expect(shapes.size).toBeGreaterThan(1);
  });

  it('keeps names with an apostrophe readable', async () => {
    const patient = context.population.patients.find(({ birthName }) => birthName.includes("'"));
    const root = result((await search(firstCall(patient as TestPatient))).body);
    expect(text(root, 'INDIVIDU', 'TIQ', 'NomNaissance')).toBe(patient?.birthName);
  });
});

describe('recherche par carte Vitale', () => {
  const vitale = (ins: string, birthDate: string): string =>
    `<MatriculeIndividu><NumIdentifiant>${ins.slice(0, 13)}</NumIdentifiant><Cle>${ins.slice(13)}</Cle></MatriculeIndividu><DateNaissance>${birthDate}</DateNaissance>`;

  it('answers 00 to the number of the card', async () => {
    const patient = context.population.draw('nominal');
    const answer = await search(vitale(patient.ins, patient.birthDate), { operation: VITALE_SEARCH });
    expect(codeOf(answer.body)).toBe('00');
    expect(last()).toMatchObject({
      operation: 'rechercherInsAvecCarteVitale',
      attribution: { patient: patient.key },
    });
  });

  it('answers 01 when the birth date of the card is not that of the person', async () => {
    const patient = context.population.draw('nominal');
    const answer = await search(vitale(patient.ins, '1899-01-01'), { operation: VITALE_SEARCH });
    expect(codeOf(answer.body)).toBe('01');
  });

  it('refuses a number of the wrong shape', async () => {
    const answer = await search('<MatriculeIndividu><NumIdentifiant>12</NumIdentifiant></MatriculeIndividu>', {
      operation: VITALE_SEARCH,
    });
    expect(answer.status).toBe(500);
    expect(last().outcome).toContain('NumIdentifiant');
  });
});

describe('refus', () => {
  const someone = (): string => firstCall(context.population.draw('nominal'));

  it('cuts a call that shows neither certificate nor assertion, and says what to do', async () => {
    await expect(
      send(insi.addresses.url, context.pki, {
        contentType: SOAP_12_MEDIA,
        body: searchMessage({ criteria: someone() }),
      }),
    ).rejects.toThrow();
    const refused = await context.journal.waitFor({ service: 'insi' }, 5000);
    expect(refused).toMatchObject({ protocol: 'http', expected: false });
    expect(refused.outcome).toMatch(/^connexion TLS refusée : aucun certificat client présenté\. À faire/);
  });

  it.each(['EXPIRED', 'NOT-YET-VALID', 'REVOKED', 'OTHER-CA', 'WRONG-PROFILE'])(
    'refuses a certificate %s at the handshake, and journals it',
    async (client) => {
      await expect(search(someone(), { client })).rejects.toThrow();
      expect((await context.journal.waitFor({ service: 'insi' }, 5000)).protocol).toBe('tls');
    },
  );

  it.each(['ORG_AUTH_CLI', 'WRONG-CN', 'CPS-1-AUTH'])('answers desir_560 to %s', async (client) => {
    const answer = await search(someone(), { client });
    expect(answer.status).toBe(500);
    expect(fault(answer.body)).toMatchObject({ code: 'desir_560', severity: 'fatal' });
    expect(last()).toMatchObject({
      expected: true,
      outcome: expect.stringMatching(
        /^refusé desir_560 : .* INSI-AUTO ou INSI-MANU \(reçu : .+\)\. À faire : /,
      ) as string,
    });
  });

  it('takes INSI-MANU', async () => {
    expect(codeOf((await search(someone(), { client: 'INSI-MANU' })).body)).toBe('00');
  });

  it('answers desir_550, echoing the message id, to a product without number', async () => {
    const answer = await search(someone(), { idam: '', messageId: 'uuid:echo&amp;' });
    expect(fault(answer.body)).toMatchObject({ code: 'desir_550', severity: 'erreur', messageId: 'uuid:echo&' });
    expect(fault(answer.body).value).toMatch(/(^|:)Sender$/);
    expect(fault(answer.body).subcode).toMatch(/:siram_100$/);
  });

  it('answers desir_550 to a number out of the allow-list, when there is one', async () => {
    const other = await startInsi(context, { idams: ['CONNU'] });
    try {
      const refused = await search(someone(), { url: other.addresses.url, idam: 'INCONNU' });
      expect(fault(refused.body).code).toBe('desir_550');
      const taken = await search(someone(), { url: other.addresses.url, idam: 'CONNU' });
      expect(codeOf(taken.body)).toBe('00');
    } finally {
      await other.close();
    }
  });

  it('answers 415 to another media type', async () => {
    const answer = await search(someone(), { contentType: 'text/xml; charset=utf-8' });
    expect(answer.status).toBe(415);
    expect(last().expected).toBe(false);
  });

  it('answers VersionMismatch to SOAP 1.1', async () => {
    const answer = await search(someone(), { soap: 'http://schemas.xmlsoap.org/soap/envelope/' });
    expect(answer.status).toBe(500);
    expect(fault(answer.body).value).toMatch(/(^|:)VersionMismatch$/);
  });

  it.each<[string, Partial<SearchMessage>, string]>([
    ['an unknown action', { action: 'urn:autre' }, 'wsa:Action'],
    ['an action of the other search', { action: VITALE_SEARCH.action }, 'RECVITALE'],
    ['no ContexteBAM', { bam: false }, 'ContexteBAM'],
    ['no ContexteLPS', { lps: false }, 'ContexteLPS'],
  ])('refuses %s', async (_, parts, said) => {
    const answer = await search(someone(), parts);
    expect(answer.status).toBe(500);
    expect(fault(answer.body).value).toMatch(/(^|:)Sender$/);
    expect(last().outcome).toContain(said);
  });

  it.each([
    ['<NomNaissance>X</NomNaissance>', 'Prenom, Sexe, DateNaissance'],
    [traits({ birthName: 'X', firstNames: ['Y'], sex: 'MASCULIN', birthDate: '1980-01-01' }), 'Sexe'],
    [traits({ birthName: 'X', firstNames: ['Y'], sex: 'M', birthDate: '01/01/1980' }), 'DateNaissance'],
    [
      traits({ birthName: 'X', firstNames: ['Y'], sex: 'M', birthDate: '1980-01-01', birthPlace: '632' }),
      'LieuNaissance',
    ],
  ])('refuses criteria that break the schema or lack a trait (%#)', async (criteria, said) => {
    const answer = await search(criteria);
    expect(answer.status).toBe(500);
    expect(last().outcome).toContain(said);
  });

  it('survives what is not XML', async () => {
    const answer = await send(insi.addresses.url, context.pki, {
      client: 'INSI-AUTO',
      contentType: SOAP_12_MEDIA,
      body: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;',
    });
    expect(answer.status).toBe(500);
    expect(readXml(answer.body).ok).toBe(true);
  });
});

describe('situations', () => {
  it('announces them all', () => {
    expect(context.situations.known('insi')).toEqual(expect.arrayContaining([...INSI_SITUATIONS]));
  });

  it.each<[string, string]>([
    ['code-01', '01'],
    ['code-02', '02'],
  ])('%s, once, then the plain answer', async (situation, code) => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation, times: 1 });
    expect(codeOf((await search(firstCall(patient))).body)).toBe(code);
    expect(codeOf((await search(firstCall(patient))).body)).toBe('00');
  });

  it.each([
    ['insi_101', 'Receiver', 'siram_40', 'fatal'],
    ['insi_102', 'Receiver', 'siram_40', 'fatal'],
    ['desir_550', 'Sender', 'siram_100', 'erreur'],
    ['desir_560', 'Sender', 'siram_100', 'fatal'],
  ])('%s is a fault of HTTP 500', async (situation, side, subcode, severity) => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation });
    const answer = await search(firstCall(patient));
    expect(answer.status).toBe(500);
    expect(fault(answer.body)).toMatchObject({ code: situation, severity });
    expect(fault(answer.body).value.split(':').at(-1)).toBe(side);
    expect(fault(answer.body).subcode.endsWith(`:${subcode}`)).toBe(true);
  });

  it('is about one patient only', async () => {
    const [touched, other] = [context.population.draw('nominal'), context.population.draw('nominal')];
    context.situations.set({ service: 'insi', about: touched.key, situation: 'insi_102' });
    expect((await search(firstCall(other))).status).toBe(200);
  });

  it.each([
    ['sans-nom', 'NomNaissance'],
    ['sans-prenom', 'Prenom'],
    ['sans-sexe', 'Sexe'],
  ])('%s leaves %s out of the traits', async (situation, trait) => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation });
    const root = result((await search(firstCall(patient))).body);
    expect(text(root, 'CR', 'CodeCR')).toBe('00');
    expect(at(root, 'INDIVIDU', 'TIQ', trait)).toBeUndefined();
  });

  it('naissance-00 hides the day of birth', async () => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation: 'naissance-00' });
    const root = result((await search(firstCall(patient))).body);
    expect(text(root, 'INDIVIDU', 'TIQ', 'DateNaissance')).toMatch(/-00$/);
  });

  it('latence gives the plain answer and says so', async () => {
    const patient = context.population.draw('nominal');
    context.situations.set({
      service: 'insi',
      about: patient.key,
      situation: 'latence',
      parameters: { delayMs: 5 },
    });
    expect(codeOf((await search(firstCall(patient))).body)).toBe('00');
    expect(last().outcome).toContain('latence');
  });

  it.each(['coupure', 'tronque'])('%s breaks the connection', async (situation) => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation, times: 1 });
    await expect(search(firstCall(patient))).rejects.toThrow();
    expect(codeOf((await search(firstCall(patient))).body)).toBe('00');
  });

  it('http-503-html answers a page', async () => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation: 'http-503-html' });
    const answer = await search(firstCall(patient));
    expect(answer).toMatchObject({ status: 503, contentType: 'text/html; charset=utf-8' });
  });

  it('type-contenu-faux sends the right envelope as plain text', async () => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'insi', about: patient.key, situation: 'type-contenu-faux' });
    const answer = await search(firstCall(patient));
    expect(answer.contentType).toContain('text/plain');
    expect(codeOf(answer.body)).toBe('00');
  });
});

describe('profils', () => {
  it('documentation answers insi_102 to an unknown person, as the CNDA platform does', async () => {
    const documented = await startInsi({ ...context, profile: 'documentation' });
    try {
      const answer = await search(firstCall(context.population.draw('inconnu')), { url: documented.addresses.url });
      expect(fault(answer.body).code).toBe('insi_102');
    } finally {
      await documented.close();
    }
  });

  it('lenient reads another media type', async () => {
    const lenient = await startInsi({ ...context, profile: 'lenient' });
    try {
      const patient = context.population.draw('nominal');
      const answer = await search(firstCall(patient), { url: lenient.addresses.url, contentType: 'text/xml' });
      expect(codeOf(answer.body)).toBe('00');
    } finally {
      await lenient.close();
    }
  });
});
