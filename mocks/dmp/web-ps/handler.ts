import type { ExchangeInProgress } from '../../network/types.ts';
import type { Population } from '../../population/types.ts';
import type { Situations } from '../../situations/types.ts';
import type { RegistryStore } from '../registry.ts';
import { PLAYED_BY } from '../situations.ts';
import type { DmpStatus } from '../types.ts';
import { type Display, renderPage } from './pages.ts';
import { checkRequested, type Page, pageMeant, pageOf, type Requested, type WebPsCheck } from './requested.ts';

export interface WebPsReply {
  readonly status: number;
  readonly body: string;
}

interface WebPsState {
  readonly registry: RegistryStore;
  readonly population: Population;
  readonly situations: Situations;
}

const STATUS: Readonly<Record<DmpStatus, string>> = {
  actif: 'DMP existant et actif',
  inexistant: 'Aucun DMP pour ce patient',
  ferme: 'DMP fermé',
};
const REFUSED = {
  'acces-refuse': 'Accès refusé : le patient a bloqué ce professionnel de santé',
  opposition: "Accès refusé : le patient s'oppose à la consultation de son DMP",
} as const;

/**
 * Answers a direct access to a page (TD0.9), and shows what was asked. The real site asks for the card of the user in
 * between, which the bench leaves out: what the product does stops at the address it opens. So what depends on the user
 * (authorisation to put, place of exercise to choose, blocked professional) is played by a situation.
 * Source: protocols.md §3.
 */
export function answerPage(exchange: ExchangeInProgress, requested: Requested, state: WebPsState): WebPsReply {
  const checks = checkRequested(requested);
  const page = pageOf(requested.page);
  const ko = checks.filter(({ ok }) => !ok);
  const tell = (sentence: string): void =>
    exchange.outcome(ko.length === 0 ? sentence : `${sentence} ; constats : ${ko.map(shown).join(' ; ')}`);
  if (!page) {
    const meant = pageMeant(requested.page);
    const hint = meant ? ` L'adresse attendue est « ${meant.name} », à la majuscule près.` : '';
    tell(`page « ${requested.page.slice(0, 60)} » inconnue`);
    return unknown(`La page « ${requested.page.slice(0, 60)} » n'existe pas.${hint}`, 404, requested, checks);
  }
  exchange.identify('TD0.9');
  const refused = refusedShape(page, requested, checks);
  if (refused !== undefined) {
    tell(`refusé : ${refused}`);
    return unknown(`${refused}.`, 400, requested, checks);
  }
  const { ins } = requested;
  const patient = ins === undefined ? undefined : state.population.byIns(ins);
  if (ins !== undefined) exchange.attribute(patient ? { patient: patient.key, ins } : { ins });
  const played = state.situations.take('dmp', patient?.key, PLAYED_BY['TD0.9'])?.situation;
  const scripted = played === 'inexistant' || played === 'ferme' ? played : undefined;
  const status = ins === undefined ? undefined : (scripted ?? state.registry.status(ins));
  const display = displayOf(page, ins, status, played, state);
  tell(`${played === undefined ? '' : `joué ${played} : `}${saidOf(page, display, status)}`);
  const documents = ins === undefined ? [] : state.registry.documents(ins);
  const authorised = state.population.patients.filter((one) =>
    state.registry.authorisations(one.ins).some(({ mode }) => mode === 'ACTIVE'),
  );
  const body = renderPage({ requested, checks, title: page.title, display, patient, documents, authorised });
  return { status: display.kind === 'refused' ? 403 : 200, body };
}

function shown({ id, received, expected }: WebPsCheck): string {
  return `${id} reçu « ${received.slice(0, 120)} », attendu ${expected.slice(0, 120)}`;
}

function unknown(reason: string, status: number, requested: Requested, checks: readonly WebPsCheck[]): WebPsReply {
  const display: Display = { kind: 'unknown', said: reason };
  const title = 'Adresse inconnue';
  const nothing = { patient: undefined, documents: [], authorised: [] };
  return { status, body: renderPage({ requested, checks, title, display, ...nothing }) };
}

function refusedShape(page: Page, { ins }: Requested, checks: readonly WebPsCheck[]): string | undefined {
  if (ins === undefined) {
    return page.patient === 'obligatoire' ? `la page ${page.name} attend l'INS d'un patient` : undefined;
  }
  if (page.patient === 'aucun') return `la page ${page.name} ne prend pas d'INS`;
  const wrong = checks.some(({ id, ok }) => id === 'WEBPS-INS' && !ok);
  return wrong ? `« ${ins.slice(0, 40)} » n'est pas un INS à 15 caractères dont la clé est juste` : undefined;
}

function displayOf(
  page: Page,
  ins: string | undefined,
  status: DmpStatus | undefined,
  played: string | undefined,
  { registry }: WebPsState,
): Display {
  if (played === 'web-ps-choix-situation') return { kind: 'choice' };
  if (ins === undefined || status === undefined) return { kind: 'shown' };
  const opposed = registry.refusal(ins, '') === 'oppose';
  const refused =
    status === 'actif'
      ? played === 'acces-refuse'
        ? REFUSED['acces-refuse']
        : played === 'opposition' || opposed
          ? REFUSED.opposition
          : undefined
      : STATUS[status];
  if (refused !== undefined)
    return page.whatever ? { kind: 'shown', said: refused } : { kind: 'refused', said: refused };
  if (played === 'web-ps-sans-autorisation' && !page.whatever) return { kind: 'confirmation' };
  return { kind: 'shown', said: STATUS[status] };
}

function saidOf(page: Page, display: Display, status: DmpStatus | undefined): string {
  switch (display.kind) {
    case 'confirmation':
      return `confirmation d'accès demandée avant ${page.name}`;
    case 'choice':
      return `choix de la situation d'exercice demandé avant ${page.name}`;
    case 'refused':
      return `page d'erreur : ${display.said}`;
    default:
      return `affiché ${page.name}${status === undefined ? '' : ` : ${display.said ?? STATUS[status]}`}`;
  }
}
