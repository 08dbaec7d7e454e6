import { DER_KEY } from '../readable/index.ts';
import { spansOf, type Secret } from './spans.ts';
import type { Hit, Watch } from './types.ts';

/** Private keys: PEM of every kind, JWK, and what the reader saw in DER. */
const KEYS: readonly Secret[] = [
  {
    code: 'CLE_PRIVEE',
    pattern:
      /(-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----[A-Za-z0-9+/=\s:,.\\-]{0,20000}?-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----)/dgu,
  },
  // A key that was cut is still a key.
  { code: 'CLE_PRIVEE', pattern: /(-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{0,20000})/dgu },
  { code: 'CLE_PRIVEE', pattern: /"kty"\s*:[^{}]{0,4000}?"d"\s*:\s*"([A-Za-z0-9_-]{20,})"/dgu },
  { code: 'CLE_PRIVEE', pattern: /"d"\s*:\s*"([A-Za-z0-9_-]{20,})"[^{}]{0,4000}?"kty"\s*:/dgu },
];

const TOKEN_FIELDS =
  'client_secret|code_verifier|refresh_token|access_token|id_token|id_token_hint|device_code|auth_req_id';

/** A form field begins a line or follows `?` or `&`: after a space, `code=` is an attribute of an XML fault, which a reviewer needs. */
const TOKENS: readonly Secret[] = [
  { code: 'JETON', pattern: /(?<![A-Za-z0-9_-])(eyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*){1,3})/dgu },
  { code: 'JETON', pattern: /^(?:Proxy-)?Authorization:[ \t]*(?:Bearer|DPoP|Token)[ \t]+([^\r\n]+)/dgimu },
  { code: 'JETON', pattern: /^(?:Set-)?Cookie:[ \t]*([^\r\n]+)/dgimu },
  { code: 'JETON', pattern: /^(?:ESANTE-API-KEY|X-Api-Key|X-Auth-Token|DPoP):[ \t]*([^\r\n]+)/dgimu },
  {
    code: 'JETON',
    pattern: new RegExp(
      String.raw`(?:^|[&?])(?:${TOKEN_FIELDS}|code|assertion|client_assertion)=([^&\s"<>]+)`,
      'dgimu',
    ),
  },
  {
    code: 'JETON',
    pattern: new RegExp(String.raw`"(?:${TOKEN_FIELDS}|api_?key|apikey|secret)"\s*:\s*"((?:[^"\\]|\\.)+)"`, 'dgiu'),
  },
  {
    code: 'JETON',
    pattern: /\bbearer[ \t]+([A-Za-z0-9_~+/.-]{12,}=*)/dgiu,
    // A word of a sentence has neither digits nor capitals inside.
    holds: (value) => /\d|[a-z][A-Z]/u.test(value),
  },
  {
    code: 'JETON',
    pattern:
      /^[ \t]*(?:export[ \t]+)?[A-Za-z0-9_.-]*(?:api[_-]?key|secret[_-]?key|access[_-]?key|client[_-]?secret|auth[_-]?token)[ \t]*[=:][ \t]*["']?([^\s"'<>&]{8,})/dgimu,
  },
];

const PASSWORD_WORD = String.raw`(?:password|passwd|passphrase|pwd|motdepasse|mot[_-]de[_-]passe|mdp)`;

const PASSWORDS: readonly Secret[] = [
  {
    code: 'MOT_DE_PASSE',
    pattern: /^(?:Proxy-)?Authorization:[ \t]*(?:Basic|Digest|NTLM|Negotiate)[ \t]+([^\r\n]+)/dgimu,
  },
  { code: 'MOT_DE_PASSE', pattern: /^AUTH[ \t]+(?:PLAIN|XOAUTH2|LOGIN|OAUTHBEARER)[ \t]+([^\r\n]+)/dgimu },
  {
    code: 'MOT_DE_PASSE',
    pattern: /^\S{1,40}[ \t]+AUTHENTICATE[ \t]+(?:PLAIN|XOAUTH2|OAUTHBEARER)[ \t]+([^\r\n]+)/dgimu,
  },
  { code: 'MOT_DE_PASSE', pattern: /^\S{1,40}[ \t]+LOGIN[ \t]+([^\r\n]+)/dgmu },
  { code: 'MOT_DE_PASSE', pattern: new RegExp(String.raw`(?:^|[&?])${PASSWORD_WORD}=([^&\s"<>]+)`, 'dgimu') },
  {
    code: 'MOT_DE_PASSE',
    pattern: new RegExp(String.raw`"[A-Za-z_-]{0,20}${PASSWORD_WORD}"\s*:\s*"((?:[^"\\]|\\.)+)"`, 'dgiu'),
  },
  {
    code: 'MOT_DE_PASSE',
    pattern: new RegExp(String.raw`<(?:[\w-]{1,40}:)?${PASSWORD_WORD}(?:\s[^<>]{0,400})?>([^<]+)<`, 'dgiu'),
  },
  { code: 'MOT_DE_PASSE', pattern: new RegExp(String.raw`\s${PASSWORD_WORD}\s*=\s*"([^"<>]+)"`, 'dgiu') },
  { code: 'MOT_DE_PASSE', pattern: new RegExp(String.raw`\s${PASSWORD_WORD}\s*=\s*'([^'<>]+)'`, 'dgiu') },
];

/** Where a value ends, besides the line: what it is covered with must not break what holds it. */
const ENDS = { xml: '<', json: '"', hl7: String.raw`|\\`, other: '' } as const;

/** Lines of settings and notes: what follows is the password up to the end of the line; in a sentence, up to the next blank. */
function written(end: string): readonly Secret[] {
  const name = String.raw`(?:${PASSWORD_WORD}|mot de passe)`;
  // A table, or a place to fill in.
  const holds = (value: string): boolean =>
    !/^\|\s|^(["']?)(?:\{\{?[\w .-]+\}?\}|\[[\w .-]+\]|<[\w .-]+>)\1,?$/u.test(value);
  return [
    {
      code: 'MOT_DE_PASSE',
      pattern: new RegExp(
        String.raw`^[ \t]*(?:export[ \t]+)?[\w.-]{0,40}${name}[ \t]*[=:][ \t]*([^\r\n${end}]+)`,
        'dgimu',
      ),
      holds,
    },
    {
      code: 'MOT_DE_PASSE',
      pattern: new RegExp(String.raw`[\s(«"'>\\]${name}[ \t]*=[ \t]*(?!"[^"\n]*"|'[^'\n]*')([^\s<>"${end}]+)`, 'dgiu'),
      holds,
    },
  ];
}

const WRITTEN = {
  xml: written(ENDS.xml),
  json: written(ENDS.json),
  hl7: written(ENDS.hl7),
  other: written(ENDS.other),
} as const;

function shapeOf(text: string): keyof typeof WRITTEN {
  const head = text.slice(0, 200).trimStart();
  if (head.startsWith('<')) return 'xml';
  if (head.startsWith('{') || head.startsWith('[')) return 'json';
  return /^.?MSH\|/u.test(head) ? 'hl7' : 'other';
}

export const watchSecrets: Watch = ({ text }) => {
  const passwords = [...PASSWORDS, ...WRITTEN[shapeOf(text)]];
  const hits = [...spansOf(text, KEYS), ...spansOf(text, TOKENS), ...spansOf(text, passwords)];
  const der: readonly Hit[] = text === DER_KEY ? [{ code: 'CLE_PRIVEE', from: 0, to: text.length }] : [];
  return [...hits, ...der];
};
