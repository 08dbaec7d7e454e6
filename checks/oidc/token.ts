import { createHash } from 'node:crypto';
import type { Report } from '../report/index.ts';
import { placeOf } from './authorization.ts';
import type { PscMessage } from './messages.ts';
import type { OidcRule } from './rules.ts';

/**
 * Judges the exchange of a code (P4 of protocols.md §4.6). Refreshes are left alone.
 *
 * @param authorization request whose answer gave this code, when it was seen
 */
export function checkToken(report: Report<OidcRule>, message: PscMessage, authorization: PscMessage | undefined): void {
  const { exchange, form } = message;
  const place = placeOf(message);
  const grant = form.get('grant_type');
  if (exchange.request.method !== 'POST' || grant !== 'authorization_code' || !form.get('code')) {
    report.add('PSC-TOKEN-REQUEST', {
      where: place,
      received: `${exchange.request.method}, grant_type ${grant ?? 'absent'}, code ${form.get('code') ? 'présent' : 'absent'}`,
      expected: 'POST application/x-www-form-urlencoded, grant_type=authorization_code, code',
      remedy: 'Envoyez les paramètres dans le corps de la requête, en formulaire.',
    });
  }
  const origin = message.header('origin');
  const fetchMode = message.header('sec-fetch-mode');
  if (origin !== undefined || fetchMode !== undefined) {
    report.add('PSC-TOKEN-SERVER-SIDE', {
      where: `${place}, en-tête ${origin === undefined ? 'Sec-Fetch-Mode' : 'Origin'}`,
      received: origin ?? fetchMode ?? '',
      expected: 'pas d’en-tête de navigateur',
      remedy: 'Échangez le code depuis votre serveur ; un client lourd passe par un serveur intermédiaire.',
    });
  }
  for (const name of ['code', 'client_secret'] as const) {
    if (!message.query.has(name)) continue;
    report.add('PSC-SECRET-FRONT-CHANNEL', {
      where: `${place}, ${name} dans l’adresse`,
      received: 'présent (valeur masquée)',
      expected: 'absent de l’adresse, qui finit dans les journaux',
      remedy: `Envoyez ${name} dans le corps de la requête.`,
    });
  }
  if (authorization === undefined || grant !== 'authorization_code') return;
  checkSameRedirect(report, message, authorization);
  checkVerifier(report, message, authorization);
}

function checkSameRedirect(report: Report<OidcRule>, message: PscMessage, authorization: PscMessage): void {
  const expected = authorization.query.get('redirect_uri') ?? '';
  const received = message.form.get('redirect_uri') ?? '';
  if (received === expected) return;
  report.add('PSC-REDIRECT-URI', {
    where: `${placeOf(message)}, redirect_uri`,
    received: received || 'absent',
    expected: `${expected}, comme dans la requête d’autorisation`,
    remedy: 'Gardez l’adresse de retour avec la connexion en cours et renvoyez-la telle quelle.',
  });
}

function checkVerifier(report: Report<OidcRule>, message: PscMessage, authorization: PscMessage): void {
  const challenge = authorization.query.get('code_challenge');
  if (challenge === null) return;
  const verifier = message.form.get('code_verifier') ?? '';
  const plain = authorization.query.get('code_challenge_method') !== 'S256';
  const answer = plain ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (/^[\w.~-]{43,128}$/.test(verifier) && answer === challenge) return;
  report.add('PSC-CODE-VERIFIER', {
    where: `${placeOf(message)}, code_verifier`,
    // Both are secrets of a login in progress.
    received: verifier === '' ? 'absent' : 'ne répond pas au code_challenge (valeur masquée)',
    expected: 'la valeur dont le SHA-256 en base64url est le code_challenge',
    remedy: 'Gardez code_verifier avec la connexion en cours et envoyez-le avec le code.',
  });
}
