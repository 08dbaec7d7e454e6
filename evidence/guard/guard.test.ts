import { describe, expect, it } from 'vitest';
import { isValidIns, nirKey } from '#formats/nir/index.ts';
import { lookAt, nameKey, type KnownPeople } from './index.ts';

/** A block of that kind; what it holds is nobody's. */
const pem = (kind: string, end = `\n-----END ${kind}-----`): string =>
  `-----BEGIN ${kind}-----\n${'QUJD'.repeat(12)}${end}`;
const NUMBER = Buffer.alloc(32, 7).toString('base64url');
const STRANGER = `1850575123456${nirKey('1850575123456')}`;
const KNOWN: KnownPeople = {
  ins: new Set(['249046938391378']),
  names: new Set(['PAT-TROIS', 'DOMINIQUE', 'MARIE-LOUISE'].map(nameKey)),
  domains: ['banc.mssante.test'],
};

async function codesOf(text: string, mediaType = 'text/plain'): Promise<readonly string[]> {
  const piece = { bytes: Buffer.from(text, 'utf8'), mediaType, name: 'piece.txt' };
  return (await lookAt(piece, KNOWN)).alarms.map(({ code }) => code);
}

const seen: Readonly<Record<string, readonly string[]>> = {
  INS_REEL_POSSIBLE: [
    `<id extension="${STRANGER}"/>`,
    `INS : ${STRANGER.replace(/^(.)(..)(..)(..)(...)(...)(..)$/u, '$1 $2 $3 $4 $5 $6 $7')}`,
    `PID|||${STRANGER}^^^ASIP-SANTE-INS-NIR`,
    `{"ins":"${STRANGER}"}`,
    `${STRANGER}@patient.mssante.fr`.replace('@', ' @'),
  ],
  IDENTITE_REELLE_POSSIBLE: [
    '<ClinicalDocument><recordTarget><patientRole><id root="1.2.250.1.213.1.4.8" extension="279035121518989"/><patient><name><given>Jeanne</given></name></patient></patientRole></recordTarget></ClinicalDocument>',
    'PID|1||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS||DUPONT^DOMINIQUE',
    '{"identifier":[{"system":"urn:oid:1.2.250.1.213.1.4.8"}],"name":[{"family":"Lefèvre"}]}',
    '<r><OID>1.2.250.1.213.1.4.9</OID><NOMNAISSANCE>MARTIN</NOMNAISSANCE></r>',
  ],
  TELEPHONE: [
    'Appelez le 06 12 34 56 78',
    'Tél. : 0472345678',
    'tel:+33472345678',
    '<telecom value="tel:0472345678"/>',
    '+33 (0)4 72 34 56 78',
    '04.72.34.56.78',
    'PID|1||X||A^B|||||||0472345678|0612345678'.replace('|||||||0', '||||||||0'),
  ],
  ADRESSE_ELECTRONIQUE: [
    'Contact : jeanne.dupont@labo-dupont.fr',
    'From: "Labo" <contact@editeur.fr>',
    '<telecom value="mailto:cabinet@orange.fr"/>',
  ],
  CLE_PRIVEE: [
    pem('PRIVATE KEY'),
    pem('ENCRYPTED PRIVATE KEY', ''),
    JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'a', d: NUMBER }),
  ],
  JETON: [
    'GET / HTTP/1.1\r\nAuthorization: Bearer abcdefghijklmnop\r\n\r\n',
    'Cookie: session=42\r\n',
    'grant_type=authorization_code&code=SECRETCODE',
    '{"access_token": "abc"}',
    'le jeton eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl fut refusé',
    'API_KEY=0123456789abcdef',
  ],
  MOT_DE_PASSE: [
    'Authorization: Basic bGFibzpzZWNyZXQ=',
    'a1 LOGIN labo@banc.mssante.test secret',
    'AUTH PLAIN AGxhYm8Ac2VjcmV0',
    'password = hunter2 et plus',
    'Mot de passe : hunter2',
    '<wsse:Password Type="#PasswordText">hunter2</wsse:Password>',
    '<connexion user="labo" password="hunter2"/>',
    '{"motDePasse":"hunter2"}',
  ],
};

const unseen: readonly (readonly [string, string])[] = [
  ['a test identity', '<id root="1.2.250.1.213.1.4.8" extension="109076322083489"/>'],
  ['an identity of the bench', '249046938391378@banc.mssante.test'],
  ['an OID', `1.2.250.1.999.${STRANGER}.7`],
  ['a longer number', `0${STRANGER} ${STRANGER}9 a${STRANGER}`],
  [
    'a name of the bench under a production OID',
    '<r root="1.2.250.1.213.1.4.8"><patient><given>Marie-Louise</given><family>PAT-TROIS</family></patient></r>',
  ],
  [
    'a professional beside a patient of the bench',
    '<d><recordTarget><id root="1.2.250.1.213.1.4.8"/></recordTarget><author><family>DURAND</family></author></d>',
  ],
  ['any name under a test OID', '<r root="1.2.250.1.213.1.4.10"><family>DUPONT</family></r>'],
  ['a fictional phone', 'Tél. 06 39 98 12 34, +33 1 99 00 12 34'],
  ['a date and a time', '20260112143000 2026-01-12T14:30:00 12.01.2026 01-02-03-04-05x'],
  ['a FINESS, a RPPS, a SIRET', '0B0152872 899700001234 73282932000074 810101234567'],
  ['a UUID and a hash', '0612345678-1234-4abc-8def-0123456789ab 0472345678abcdef0472345678abcdef'],
  ['an address of a test domain', 'a@exemple.banc.mssante.test b@labo.example c@x.test'],
  ['a message id', 'Message-ID: <20220521104206.77@srv.interne.fr>\r\nReferences:\r\n <a@srv.fr>\r\n <b@srv.fr>\r\n'],
  ['a part named by its id', '<xop:Include href="cid:0123@apache.org"/>'],
  ['the attribute of a fault', "<s:Erreur severite='fatal' code='insi_103'\n code=\"insi_102\"/>"],
  ['a certificate', pem('CERTIFICATE')],
  ['a public key', JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: NUMBER })],
  ['what is masked already', 'Authorization: Bearer ******** \r\npassword = ***\r\n{"access_token":"***masqué***"}'],
  ['a text about passwords', 'Le mot de passe est haché par Argon2 ; la page demande le mot de passe.'],
];

describe('the guard', () => {
  it.each(Object.entries(seen).flatMap(([code, texts]) => texts.map((text) => [code, text] as const)))(
    'sees %s in %j',
    async (code, text) => {
      expect(await codesOf(text)).toContain(code);
    },
  );

  it.each(unseen)('lets %s pass', async (_, text) => {
    expect(isValidIns(STRANGER)).toBe(true);
    expect(await codesOf(text)).toEqual([]);
  });

  it('says where and what to do, and never the value', async () => {
    const text = `première ligne\n  patient ${STRANGER} vu\n`;
    const { alarms } = await lookAt({ bytes: Buffer.from(text), mediaType: '', name: 'note.txt' }, KNOWN);
    expect(alarms).toMatchObject([{ where: 'note.txt, ligne 2', line: 2, column: 11, maskable: true }]);
    expect(JSON.stringify(alarms)).not.toContain(STRANGER);
    const again = await lookAt({ bytes: Buffer.from(text), mediaType: '', name: 'note.txt' }, KNOWN);
    expect(again.alarms.map(({ id }) => id)).toEqual(alarms.map(({ id }) => id));
  });

  it('tells what nobody looks into', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const { alarms, notLookedInto } = await lookAt({ bytes: png, mediaType: 'image/png', name: 'ecran.png' }, KNOWN);
    expect([alarms, notLookedInto]).toEqual([
      [],
      [{ where: 'ecran.png', why: 'image, film ou son : le garde ne les regarde pas' }],
    ]);
  });

  it('does not tell two hundred lines one by one', async () => {
    const text = Array.from({ length: 500 }, (_, rank) => `p${rank}@labo-reel.fr`).join('\n');
    const { alarms } = await lookAt({ bytes: Buffer.from(text), mediaType: '', name: 'liste.txt' }, KNOWN);
    expect([alarms.length, alarms.at(-1)]).toMatchObject([201, { code: 'AUTRES_ALERTES', maskable: true }]);
  });

  it.each([
    ['spaces', `password${' '.repeat(200_000)}`],
    ['digits', '1 85 '.repeat(60_000)],
    ['an address without end', `${'a.'.repeat(100_000)}@`],
    ['angle brackets', '<family '.repeat(50_000)],
    ['an open key', `${pem('PRIVATE KEY', '')}${'A'.repeat(200_000)}`],
    ['ampersands', '&'.repeat(300_000)],
    ['pipes', `PID${'|'.repeat(200_000)}`],
    ['base64', 'QUJD'.repeat(100_000)],
    ['equal signs', `=?${'a'.repeat(100_000)}`],
    ['a header without end', `x: ${'y\r\n '.repeat(50_000)}`],
  ])('is not held up by %s that nearly match', async (_, text) => {
    const started = performance.now();
    await codesOf(`1.2.250.1.213.1.4.8 ${text}`);
    await codesOf(`From: a@b.test\r\nSubject: x\r\n${text}`);
    // What grows with the square of that length takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
