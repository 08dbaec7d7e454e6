import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPECTED_OPERATIONS } from './catalogue.ts';
import { distance } from './distance.ts';
import { nearMiss, type ExpectedOperation, type UnexpectedRequest } from './index.ts';

/** The request that the operation expects. */
function requestOf(expected: ExpectedOperation): UnexpectedRequest {
  const { service, listener, method, path, contentTypes, action, body } = expected;
  const envelope = `<s:Envelope xmlns:s="urn:s"><s:Header><w:Action xmlns:w="urn:w" s:mustUnderstand="1"> ${action} </w:Action></s:Header><s:Body>\n<x:${body} xmlns:x="urn:x"/></s:Body></s:Envelope>`;
  return {
    service,
    listener,
    method,
    pathname: path.replaceAll(/:\w+/g, 'valeur'),
    headers: [
      ['Host', '127.0.0.1:4443'],
      ...(contentTypes === undefined ? [] : ([['Content-Type', contentTypes[0] ?? '']] as const)),
    ],
    body: new TextEncoder().encode(action === undefined ? '' : envelope),
  };
}

const all = EXPECTED_OPERATIONS.map((one) => [`${one.service} ${one.operation}`, one] as const);
const traits = EXPECTED_OPERATIONS.find(({ operation }) => operation === 'rechercherInsAvecTraitsIdentite');
if (traits === undefined) throw new Error('the search by traits is missing');
const search = requestOf(traits);
const withBody = (change: (text: string) => string): UnexpectedRequest => ({
  ...search,
  body: new TextEncoder().encode(change(new TextDecoder().decode(search.body))),
});

describe('a near miss', () => {
  it.each(all)('%s: nothing to say of what is expected', (_, expected) => {
    expect(nearMiss(requestOf(expected))).toBeUndefined();
  });

  it.each(all)('%s is recognised one letter off in its path', (_, expected) => {
    const request = requestOf(expected);
    const close = nearMiss({ ...request, pathname: request.pathname.replace(/(.)$/, 'z$1') });
    // What a variable segment is worth cannot be off.
    if (expected.path.includes('/:')) return expect(close).toBeUndefined();
    expect(close).toMatchObject({ service: expected.service, operation: expected.operation });
    expect(close?.differences.map(({ what }) => what)).toEqual(['path']);
    return expect(close?.sentence).toMatch(/le chemin \(reçu « .+ », attendu « .+ », à une lettre près\)/);
  });

  it('names an action one letter off', () => {
    const close = nearMiss(withBody((text) => text.replace('TraitsIdentite ', 'TraitIdentite ')));
    expect(close).toMatchObject({
      service: 'insi',
      operation: 'rechercherInsAvecTraitsIdentite',
      differences: [
        {
          what: 'action',
          received: 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitIdentite',
          expected: 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite',
        },
      ],
    });
    expect(close?.sentence).toBe(
      'opération attendue la plus proche : INSi « rechercherInsAvecTraitsIdentite » (POST /lps) ; ce qui diffère : l’action SOAP (reçu « urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitIdentite », attendu « urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite », à une lettre près)',
    );
  });

  it.each([
    ['the method', { ...search, method: 'PUT' }, ['method']],
    ['the content type', { ...search, headers: [['content-type', 'text/xml; charset=utf-8']] }, ['content-type']],
    ['no content type', { ...search, headers: [] }, ['content-type']],
    [
      'the host',
      {
        ...search,
        pathname: '/lpz',
        headers: [...search.headers, ['Host', 'x']].map(([name, value]) =>
          name === 'Host' ? ['host', 'lps2.dmp.gouv.fr:443'] : [name ?? '', value ?? ''],
        ),
      },
      ['path', 'host'],
    ],
    ['the service', { ...search, service: 'dmp', listener: 'dmp' }, ['service']],
    ['no action', withBody((text) => text.replace(/<w:Action.*<\/w:Action>/, '')), ['action']],
    ['the body', withBody((text) => text.replace('RECSANSVITALE', 'RECVITALE')), ['body']],
  ] as readonly (readonly [string, UnexpectedRequest, string[]])[])(
    'says what differs: %s',
    (_, request, differing) => {
      const close = nearMiss(request);
      expect(close).toMatchObject({ service: 'insi', operation: 'rechercherInsAvecTraitsIdentite' });
      expect(close?.differences.map(({ what }) => what)).toEqual(differing);
    },
  );

  it('takes the action of a SOAP 1.1 header or of the content type when the message has none', () => {
    const action = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVital';
    const bare = { ...search, body: new Uint8Array() };
    const headers = [
      [
        ['SOAPAction', `"${action}"`],
        ['Content-Type', 'application/soap+xml'],
      ],
      [['Content-Type', `application/soap+xml; charset=utf-8; action="${action}"`]],
    ] as const;
    for (const given of headers) {
      expect(nearMiss({ ...bare, headers: given })?.operation).toBe('rechercherInsAvecCarteVitale');
    }
  });

  it('says nothing of what resembles nothing', () => {
    for (const pathname of ['/', '/favicon.ico', '/wp-admin/setup.php']) {
      const request = { ...search, method: 'GET', pathname, headers: [], body: new Uint8Array() };
      expect([pathname, nearMiss(request)]).toEqual([pathname, undefined]);
    }
  });

  it('takes anything without failing nor growing', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3000 }),
        fc.string({ maxLength: 3000 }),
        fc.uint8Array({ maxLength: 3000 }),
        (path, type, body) => {
          const close = nearMiss({ ...search, pathname: `/${path}`, headers: [['Content-Type', type]], body });
          expect((close?.sentence ?? '').length).toBeLessThan(3000);
        },
      ),
    );
    const hostile = `<a:Body ${'x '.repeat(500_000)}${'<Body>'.repeat(50_000)}${'<Action '.repeat(50_000)}`;
    const close = nearMiss({ ...search, body: new TextEncoder().encode(hostile) });
    expect(close?.operation).toBe('POST /lps');
  });
});

describe('what is told of a near miss', () => {
  const sentenceOf = (request: UnexpectedRequest) => nearMiss(request)?.sentence ?? '';

  it('names a difference of case as such', () => {
    const close = nearMiss({ ...search, pathname: '/LPS' });
    expect(close).toMatchObject({ operation: 'rechercherInsAvecTraitsIdentite', differences: [{ what: 'path' }] });
    expect(close?.sentence).toMatch(/le chemin \(reçu « \/LPS », attendu « \/lps », à la casse près\)$/);
    expect(nearMiss({ ...search, pathname: '/lps/' })).toBeUndefined();
  });

  it('says that the action stands in the content type or in SOAPAction only', () => {
    const bare = withBody((text) => text.replace(/<w:Action.*<\/w:Action>/, ''));
    const action = traits.action ?? '';
    const type = ['Content-Type', `application/soap+xml; charset=utf-8; action="${action}"`] as const;
    expect(sentenceOf({ ...bare, headers: [type] })).toMatch(
      /wsa:Action du message \(absent ; .* le type de contenu\)/,
    );
    expect(nearMiss({ ...bare, headers: [type] })?.operation).toBe('rechercherInsAvecTraitsIdentite');
    const headers = [
      ['Content-Type', 'application/soap+xml'],
      ['SOAPAction', `"${action}"`],
    ] as const;
    expect(sentenceOf({ ...bare, headers })).toMatch(/wsa:Action du message \(absent ; .*SOAPAction\)/);
    expect(nearMiss(search)).toBeUndefined();
  });

  it('names the version of SOAP besides the content type', () => {
    const old = withBody((text) => text.replace('"urn:s"', '"http://schemas.xmlsoap.org/soap/envelope/"'));
    const told = sentenceOf({ ...old, headers: [['Content-Type', 'text/xml']] });
    expect(told).toContain('le type de contenu (reçu « text/xml », attendu « application/soap+xml »)');
    expect(told).toContain('la version de SOAP (reçu « 1.1 », attendu « 1.2 »)');
  });

  it('chooses no operation when nothing in the request names one', () => {
    const body = new TextEncoder().encode('{"nom":"X"}');
    const close = nearMiss({ ...search, headers: [['Content-Type', 'application/json']], body });
    expect(close).toMatchObject({ service: 'insi', operation: 'POST /lps', differences: [{ what: 'content-type' }] });
    expect(close?.sentence).toContain('aucun corps SOAP n’a été trouvé dans la requête');
    expect(close?.sentence).not.toContain('rechercher');
  });
});

describe('the distance between two names', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'ab', 1],
    ['abc', 'acb', 1],
    ['abc', 'xyz', 3],
    ['', 'abc', 3],
  ])('%j and %j: %i', (one, other, expected) => {
    expect(distance(one, other)).toBe(expected);
  });

  it('is the same both ways, null for the same text only, and never more than the longest', () => {
    const word = fc.string({ maxLength: 30 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const found = distance(one, other);
        expect(found).toBe(distance(other, one));
        expect(found === 0).toBe(one === other);
        expect(found).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });
});
