import { describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { envelopeWithVihf } from '../../vihf/message.fixture.ts';
import { existenceTest } from '../existence.fixture.ts';
import { checkConsultation, CONSULTATION_RULES, type ConsultationOptions } from './index.ts';

interface Sent {
  readonly xml: string;
  readonly answer?: string;
}

const ADDRESSING = 'xmlns:w="http://www.w3.org/2005/08/addressing"';
const broken = new Set<string>();

function call(body: string, action: string, answer = ''): Sent {
  return { xml: envelopeWithVihf(body, `<w:Action ${ADDRESSING}>${action}</w:Action>`), answer };
}
const soap = (body: string): string =>
  `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${body}</e:Body></e:Envelope>`;
const test = (authorisation: string, status = 'active'): Sent => ({
  xml: existenceTest(),
  answer: soap(
    `<PRPA_IN201308UV02 xmlns="urn:hl7-org:v3"><attentionLine><keyWordText code="AUTORISATION"/><value code="${authorisation}"/></attentionLine><acknowledgement typeCode="AA"/><controlActProcess><patient><statusCode code="${status}"/></patient><queryAck><queryResponseCode code="OK"/></queryAck></controlActProcess></PRPA_IN201308UV02>`,
  ),
});
const placing = (action = 'AJOUT'): Sent =>
  call(
    `<setAuthorization xmlns="urn:si-dmp-habilitations"><action>${action}</action></setAuthorization>`,
    'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization',
    soap(
      '<setAuthorizationResponse xmlns="urn:si-dmp-habilitations"><output><status>DMPOk</status></output></setAuthorizationResponse>',
    ),
  );
const search = (slots = '', id = 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d'): Sent =>
  call(
    `<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"><AdhocQuery xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" id="${id}">${slots}</AdhocQuery></q:AdhocQueryRequest>`,
    'urn:ihe:iti:2007:RegistryStoredQuery',
  );
const slot = (name: string, value: string): string =>
  `<Slot name="$${name}"><ValueList><Value>${value}</Value></ValueList></Slot>`;
const otherUser = ({ xml, ...sent }: Sent): Sent => ({ ...sent, xml: xml.replace('899700000001', '899700000002') });

function exchange({ xml, answer }: Sent, index: number): HttpExchange {
  return httpExchange({
    id: `e${index + 1}`,
    service: 'dmp',
    startedAt: new Date(Date.UTC(2026, 0, 5, 10, 0, index)).toISOString(),
    request: {
      method: 'POST',
      url: '/registry',
      headers: [['Content-Type', 'application/soap+xml']],
      body: Buffer.from(xml),
    },
    ...(answer === undefined
      ? {}
      : {
          response: {
            status: 200,
            headers: [['Content-Type', 'application/soap+xml']] as const,
            body: Buffer.from(answer),
          },
        }),
  });
}

function rules(sent: readonly Sent[], options: ConsultationOptions): string[] {
  const findings = checkConsultation(sent.map(exchange), options);
  for (const { where, received, expected, remedy } of findings) {
    expect(where).toMatch(/^échange e\d+, /);
    for (const text of [received, expected, remedy]) expect(text).not.toBe('');
  }
  for (const { rule } of findings) broken.add(rule);
  return findings.map(({ rule }) => rule);
}

describe('checkConsultation, rights', () => {
  it('has nothing to say of an authorisation that was there, or was put before the reading', () => {
    expect(rules([test('VALIDE'), search()], { agreed: true })).toEqual([]);
    expect(rules([test('INEXISTANTE'), placing(), search()], { agreed: true })).toEqual([]);
    expect(rules([test('EXPIREE'), placing()], { agreed: true })).toEqual([]);
  });

  it('asks for no authorisation of who is blocked, nor on a record that is closed', () => {
    expect(rules([test('BLOQUEE')], { agreed: true })).toEqual([]);
    expect(rules([test('INEXISTANTE', 'terminated')], { agreed: true })).toEqual([]);
  });

  it.each([
    ['nothing follows', [test('INEXISTANTE')]],
    ['somebody else', [test('INEXISTANTE'), otherUser(placing())]],
    ['removed, not added', [test('INEXISTANTE'), placing('SUPPRESSION')]],
  ])('DMP-AUTHORISATION-PLACED: %s', (_case, sent) => {
    expect(rules(sent, { agreed: true })).toEqual(['DMP-AUTHORISATION-PLACED']);
  });

  it('leaves a reading without authorisation to checkDmpSeries (DMP-ACCESS-REFUSED)', () => {
    expect(rules([test('EXPIREE'), search(), placing()], { agreed: true })).toEqual([]);
  });

  it('DMP-AUTHORISATION-UNASKED: without the patient, or when there is one', () => {
    expect(rules([test('INEXISTANTE'), placing()], { agreed: false })).toEqual(['DMP-AUTHORISATION-UNASKED']);
    expect(rules([test('VALIDE'), placing()], { agreed: true })).toEqual(['DMP-AUTHORISATION-UNASKED']);
  });

  it('DMP-CONSENT-BEFORE-READING: a reading that the patient did not agree to', () => {
    expect(rules([test('VALIDE')], { agreed: false })).toEqual([]);
    expect(rules([test('VALIDE'), search()], { agreed: false })).toEqual(['DMP-CONSENT-BEFORE-READING']);
  });

  it('says nothing of rights when nobody says what the patient chose', () => {
    expect(rules([placing(), search()], {})).toEqual([]);
  });
});

const CRITERIA = {
  typeCodes: ['11502-2'],
  createdFrom: '2025-03-04',
  createdTo: '2025-03-05',
  author: 'blue',
} as const;
const SLOTS = {
  type: slot('XDSDocumentEntryTypeCode', "('11502-2^^2.16.840.1.113883.6.1','34112-3^^2.16.840.1.113883.6.1')"),
  from: slot('XDSDocumentEntryCreationTimeFrom', '20250303230000'),
  to: slot('XDSDocumentEntryCreationTimeTo', "'20250305225959'"),
  author: slot('XDSDocumentEntryAuthorPerson', "('%BLUE%')"),
};

describe('checkConsultation, criteria', () => {
  it('has nothing to say when every criterion was sent', () => {
    expect(rules([search(Object.values(SLOTS).join(''))], { criteria: CRITERIA })).toEqual([]);
  });

  it.each(Object.keys(SLOTS))('DMP-SEARCH-CRITERIA: %s left out', (left) => {
    const slots = Object.entries(SLOTS).flatMap(([name, text]) => (name === left ? [] : [text]));
    expect(rules([search(slots.join(''))], { criteria: CRITERIA })).toEqual(['DMP-SEARCH-CRITERIA']);
  });

  it.each([
    ['of the day after', 'from', slot('XDSDocumentEntryCreationTimeFrom', '20250305000000')],
    ['that is no date', 'from', slot('XDSDocumentEntryCreationTimeFrom', "'hier'")],
    ['before the day is over', 'to', slot('XDSDocumentEntryCreationTimeTo', '20250304225959')],
  ])('DMP-SEARCH-CRITERIA: a bound %s', (_case, name, wrong) => {
    const slots = Object.values({ ...SLOTS, [name]: wrong }).join('');
    expect(rules([search(slots)], { criteria: CRITERIA })).toEqual(['DMP-SEARCH-CRITERIA']);
  });

  it('asks of a search by date of submission its own dates alone', () => {
    const criteria = { submittedFrom: '2025-03-04', typeCodes: ['11502-2'] };
    const set = 'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9';
    const from = slot('XDSSubmissionSetSubmissionTimeFrom', '20250303230000');
    expect(rules([search(from, set)], { criteria })).toEqual([]);
    expect(rules([search('', set)], { criteria })).toEqual(['DMP-SEARCH-CRITERIA']);
  });
});

describe('checkConsultation, mode AIR', () => {
  const air = ({ xml }: Sent, mode: string, declaration: string): Sent => ({
    xml: xml.replace('>INDIRECTE<', `>${mode}<`).replace('</s:AuthnContext>', `${declaration}</s:AuthnContext>`),
  });
  const declared = '<s:AuthnContextDecl>e-CPS</s:AuthnContextDecl>';

  it('has nothing to say of a reading in AIR, nor of other calls', () => {
    expect(rules([air(search(), 'INDIRECTE_RENFORCEE', declared), test('VALIDE')], { air: true })).toEqual([]);
  });

  it.each([
    ['another mode', 'INDIRECTE', declared],
    ['no declaration', 'INDIRECTE_RENFORCEE', ''],
    ['an empty declaration', 'INDIRECTE_RENFORCEE', '<s:AuthnContextDecl/>'],
  ])('DMP-AIR-MODE: %s', (_case, mode, declaration) => {
    expect(rules([air(search(), mode, declaration)], { air: true })).toEqual(['DMP-AIR-MODE']);
  });

  it('is judged only where the record is read so', () => {
    expect(rules([search()], {})).toEqual([]);
  });
});

describe('rules of the consultation', () => {
  it('each have a breaker', () => {
    expect([...broken].toSorted()).toEqual(CONSULTATION_RULES.map(({ id }) => id).toSorted());
  });
});
