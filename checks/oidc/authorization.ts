import type { Report } from '../report/index.ts';
import type { PscMessage } from './messages.ts';
import type { OidcRule } from './rules.ts';

/** 16 characters of base64url are 96 bits: below, a value can be guessed or comes from a counter. */
const MIN_RANDOM = 16;

/** Judges one authorization request (P2 and P3 of protocols.md §4.6). */
export function checkAuthorization(report: Report<OidcRule>, message: PscMessage, acr: string): void {
  const { query } = message;
  const place = placeOf(message);
  const value = (name: string): string => query.get(name) ?? '';
  const rows: readonly (readonly [name: string, right: boolean, expected: string, remedy: string])[] = [
    [
      'response_type',
      value('response_type') === 'code',
      'code',
      'Employez le flux par code d’autorisation : les flux implicites sont refusés.',
    ],
    ['client_id', value('client_id') !== '', 'l’identifiant de votre logiciel', 'Ajoutez client_id.'],
    [
      'redirect_uri',
      /^https?:\/\/[^#]+$/.test(value('redirect_uri')),
      'une adresse enregistrée, sans fragment',
      'Envoyez l’adresse de retour exactement comme elle est enregistrée.',
    ],
    [
      'scope',
      ['openid', 'scope_all'].every((scope) => value('scope').split(' ').includes(scope)),
      'openid scope_all',
      'Demandez openid et scope_all.',
    ],
    ['acr_values', value('acr_values') === acr, acr, `Demandez acr_values=${acr}.`],
  ];
  for (const [name, right, expected, remedy] of rows) {
    if (!right) {
      report.add('PSC-AUTHORIZATION-PARAMETERS', {
        where: `${place}, ${name}`,
        received: value(name) || 'absent',
        expected,
        remedy,
      });
    }
  }
  for (const name of new Set(query.keys())) {
    if (query.getAll(name).length === 1) continue;
    report.add('PSC-AUTHORIZATION-PARAMETERS', {
      where: `${place}, ${name}`,
      received: `${query.getAll(name).length} fois`,
      expected: 'une seule fois (RFC 6749 §3.1)',
      remedy: `N’envoyez ${name} qu’une fois.`,
    });
  }
  checkRandom(report, 'PSC-STATE', 'state', value('state'), place);
  checkRandom(report, 'PSC-NONCE', 'nonce', value('nonce'), place);
  checkPkce(report, message);
  if (query.has('client_secret')) {
    report.add('PSC-SECRET-FRONT-CHANNEL', {
      where: `${place}, client_secret`,
      received: 'présent (valeur masquée)',
      expected: 'absent',
      remedy: 'Retirez le secret de l’adresse et renouvelez-le : le navigateur l’a vu.',
    });
  }
}

/** `requête d'autorisation <id>`: where a finding points. */
export function placeOf({ exchange }: PscMessage): string {
  return `échange ${exchange.id} (${exchange.operation || exchange.request.method})`;
}

function checkRandom(
  report: Report<OidcRule>,
  rule: 'PSC-STATE' | 'PSC-NONCE',
  name: string,
  value: string,
  place: string,
): void {
  if (value.length >= MIN_RANDOM) return;
  report.add(rule, {
    where: `${place}, ${name}`,
    received: value || 'absent',
    expected: `une valeur aléatoire d’au moins ${MIN_RANDOM} caractères`,
    remedy: `Tirez ${name} au hasard à chaque connexion et vérifiez-le au retour.`,
  });
}

function checkPkce(report: Report<OidcRule>, message: PscMessage): void {
  const challenge = message.query.get('code_challenge') ?? '';
  const method = message.query.get('code_challenge_method') ?? '';
  if (/^[A-Za-z0-9_-]{43}$/.test(challenge) && method === 'S256') return;
  report.add('PSC-PKCE', {
    where: `${placeOf(message)}, code_challenge`,
    received: challenge === '' ? 'absent' : `${challenge} (${method || 'plain'})`,
    expected: 'code_challenge de 43 caractères, code_challenge_method=S256',
    remedy: 'Activez PKCE avec S256 dans la bibliothèque OpenID Connect.',
  });
}
