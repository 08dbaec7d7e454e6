import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { checkAuthorization, placeOf } from './authorization.ts';
import { kindOf, readMessage, type PscMessage } from './messages.ts';
import { RULES, type OidcRule } from './rules.ts';
import { checkToken } from './token.ts';

export interface PscLoginOptions {
  /** Level asked in `acr_values`. Default `eidas1`. */
  readonly acr?: string;
  /** False when the exchanges stop before the code came back (refusal of the user). Default true. */
  readonly completed?: boolean;
}

/**
 * Judges the logins of a product through Pro Santé Connect.
 *
 * @param exchanges all exchanges with PSC of one scenario, in order of arrival, of one or several logins
 */
export function checkPscLogin(exchanges: readonly HttpExchange[], options: PscLoginOptions = {}): readonly Finding[] {
  const report = openReport(RULES);
  const of = (kind: string): PscMessage[] => exchanges.filter((one) => kindOf(one) === kind).map(readMessage);
  const authorizations = of('authorization');
  // A refresh is no exchange of a code.
  const tokens = of('token').filter(({ form }) => form.get('grant_type') !== 'refresh_token' && !isCiba(form));
  const userinfos = of('userinfo');
  for (const message of authorizations) checkAuthorization(report, message, options.acr ?? 'eidas1');
  checkReuse(report, authorizations, 'PSC-STATE', 'state');
  checkReuse(report, authorizations, 'PSC-NONCE', 'nonce');
  const states = statesByCode(exchanges);
  for (const message of tokens) checkToken(report, message, authorizationOf(message, tokens, authorizations, states));
  checkCodesOnce(report, tokens);
  for (const message of userinfos) checkBearer(report, message);
  checkPresence(report, authorizations, tokens, userinfos, options.completed ?? true);
  return report.findings;
}

function isCiba(form: URLSearchParams): boolean {
  return form.get('grant_type') === 'urn:openid:params:grant-type:ciba';
}

/**
 * The authorization that led to this code: the redirection that carried the code also carried the state. When redirections
 * were not kept, the request of the same rank.
 */
function authorizationOf(
  message: PscMessage,
  tokens: readonly PscMessage[],
  authorizations: readonly PscMessage[],
  states: ReadonlyMap<string, string>,
): PscMessage | undefined {
  const code = message.form.get('code');
  const state = states.get(code ?? '');
  const byState = authorizations.findLast((one) => state !== undefined && one.query.get('state') === state);
  if (byState !== undefined) return byState;
  const codes = [...new Set(tokens.map((one) => one.form.get('code')))];
  return authorizations[codes.indexOf(code)] ?? authorizations.at(-1);
}

/** State of each code, from the redirections to the product. */
function statesByCode(exchanges: readonly HttpExchange[]): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const { response } of exchanges) {
    const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '';
    const parameters = new URLSearchParams(location.split('?')[1] ?? '');
    const code = parameters.get('code');
    const state = parameters.get('state');
    if (code !== null && state !== null) states.set(code, state);
  }
  return states;
}

function checkReuse(
  report: Report<OidcRule>,
  authorizations: readonly PscMessage[],
  rule: 'PSC-STATE' | 'PSC-NONCE',
  name: string,
): void {
  const seen = new Set<string>();
  for (const message of authorizations) {
    const value = message.query.get(name) ?? '';
    if (value !== '' && seen.has(value)) {
      report.add(rule, {
        where: `${placeOf(message)}, ${name}`,
        received: `${value}, déjà employé par une connexion précédente`,
        expected: 'une valeur nouvelle à chaque connexion',
        remedy: `Tirez un nouveau ${name} à chaque requête d’autorisation.`,
      });
    }
    seen.add(value);
  }
}

function checkCodesOnce(report: Report<OidcRule>, tokens: readonly PscMessage[]): void {
  const seen = new Set<string>();
  for (const message of tokens) {
    const code = message.form.get('code');
    if (code === null) continue;
    if (seen.has(code)) {
      report.add('PSC-CODE-ONCE', {
        where: placeOf(message),
        received: 'un code déjà échangé (valeur masquée)',
        expected: 'un seul échange par code',
        remedy: 'Oubliez le code dès sa première présentation, même quand l’échange échoue.',
      });
    }
    seen.add(code);
  }
}

function checkBearer(report: Report<OidcRule>, message: PscMessage): void {
  const authorization = message.header('authorization') ?? '';
  const elsewhere = message.query.has('access_token') || message.form.has('access_token');
  if (/^Bearer \S+$/i.test(authorization) && !elsewhere) return;
  report.add('PSC-USERINFO-BEARER', {
    where: `${placeOf(message)}, en-tête Authorization`,
    received: elsewhere ? 'access_token hors de l’en-tête (valeur masquée)' : authorization.split(' ')[0] || 'absent',
    expected: 'Bearer suivi du jeton d’accès',
    remedy: 'Présentez le jeton d’accès dans l’en-tête Authorization, et là seulement.',
  });
}

function checkPresence(
  report: Report<OidcRule>,
  authorizations: readonly PscMessage[],
  tokens: readonly PscMessage[],
  userinfos: readonly PscMessage[],
  completed: boolean,
): void {
  const wanted: readonly (readonly [OidcRule, readonly PscMessage[], string])[] = [
    ['PSC-AUTHORIZATION-PRESENT', authorizations, 'une requête d’autorisation'],
    ...(completed
      ? ([
          ['PSC-TOKEN-PRESENT', tokens, 'un échange de code'],
          ['PSC-USERINFO-PRESENT', userinfos, 'un appel à userinfo'],
        ] as const)
      : []),
  ];
  for (const [rule, messages, expected] of wanted) {
    if (messages.length > 0) continue;
    report.add(rule, {
      where: 'échanges avec Pro Santé Connect',
      received: 'aucun',
      expected,
      remedy:
        'Vérifiez que le produit est configuré avec les adresses du banc, et que la connexion est allée à son terme.',
    });
  }
}
