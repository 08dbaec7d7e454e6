import { beforeAll, describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { envelopeWithVihf, ISSUER } from '../../vihf/message.fixture.ts';
import { existenceTest } from '../existence.fixture.ts';
import { feeding, type FeedingEdits } from '../feeding.fixture.ts';
import { checkDmpSeries, type SeriesOptions } from '../index.ts';
import { SERIES_RULES } from './index.ts';

let seal: TestCredential;
const SOAP = 'application/soap+xml';
const UUID = 'urn:uuid:00000000-0000-4000-8000-00000000000';

beforeAll(async () => {
  seal = await makeCredential(ISSUER, 'signature');
});

interface Sent {
  readonly contentType: string;
  readonly body: Uint8Array;
}
/** Seconds after the start, what was sent, what was answered (undefined: the connection died). */
type Step = readonly [seconds: number, sent: Sent, answer: string | undefined, status?: number];

function exchange([seconds, sent, answer, status = 200]: Step, index: number): HttpExchange {
  return httpExchange({
    id: `e${index + 1}`,
    service: 'dmp',
    startedAt: new Date(Date.UTC(2026, 0, 5, 10, 0, seconds)).toISOString(),
    durationMs: 100,
    request: { method: 'POST', url: '/x', headers: [['Content-Type', sent.contentType]], body: sent.body },
    ...(answer === undefined
      ? {}
      : { response: { status, headers: [['Content-Type', SOAP]], body: Buffer.from(answer) } }),
  });
}
const broken = new Set<string>();
let messages = 0;
const unique = (text: string): string => {
  messages += 1;
  const own = `${UUID.slice(0, -11)}${String(messages).padStart(12, '0')}`;
  return text.replaceAll(/urn:uuid:0{8}-0{4}-4000-8000-\d{12}(?=<)/g, own);
};
const series = (steps: readonly Step[], options?: SeriesOptions): string[] => {
  const findings = checkDmpSeries(steps.map(exchange), options);
  for (const { where, received, expected, remedy } of findings) {
    expect(where).toMatch(/^échange e\d+, /);
    for (const text of [received, expected, remedy]) expect(text).not.toBe('');
  }
  for (const { rule } of findings) broken.add(rule);
  return [...new Set(findings.map(({ rule }) => rule))];
};

const soap = (body: string): string =>
  `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${body}</e:Body></e:Envelope>`;
const registry = (status: string, code = ''): string =>
  soap(
    `<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:${status}">${code === '' ? '' : `<r:RegistryErrorList><r:RegistryError errorCode="${code}"/></r:RegistryErrorList>`}</r:RegistryResponse>`,
  );
const OK = registry('Success');
const record = (found: string, status = 'active', authorisation = 'VALIDE', ack = 'AA'): string =>
  soap(
    `<PRPA_IN201308UV02 xmlns="urn:hl7-org:v3"><attentionLine><keyWordText code="AUTORISATION"/><value code="${authorisation}"/></attentionLine><acknowledgement typeCode="${ack}"/><controlActProcess><patient><statusCode code="${status}"/></patient><queryAck><queryResponseCode code="${found}"/></queryAck></controlActProcess></PRPA_IN201308UV02>`,
  );
const OPEN = record('OK');

const call = (body: string, action: string): Sent => ({
  contentType: SOAP,
  body: Buffer.from(
    unique(
      envelopeWithVihf(
        body,
        `<w:Action xmlns:w="http://www.w3.org/2005/08/addressing">${action}</w:Action><w:MessageID xmlns:w="http://www.w3.org/2005/08/addressing">${UUID}0</w:MessageID>`,
      ),
    ),
  ),
});
const test = (): Sent => ({ contentType: SOAP, body: Buffer.from(unique(existenceTest())) });
const fed = (edits: FeedingEdits = {}, lot = '1.2.250.1.999.1.1'): Sent =>
  feeding(seal, {
    ...edits,
    envelope: (text) => unique((edits.envelope?.(text) ?? text).replaceAll('"1.2.250.1.999.1.1"', `"${lot}"`)),
  });
const query = (id: string): Sent =>
  call(
    `<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"><AdhocQuery xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" id="${id}"/></q:AdhocQueryRequest>`,
    'urn:ihe:iti:2007:RegistryStoredQuery',
  );
const FIND = 'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d';
const GET = 'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4';
const grant = (action = 'AJOUT'): Sent =>
  call(
    `<setAuthorization xmlns="urn:si-dmp-habilitations"><action>${action}</action></setAuthorization>`,
    'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization',
  );
const GRANTED = soap(
  '<a:setAuthorizationResponse xmlns:a="urn:si-dmp-habilitations"><a:output><a:status>DMPOk</a:status></a:output></a:setAuthorizationResponse>',
);
const list = (): Sent =>
  call('<patientList xmlns="urn:si-dmp-patients"/>', 'urn:si-dmp-patients:PatientSpecificEndPoint:patientList');

const INS = '279035121518989';
/** What TD0.4 answers: the records of these patients. */
const listing = (...ids: string[]): string =>
  soap(
    `<a:patientListResponse xmlns:a="urn:si-dmp-patients"><a:output>${ids.map((id) => `<a:patientlistData><a:patientIdentifier><a:nationalId>${id}</a:nationalId><a:nationalIdType>1.2.250.1.213.1.4.10</a:nationalIdType></a:patientIdentifier></a:patientlistData>`).join('')}<a:status>DMPOk</a:status></a:output></a:patientListResponse>`,
  );
/** The same call in the name of another user. */
const by = (user: string, sent: Sent): Sent => ({
  ...sent,
  body: Buffer.from(Buffer.from(sent.body).toString().replace('>899700000001<', `>${user}<`)),
});

/** A document of the registry, as a search shows it. */
const entry = (id: string, uniqueId: string, status = 'Approved', owner = '10B0152872', version = '1'): string =>
  `<ExtrinsicObject id="${id}" lid="${UUID}5" status="urn:oasis:names:tc:ebxml-regrep:StatusType:${status}"><VersionInfo versionName="${version}"/><Classification classificationScheme="urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d" classifiedObject="x"><Slot name="authorInstitution"><ValueList><Value>L^^^^^&amp;1.2.250.1.71.4.2.2&amp;ISO^IDNST^^^${owner}</Value></ValueList></Slot></Classification><ExternalIdentifier identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value="${uniqueId}"/></ExtrinsicObject>`;
const shown = (...entries: string[]): string =>
  soap(
    `<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">${entries.join('')}</RegistryObjectList></q:AdhocQueryResponse>`,
  );
const update = (content: string): Sent =>
  call(
    `<l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"><RegistryObjectList xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">${content}</RegistryObjectList></l:SubmitObjectsRequest>`,
    'urn:ihe:iti:2010:UpdateDocumentSet',
  );
const slotted = (name: string, value: string): string =>
  `<Slot name="${name}"><ValueList><Value>${value}</Value></ValueList></Slot>`;
const APPROVED = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved';
const deletion = (original = APPROVED): Sent =>
  update(
    `<Association associationType="urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus" sourceObject="SS" targetObject="${UUID}7">${slotted('OriginalStatus', original)}${slotted('NewStatus', 'urn:asip:ci-sis:2010:StatusType:Deleted')}</Association>`,
  );
const masking = (previous: string): Sent =>
  update(
    `<ExtrinsicObject id="D1" lid="${UUID}5"/><Association associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="SS" targetObject="D1">${slotted('PreviousVersion', previous)}</Association>`,
  );

const DOC = '1.2.250.1.999.1.2';
const version =
  (id: string, number: string, set = 'S', parent = ''): ((text: string) => string) =>
  (text) =>
    text
      .replace(`<id root="${DOC}"/>`, `<id root="${id}"/>`)
      .replace(
        '<recordTarget>',
        `<setId root="1.2.250.1.999.3" extension="${set}"/><versionNumber value="${number}"/><recordTarget>`,
      )
      .replace(
        '<component><nonXMLBody>',
        parent === ''
          ? '<component><nonXMLBody>'
          : `<relatedDocument typeCode="RPLC"><parentDocument><id root="${parent}"/></parentDocument></relatedDocument><component><nonXMLBody>`,
      );
const named =
  (id: string, target = ''): ((text: string) => string) =>
  (text) =>
    text
      .replaceAll(`value="${DOC}"`, `value="${id}"`)
      .replace(
        '</RegistryObjectList>',
        target === ''
          ? '</RegistryObjectList>'
          : `<Association associationType="urn:ihe:iti:2007:AssociationType:RPLC" sourceObject="D1" targetObject="${target}"/></RegistryObjectList>`,
      );
const first = (): Sent => fed({ document: version(DOC, '1') });
const second = (id: string, number: string, set: string, parent: string, target: string): Sent =>
  fed({ document: version(id, number, set, parent), envelope: named(id, target) }, '1.2.250.1.999.1.100');
const NEW = '1.2.250.1.999.1.20';
const found = (status = 'Approved'): Step => [30, query(GET), shown(entry(`${UUID}7`, DOC, status))];

describe('checkDmpSeries', () => {
  it('has nothing to say about a day of conforming calls', () => {
    expect(
      series([
        [0, test(), OPEN],
        [1, first(), registry('Failure', 'XDSRegistryNotAvailable')],
        [5, first(), OK],
        found(),
        [31, second(NEW, '2', 'S', DOC, `${UUID}7`), OK],
        [60, query(FIND), shown(entry(`${UUID}7`, DOC))],
        [61, deletion(), OK],
      ]),
    ).toEqual([]);
    expect(series([])).toEqual([]);
  });

  it('DMP-MESSAGE-ID-UNIQUE', () => {
    const twice = test();
    expect(
      series([
        [0, twice, OPEN],
        [1, twice, OPEN],
      ]),
    ).toEqual(['DMP-MESSAGE-ID-UNIQUE']);
  });

  it('DMP-EXISTENCE-BEFORE-FEEDING, once per patient', () => {
    expect(series([[0, fed(), OK]])).toEqual(['DMP-EXISTENCE-BEFORE-FEEDING']);
    expect(checkDmpSeries([[0, fed(), undefined] as Step, [1, fed(), OK] as Step].map(exchange))).toHaveLength(1);
  });

  it('no order for a message that cannot be read: it names nobody', () => {
    const sent = fed();
    const open = Buffer.from(Buffer.from(sent.body).toString('latin1').replace('</soap:Envelope>', ''), 'latin1');
    expect(series([[0, { ...sent, body: open }, OK]])).toEqual([]);
  });

  it('DMP-FEEDING-CLOSED: absent or closed', () => {
    expect(
      series([
        [0, test(), record('NF')],
        [1, fed(), OK],
      ]),
    ).toEqual(['DMP-FEEDING-CLOSED']);
    expect(
      series([
        [0, test(), record('OK', 'terminated')],
        [1, fed(), OK],
      ]),
    ).toEqual(['DMP-FEEDING-CLOSED']);
    expect(
      series([
        [0, test(), record('NF')],
        [1, test(), OPEN],
        [2, fed(), OK],
      ]),
    ).toEqual([]);
  });

  it('DMP-NO-AUTHORISATION-TO-FEED: for feeding or deleting; not when a consultation came between', () => {
    expect(
      series([
        [0, test(), OPEN],
        [1, grant(), GRANTED],
        [2, fed(), OK],
      ]),
    ).toEqual(['DMP-NO-AUTHORISATION-TO-FEED']);
    expect(
      series([
        [0, test(), OPEN],
        [1, grant(), GRANTED],
        [2, query(GET), shown()],
        [3, deletion(), OK],
      ]),
    ).toEqual(['DMP-NO-AUTHORISATION-TO-FEED']);
    expect(
      series([
        [0, test(), OPEN],
        [1, grant(), GRANTED],
        [2, query(FIND), shown()],
        [3, deletion(), OK],
      ]),
    ).toEqual([]);
    expect(
      series([
        [0, test(), OPEN],
        [1, grant('SUPPRESSION'), GRANTED],
        [2, fed(), OK],
      ]),
    ).toEqual([]);
  });

  it('DMP-ACCESS-BEFORE-READING: TD0.2 of the patient, or TD0.4 of the user', () => {
    expect(series([[0, query(FIND), shown()]])).toEqual(['DMP-ACCESS-BEFORE-READING']);
    expect(
      series([
        [0, list(), listing(INS)],
        [1, query(FIND), shown()],
      ]),
    ).toEqual([]);
    expect(series([[0, query(GET), shown()]])).toEqual([]);
  });

  it('DMP-ACCESS-BEFORE-READING: the test of another user, a list without the patient, a list refused', () => {
    for (const [sent, answer] of [
      [by('899700000002', test()), OPEN],
      [by('899700000002', list()), listing(INS)],
      [list(), listing('207058575627097')],
      [list(), listing()],
      [list(), listing(INS).replace('DMPOk', 'DMPAccessDeniedByRightsService')],
    ] as const) {
      expect(
        series([
          [0, sent, answer],
          [1, query(FIND), shown()],
        ]),
      ).toEqual(['DMP-ACCESS-BEFORE-READING']);
    }
    const other = by('899700000002', query(FIND));
    expect(
      series([
        [0, test(), OPEN],
        [1, by('899700000002', test()), OPEN],
        [2, query(FIND), shown()],
        [3, other, shown()],
      ]),
    ).toEqual([]);
  });

  it('DMP-ACCESS-REFUSED: the authorisation of another user opens nothing', () => {
    expect(
      series([
        [0, test(), record('OK', 'active', 'INEXISTANTE')],
        [1, by('899700000002', test()), OPEN],
        [2, by('899700000002', grant()), GRANTED],
        [3, query(FIND), shown()],
      ]),
    ).toEqual(['DMP-ACCESS-REFUSED']);
  });

  it('DMP-ACCESS-REFUSED, until an authorisation is set', () => {
    const none = record('OK', 'active', 'INEXISTANTE');
    expect(
      series([
        [0, test(), none],
        [1, query(FIND), shown()],
      ]),
    ).toEqual(['DMP-ACCESS-REFUSED']);
    expect(
      series([
        [0, test(), record('OK', 'active', 'VALIDE', 'AE')],
        [1, query(FIND), shown()],
      ]),
    ).toEqual(['DMP-ACCESS-REFUSED']);
    expect(
      series([
        [0, test(), none],
        [1, grant(), GRANTED],
        [2, query(FIND), shown()],
      ]),
    ).toEqual([]);
    const refused = GRANTED.replace('DMPOk', 'DMPAccessDeniedByRightsService');
    expect(
      series([
        [0, test(), none],
        [1, grant(), refused],
        [2, query(FIND), shown()],
      ]),
    ).toEqual(['DMP-ACCESS-REFUSED']);
  });

  describe('DMP-READING-LISTED', () => {
    const REPOSITORY = '1.2.250.1.213.4.1.1.1.2';
    const reading = (uniqueId: string, repository = REPOSITORY): Sent =>
      call(
        `<x:RetrieveDocumentSetRequest xmlns:x="urn:ihe:iti:xds-b:2007"><x:DocumentRequest><x:RepositoryUniqueId>${repository}</x:RepositoryUniqueId><x:DocumentUniqueId>${uniqueId}</x:DocumentUniqueId></x:DocumentRequest></x:RetrieveDocumentSetRequest>`,
        'urn:ihe:iti:2007:RetrieveDocumentSet',
      );
    const found = (content: string): string =>
      entry(`${UUID}7`, DOC).replace('</ExtrinsicObject>', `${content}</ExtrinsicObject>`);
    const whose = (ins: string): string =>
      found(
        `<ExternalIdentifier identificationScheme="urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427" value="${ins}^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH"/>`,
      );
    const after = (...steps: readonly Step[]): string[] =>
      series([[0, test(), OPEN], ...steps, [59, reading(DOC), OK]]);
    const BROKEN = ['DMP-READING-LISTED'];

    it('what no answer showed', () => {
      expect(after()).toEqual(BROKEN);
      expect(after([1, query(FIND), shown()])).toEqual(BROKEN);
      expect(after([1, query(FIND), shown(entry(`${UUID}7`, '1.2.9'))])).toEqual(BROKEN);
      expect(
        series([
          [0, test(), OPEN],
          [1, reading(`urn:oid:${DOC}`), OK],
          [2, query(FIND), shown(found(''))],
        ]),
      ).toEqual(BROKEN);
    });

    it('what was shown for somebody else', () => {
      expect(after([1, query(FIND), shown(whose('190010699999999'))])).toEqual(BROKEN);
    });

    it('another repository than that of the entry', () => {
      const placed = (id: string): Step => [1, query(FIND), shown(found(slotted('repositoryUniqueId', id)))];
      expect(after(placed('1.2.250.1.213.4.9'))).toEqual(BROKEN);
      expect(after(placed(REPOSITORY))).toEqual([]);
    });

    it('nothing to say of what a search showed, by criteria or by id', () => {
      expect(after([1, query(FIND), shown(found(''))])).toEqual([]);
      expect(after([1, query(GET), shown(found(''))])).toEqual([]);
      const { body } = query(GET);
      const byId = Buffer.from(
        Buffer.from(body)
          .toString()
          .replace(`id="${GET}"/>`, `id="${GET}">${slotted('$XDSDocumentEntryUniqueId', `('${DOC}')`)}</AdhocQuery>`),
      );
      const sought: Sent = { contentType: SOAP, body: byId };
      expect(after([1, sought, shown(`<ObjectRef id="${UUID}7"/>`)])).toEqual([]);
      expect(after([1, sought, shown()])).toEqual(BROKEN);
    });

    it('nothing to say of what the product fed, unless it was refused', () => {
      expect(after([1, fed(), OK])).toEqual([]);
      expect(after([1, fed(), undefined])).toEqual([]);
      expect(after([1, fed(), registry('Failure', 'XDSRegistryMetadataError')])).toEqual(BROKEN);
    });
  });

  it('DMP-NO-SEARCH-AFTER-FEEDING: soon after, unless it was asked for', () => {
    const searched = (seconds: number): readonly Step[] => [
      [0, test(), OPEN],
      [1, fed(), OK],
      [seconds, query(FIND), shown()],
    ];
    expect(series(searched(3))).toEqual(['DMP-NO-SEARCH-AFTER-FEEDING']);
    expect(series(searched(3), { searchAsked: true })).toEqual([]);
    expect(series(searched(40))).toEqual([]);
  });

  it.each([
    ['no answer', undefined, 200],
    ['the registry is down', registry('Failure', 'XDSRegistryNotAvailable'), 200],
    ['a page of maintenance', '<html>', 503],
  ])('DMP-RETRY-SAME-ID, DMP-RETRY: %s', (_, answer, status) => {
    const renamed = fed({ document: version('1.2.3', '1'), envelope: named('1.2.3') }, '1.2.250.1.999.1.100');
    expect(
      series([
        [0, test(), OPEN],
        [1, fed(), answer, status],
        [2, renamed, OK],
      ]),
    ).toEqual(['DMP-RETRY-SAME-ID']);
    expect(
      series([
        [0, test(), OPEN],
        [1, fed(), answer, status],
      ]),
    ).toEqual([]);
    expect(
      series(
        [
          [0, test(), OPEN],
          [1, fed(), answer, status],
        ],
        { ended: true },
      ),
    ).toEqual(['DMP-RETRY']);
    expect(
      series(
        [
          [0, test(), OPEN],
          [1, fed(), answer, status],
          [9, fed(), OK],
        ],
        { ended: true },
      ),
    ).toEqual([]);
  });

  it('a lasting refusal asks for no retry', () => {
    const refused = registry('Failure', 'XDSRegistryMetadataError');
    expect(
      series(
        [
          [0, test(), OPEN],
          [1, fed(), refused],
        ],
        { ended: true },
      ),
    ).toEqual([]);
  });

  it('DMP-NO-RESEND: the same number, or the same bytes under another', () => {
    const other = '1.2.250.1.999.1.100';
    expect(
      series([
        [0, test(), OPEN],
        [1, fed(), OK],
        [2, fed({}, other), OK],
      ]),
    ).toEqual(['DMP-NO-RESEND']);
    expect(
      series([
        [0, test(), OPEN],
        [1, fed(), OK],
        [2, fed({ envelope: named('1.2.3') }, other), OK],
      ]),
    ).toEqual(['DMP-NO-RESEND']);
  });

  it('DMP-NO-RESEND: the same report built again under another number is a warning', () => {
    const other = '1.2.250.1.999.1.100';
    const ordered = (text: string, order = '42'): string =>
      text.replace(
        '<Slot name="serviceStartTime">',
        `<Slot name="urn:ihe:iti:xds:2013:referenceIdList"><ValueList><Value>${order}^^^&amp;1.2.3&amp;ISO^urn:ihe:iti:xds:2013:order</Value></ValueList></Slot><Slot name="serviceStartTime">`,
      );
    const start = fed({ document: version(DOC, '1'), envelope: ordered });
    const again = (order?: string, target = ''): Sent =>
      fed({ document: version(NEW, '1', 'T'), envelope: (text) => ordered(named(NEW, target)(text), order) }, other);
    const steps = (last: Sent, ...between: Step[]): Step[] => [
      [0, test(), OPEN],
      [1, start, OK],
      ...between,
      [40, last, OK],
    ];
    const findings = checkDmpSeries(steps(again()).map(exchange));
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['DMP-NO-RESEND', 'warning']]);
    expect(series(steps(again('43')))).toEqual([]);
    expect(series(steps(again(), found(), [31, deletion(), OK]))).toEqual([]);
    expect(series(steps(again('42', `${UUID}7`), found()))).not.toContain('DMP-NO-RESEND');
  });

  it('DMP-SET-ID-UNIQUE', () => {
    const another = fed({ document: version('1.2.3', '1', 'T'), envelope: named('1.2.3') });
    expect(
      series([
        [0, test(), OPEN],
        [1, fed(), OK],
        [2, another, OK],
      ]),
    ).toEqual(['DMP-SET-ID-UNIQUE']);
  });

  const replaced = (sent: Sent, status?: string): string[] =>
    series([[0, test(), OPEN], [1, first(), OK], found(status), [31, sent, OK]]);

  it('DMP-REPLACEMENT-TARGET: an entry of another document, or no longer in force', () => {
    expect(replaced(second(NEW, '2', 'S', DOC, `${UUID}7`), 'Deprecated')).toEqual(['DMP-REPLACEMENT-TARGET']);
    expect(
      series([
        [0, test(), OPEN],
        [30, query(GET), shown(entry(`${UUID}7`, '1.2.9'))],
        [31, second(NEW, '2', 'S', DOC, `${UUID}7`), OK],
      ]),
    ).toEqual(['DMP-REPLACEMENT-TARGET']);
  });

  it.each([
    ['no RPLC', [NEW, '2', 'S', DOC, ''], ['DMP-NEW-VERSION']],
    ['no RPLC, no word of it', [NEW, '2', 'S', '', ''], ['DMP-NEW-VERSION']],
    ['same version', [NEW, '1', 'S', DOC, `${UUID}7`], ['DMP-NEW-VERSION']],
    ['other setId', [NEW, '2', 'T', DOC, `${UUID}7`], ['DMP-NEW-VERSION']],
    ['same uniqueId', [DOC, '2', 'S', DOC, `${UUID}7`], ['DMP-NO-RESEND', 'DMP-NEW-VERSION']],
  ] as const)('DMP-NEW-VERSION: %s', (_, [id, number, set, parent, target], expected) => {
    expect(replaced(second(id, number, set, parent, target))).toEqual(expected);
  });

  it('DMP-UPDATE-OWN, DMP-UPDATE-STATE', () => {
    const after = (answer: string, sent: Sent): string[] =>
      series([
        [0, query(GET), answer],
        [1, sent, OK],
      ]);
    expect(after(shown(entry(`${UUID}7`, DOC, 'Approved', '10B0000009')), deletion())).toEqual(['DMP-UPDATE-OWN']);
    expect(after(shown(entry(`${UUID}7`, DOC)), deletion('urn:asip:ci-sis:2010:StatusType:Archived'))).toEqual([
      'DMP-UPDATE-STATE',
    ]);
    expect(after(shown(entry(`${UUID}7`, DOC, 'Approved', '10B0152872', '3')), masking('3'))).toEqual([]);
    expect(after(shown(entry(`${UUID}7`, DOC, 'Approved', '10B0152872', '3')), masking('1'))).toEqual([
      'DMP-UPDATE-STATE',
    ]);
  });

  it('leaves other services out, and never throws on what cannot be read', () => {
    const junk: Sent = { contentType: 'text/plain', body: Buffer.from('junk') };
    expect(
      series([
        [0, junk, 'junk'],
        [1, junk, undefined],
        [2, junk, soap(''), 500],
      ]),
    ).toEqual([]);
    expect(checkDmpSeries([{ ...exchange([0, fed(), OK], 0), service: 'insi' }])).toEqual([]);
  });

  it('broke each rule above', () => {
    expect(SERIES_RULES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
