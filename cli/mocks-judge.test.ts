import { describe, expect, it } from 'vitest';
import { envelopeWithVihf } from '#checks/vihf/message.fixture.ts';
import { exchange as call, message, NONE, reply, TLS } from '#checks/ins/call.fixture.ts';
import { overriddenBy, SHIPPED_CODES } from '#checks/xds/index.ts';
import type { Exchange, HttpExchange, SmtpExchange, StreamExchange, TlsExchange } from '#formats/exchange/index.ts';
import { createJudging, type Judge } from '#mocks/index.ts';
import { createJudge } from './mocks-judge.ts';
import { mocksSummary } from './mocks-summary.ts';

const judge = createJudge();
/** Rules that are told of the last exchange, and whether it could be read. */
async function told(exchanges: readonly Exchange[], by: Judge = judge) {
  const last = exchanges.at(-1);
  if (last === undefined) throw new Error('no exchange');
  const judged = await by(last, () => exchanges.slice(0, -1));
  return judged && { readable: judged.readable, rules: [...new Set(judged.findings.map(({ rule }) => rule))] };
}
const base = {
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 1,
  peer: { address: '127.0.0.1', port: 1 },
  attribution: {},
  expected: true,
  outcome: '',
};
const http = (parts: Partial<HttpExchange>, url = '/x', body = ''): HttpExchange => ({
  ...base,
  id: 'h',
  protocol: 'http',
  service: 'insi',
  operation: 'x',
  ...parts,
  request: { method: 'POST', url, headers: [], body: Buffer.from(body) },
});
const feed = (id: string, control: string, parts: Partial<StreamExchange> = {}): StreamExchange => ({
  ...base,
  id,
  protocol: 'mllp',
  service: 'hl7',
  operation: 'ADT^A31',
  received: Buffer.from(
    `MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||ADT^A31^ADT_A05|${control}|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\rEVN||20260105100000\rPID|1||${id}^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F|||^^^^^^BDL^^63220|||||||||||||||||||||PROV\r`,
  ),
  sent: new Uint8Array(),
  ...parts,
});
const handshake = (parts: Partial<TlsExchange>, refusal = 'expired'): TlsExchange => ({
  ...base,
  id: 't',
  protocol: 'tls',
  service: 'insi',
  operation: 'tls',
  expected: false,
  error: refusal,
  ...parts,
  peer: { ...base.peer, tls: { ...TLS, authorized: false, refusal, certificate: new Uint8Array([1]) } },
});

describe('a mail', () => {
  const submission = (reply: string): SmtpExchange => ({
    ...base,
    id: 'm',
    protocol: 'smtp',
    service: 'mssante',
    operation: 'submission',
    peer: { ...base.peer, tls: TLS },
    envelope: { from: 'laboratoire@banc.mssante.test', to: ['camille.protest-un@banc.mssante.test'] },
    source: Buffer.from('Subject: essai\r\n\r\nBonjour'),
    transcript: [],
    reply,
  });

  it('is judged once the operator has answered; the half that a lost connection leaves is not', async () => {
    expect((await told([submission('250 2.0.0 OK')]))?.rules).toContain('MAIL-MESSAGE-ID');
    expect((await told([submission('552 5.3.4 trop grand')]))?.rules).toContain('MAIL-MESSAGE-ID');
    expect(await told([submission('')])).toBeUndefined();
  });
});

describe('a call to INSi', () => {
  it('is judged alone, its places without the id of the exchange', async () => {
    expect(await told([call(1, message(1))])).toEqual({ readable: true, rules: [] });
    const wrong = await judge(call(1, message(1).replace('R="4"', 'R="5"')), () => []);
    expect(wrong?.findings.map(({ rule, where }) => [rule, where])).toEqual([
      ['INSI-IDAM', expect.stringMatching(/^\/Envelope\//)],
    ]);
    expect(await told([http({}, '/lps', 'zut')])).toEqual({ readable: false, rules: ['INSI-SOAP-READABLE'] });
  });

  it('is compared with the call before for what must change or stay', async () => {
    const again = await told([call(1, message(1), reply(NONE)), call(2, message(1))]);
    expect(again?.rules).toEqual(['INSI-MESSAGE-ID-UNIQUE', 'INSI-CONTEXT-ID-UNIQUE']);
  });

  it('is not taken for a first search when it follows one about the same person', async () => {
    const all = message(2).replace('</Prenom>', '</Prenom><Prenom>MARIE</Prenom>');
    expect((await told([call(2, all)]))?.rules).toEqual(['INSI-FIRST-CALL-ONE-PRENOM']);
    const rules = (await told([call(1, message(1), reply(NONE)), call(2, all)]))?.rules;
    expect(rules).not.toContain('INSI-FIRST-CALL-ONE-PRENOM');
  });

  it('is judged with the names that a vendor gave', async () => {
    const body = '<V xmlns="urn:v"/>';
    const named = message(1)
      .replaceAll('urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite', 'urn:verifier')
      .replace(/<soap:Body>.*<\/soap:Body>/, `<soap:Body>${body}</soap:Body>`);
    const given = {
      vocabulary: { operations: { unit: { action: 'urn:verifier', element: 'V', namespace: 'urn:v' } } },
    };
    expect((await told([call(1, named)]))?.rules).toContain('INSI-WSA-ACTION');
    expect((await told([call(1, named)], createJudge({ insi: given })))?.rules).not.toContain('INSI-WSA-ACTION');
  });
});

const soap = (body: string): string =>
  `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${body}</e:Body></e:Envelope>`;
const SOAP_BODY = soap('<a xmlns="urn:a"/>');
const UPDATE = soap('<SubmitObjectsRequest xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"/>');
/** A sheet whose one code is the normal confidentiality. */
const MASKED = soap(
  `<SubmitObjectsRequest xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><ExtrinsicObject id="D"><Classification id="c" classificationScheme="urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f" classifiedObject="D" nodeRepresentation="N"><Slot name="codingScheme"><ValueList><Value>2.16.840.1.113883.5.25</Value></ValueList></Slot><Name><LocalizedString value="Normal"/></Name></Classification></ExtrinsicObject></RegistryObjectList></SubmitObjectsRequest>`,
);

describe('the other exchanges', () => {
  it('HL7 messages are judged, their number compared with those before', async () => {
    expect(await told([feed('1', 'M1'), feed('2', 'M2')])).toEqual({ readable: true, rules: [] });
    expect((await told([feed('1', 'M1'), feed('2', 'M1')]))?.rules).toEqual(['HL7-CONTROL-ID-UNIQUE']);
    expect(await told([feed('1', 'M1', { received: Buffer.from('zut') })])).toMatchObject({ readable: false });
    expect(await told([feed('1', 'M1', { direction: 'outgoing', received: new Uint8Array() })])).toBeUndefined();
  });

  it('a login of Pro Santé Connect is judged call by call, nothing being said of calls still to come', async () => {
    const authorization = http({ service: 'psc', operation: 'authorization' }, '/auth?response_type=token');
    const { rules } = (await told([authorization])) ?? { rules: [] };
    expect(rules).toContain('PSC-AUTHORIZATION-PARAMETERS');
    expect(rules).not.toContain('PSC-TOKEN-PRESENT');
    const userinfo = { ...http({ service: 'psc', operation: 'userinfo' }, '/userinfo'), id: 'u' };
    expect((await told([authorization, userinfo]))?.rules).toEqual(['PSC-USERINFO-BEARER']);
  });

  it('a search of the directory is judged without what the product shows of it', async () => {
    const search = http(
      { service: 'annuaire', operation: 'search Practitioner' },
      'https://x/fhir/v2/Practitioner?zut=1',
    );
    expect((await told([search]))?.rules).toEqual(
      expect.arrayContaining(['ANN-API-KEY-HEADER', 'ANN-METHOD', 'ANN-CRITERIA']),
    );
  });

  it('calls of the directory are compared with those before: delay asked, tries spaced, extraction too', async () => {
    const answered = (id: string, at: number, status: number, parts: Partial<HttpExchange> = {}): HttpExchange => {
      const call = http(
        { service: 'annuaire', operation: 'search Practitioner', ...parts },
        'https://x/fhir/v2/Device',
      );
      const headers = status === 429 ? [['Retry-After', '2'] as const] : [];
      return {
        ...call,
        id,
        startedAt: new Date(Date.parse(base.startedAt) + at).toISOString(),
        request: { ...call.request, method: 'GET', headers: [['ESANTE-API-KEY', 'cle-de-test-0001']] },
        response: { status, headers, body: new Uint8Array() },
      };
    };
    const limited = answered('a', 0, 429);
    expect(await told([limited])).toEqual({ readable: true, rules: [] });
    expect((await told([limited, answered('b', 500, 200)]))?.rules).toEqual(['ANN-RETRY-AFTER']);
    expect((await told([limited, answered('b', 2500, 200)]))?.rules).toEqual([]);
    // Told of the call that was too early, not of those after it.
    expect((await told([limited, answered('b', 500, 200), answered('c', 9000, 200)]))?.rules).toEqual([]);
    expect((await told([answered('a', 0, 500), answered('b', 5, 200)]))?.rules).toEqual(['ANN-BACK-OFF']);
    const load = { operation: 'extraction' };
    const early = [answered('a', 0, 429, load), answered('b', 500, 200, load)];
    expect((await told(early))?.rules).toEqual(['ANN-RETRY-AFTER']);
    const [finding] = (await judge(answered('b', 500, 200), () => [limited]))?.findings ?? [];
    expect(finding?.where).toBe('GET /fhir/v2/Device');
  });

  it('a refused certificate is told, not a refusal that was played for', async () => {
    expect((await told([handshake({})]))?.rules).toContain('TLS-CLIENT-CERTIFICATE-EXPIRED');
    expect(await told([handshake({ expected: true })])).toBeUndefined();
  });

  it.each([
    [
      'a transaction of the DMP without token',
      http({ service: 'dmp', operation: 'TD0.2' }, '/x', SOAP_BODY),
      'VIHF-PRESENT',
    ],
    [
      'an update of the DMP, by its own rules',
      http({ service: 'dmp', operation: 'TD3.3' }, '/x', UPDATE),
      'TD33-SUBMISSION-SET',
    ],
    [
      'an action that the DMP does not know',
      http({ service: 'dmp', operation: 'POST /registry' }, '/registry', SOAP_BODY),
      'DMP-ACTION',
    ],
    [
      'a call of the DMP that cannot be read',
      http({ service: 'dmp', operation: 'TD3.1' }, '/registry', 'zut'),
      'DMP-READABLE',
    ],
    ['a page of the DMP that no browser opened', http({ service: 'dmp', operation: 'TD0.9' }), 'WEBPS-BROWSER'],
    ['a feeding of the DMP that is none', http({ service: 'dmp', operation: 'TD2.1' }), 'XDS-READABLE'],
  ])('%s', async (_, exchange, rule) => {
    expect((await told([exchange]))?.rules).toContain(rule);
  });

  it('an update of the DMP is judged with the lists of codes that a vendor gave', async () => {
    const call = http({ service: 'dmp', operation: 'TD3.3' }, '/registry', MASKED);
    const lists = overriddenBy(SHIPPED_CODES, {
      lists: [
        {
          metadata: 'confidentialityCode',
          name: 'Masques',
          complete: true,
          systems: ['1.2'],
          codes: [{ code: 'N', system: '1.2' }],
        },
      ],
      classOfType: [],
      forbiddenTogether: [],
    });
    expect((await told([call]))?.rules).not.toContain('XDS-CONFIDENTIALITY-CODE');
    expect((await told([call], createJudge({ codes: lists })))?.rules).toContain('XDS-CONFIDENTIALITY-CODE');
  });

  it.each([
    ['TD0.4', '<patientList xmlns="urn:si-dmp-patients"/>'],
    ['TD0.5', '<PRPA_IN201305UV02 xmlns="urn:hl7-org:v3"/>'],
  ])('%s needs no patient in its VIHF', async (operation, body) => {
    const resource = /<s:Attribute Name="[^"]*resource-id">.*?<\/s:Attribute>/;
    const request = http({ service: 'dmp', operation }, '/patients', envelopeWithVihf(body).replace(resource, ''));
    const { rules } = (await told([request])) ?? { rules: [] };
    expect(rules).toContain('VIHF-SIGNATURE');
    expect(rules).not.toContain('VIHF-RESOURCE-ID');
  });

  it('what no check is about has no verdict', async () => {
    for (const exchange of [
      http({ operation: 'http-illisible' }, '/', 'x'),
      http({ service: 'pki', operation: 'crl' }),
      http({ service: 'psc', operation: 'discovery' }),
      http({ service: 'annuaire', operation: 'metadata' }),
      http({ service: 'dmp', operation: 'POST /nulle-part' }),
    ])
      expect(await told([exchange])).toBeUndefined();
  });
});

describe('the summary', () => {
  const summary = (exchanges: readonly Exchange[]) => {
    const judging = createJudging(judge, () => exchanges);
    return mocksSummary(exchanges, (exchange) => judging.of(exchange), '/dossier/journal');
  };

  it('counts exchanges by service, those that are wrong, and the most frequent rules', async () => {
    const exchanges = [
      { ...call(1, message(1)), id: 'a' },
      { ...call(2, message(2).replace('R="4"', 'R="5"')), id: 'b' },
      { ...http({ service: 'pki', operation: 'crl' }), id: 'c' },
      feed('d', 'M1'),
      feed('e', 'M1'),
    ];
    expect((await summary(exchanges)).split('\n')).toEqual([
      '5 échange(s) : HL7 2, INSi 2, IGC-Santé de test 1.',
      'Jugés : 2 conforme(s), 2 avec erreurs, 0 non vérifiable(s) ; 1 sans contrôle.',
      'Règles le plus souvent en cause :',
      '  HL7-CONTROL-ID-UNIQUE  1',
      '  INSI-IDAM              1',
      'Pour les relire : npm run jalon -- mocks --journal /dossier/journal',
      '',
    ]);
  });

  it('says that nothing came, and judges a bounded number of exchanges', async () => {
    expect(await summary([])).toBe('Aucun échange reçu.\n');
    const many = Array.from({ length: 1001 }, (_, index) => ({
      ...http({ service: 'pki', operation: 'crl' }),
      id: String(index),
    }));
    expect(await summary(many)).toContain('Seuls les 1000 derniers ont été jugés.\nJugés : 0 conforme(s)');
  });
});
