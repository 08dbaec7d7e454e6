import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport } from '../report/index.ts';
import { requestHeader } from '../vihf/index.ts';
import { WEB_RULES } from './web-rules.ts';

/** What the product sends the browser of its user to. */
export interface WebRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
}

export interface WebExpectation {
  /** Name in the path: `DossierPatient`, `TableauDeBord`… */
  readonly page: string;
  /** Of the patient in whose file the user is; absent for a page about nobody. */
  readonly ins?: string;
}

/** Judges the address of a contextual access (TD0.9): what the browser will ask for, before it does. */
export function checkWebAccess(request: WebRequest, { page, ins }: WebExpectation): readonly Finding[] {
  const report = openReport(WEB_RULES);
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (url?.protocol !== 'https:' || request.method !== 'GET' || (request.body ?? '') !== '') {
    report.add('WEBPS-METHOD', {
      where: 'requête du navigateur',
      received: `${request.method} ${url?.protocol ?? request.url}${(request.body ?? '') === '' ? '' : ', avec un corps'}`,
      expected: 'GET https:, sans corps',
      remedy: "Ouvrez l'adresse dans le navigateur de l'utilisateur, sans formulaire ni appel du serveur.",
    });
  }
  if (url === undefined) return report.findings;
  const [root, name, context, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (root !== 'AccesDirect' || name !== page || rest.length > 0) {
    report.add('WEBPS-PATH', {
      where: 'adresse, chemin',
      received: `/${[root, name].filter(Boolean).join('/')}${rest.length > 0 ? '/…' : ''}`,
      expected: `/AccesDirect/${page}`,
      remedy: 'Reprenez le chemin du guide tel quel, majuscules comprises.',
    });
  }
  if (context !== ins) {
    report.add('WEBPS-INS', {
      where: 'adresse, dernier segment',
      received: context ?? 'absent',
      expected: ins ?? 'aucun INS : cette page n’est celle d’aucun patient',
      remedy: "Mettez dans l'adresse le matricule INS du patient ouvert, clé comprise, et lui seul.",
    });
  }
  const told = `${url.search}${url.hash}${url.username}`;
  if (told !== '') {
    report.add('WEBPS-CONTEXT', {
      where: 'adresse, après le chemin',
      received: told,
      expected: 'ni paramètre, ni fragment',
      remedy: "Retirez de l'adresse tout ce qui n'est pas l'INS.",
    });
  }
  return report.findings;
}

const BROWSER = /^Mozilla\/5\.0 /;
/** Fifteen characters that read as an INS, wherever they are. */
const ANY_INS = /[12378]\d{4}(?:\d\d|2[AB])\d{8}/i;

/** Judges what reached the site (TD0.9): where the user came from, and by what the page was asked (W3 and W4 of §3). */
export function checkWebVisit(exchange: HttpExchange): readonly Finding[] {
  const report = openReport(WEB_RULES);
  const referer = requestHeader(exchange, 'referer') ?? '';
  if (ANY_INS.test(decoded(referer)) || referer.includes('?')) {
    report.add('WEBPS-REFERER', {
      where: 'en-tête HTTP Referer',
      received: referer.slice(0, 300),
      expected: 'pas de Referer, ou une adresse sans paramètre ni INS',
      remedy: 'Ouvrez la page sans Referer (Referrer-Policy: no-referrer, rel="noreferrer").',
    });
  }
  const agent = requestHeader(exchange, 'user-agent') ?? '';
  if (!BROWSER.test(agent)) {
    report.add('WEBPS-BROWSER', {
      where: 'en-tête HTTP User-Agent',
      received: agent.slice(0, 300) || 'absent',
      expected: 'celui d’un navigateur (Mozilla/5.0 …)',
      remedy: 'Confiez l’adresse au navigateur par défaut du poste : la page n’est pas lue par le logiciel.',
    });
  }
  return report.findings;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
