import type { ExchangeInProgress } from '../../network/types.ts';
import type { Population } from '../../population/types.ts';
import type { RegistryStore } from '../registry.ts';
import type { DmpStatus } from '../types.ts';
import { type PageName, PAGES, renderNotFound, renderPage } from './pages.ts';

export interface WebPsReply {
  readonly status: number;
  readonly body: string;
}

/** 15 characters, key included; whether an OID may follow is not known (protocols.md §3). */
const INS = /^\d{5}(\d\d|2[AB])\d{8}$/;

const SAID: Readonly<Record<DmpStatus, string>> = {
  actif: 'DMP actif',
  inexistant: 'aucun DMP',
  ferme: 'DMP fermé',
};

/**
 * Answers a direct access to a page about a patient (TD0.9). The real site asks for the card of the user in between,
 * which the bench leaves out: what the product does stops at the address it opens.
 * Source: protocols.md §3.
 */
export function answerPage(
  exchange: ExchangeInProgress,
  page: string,
  ins: string,
  { registry, population }: { readonly registry: RegistryStore; readonly population: Population },
): WebPsReply {
  if (!isPage(page)) {
    exchange.outcome(`page « ${page} » inconnue`);
    return { status: 404, body: renderNotFound(`La page « ${page} » n'existe pas.`) };
  }
  exchange.identify('TD0.9');
  if (!INS.test(ins)) {
    exchange.outcome(`refusé : « ${ins} » n'est pas un INS à 15 caractères`);
    return { status: 400, body: renderNotFound(`« ${ins} » n'est pas un INS à 15 caractères.`) };
  }
  const patient = population.byIns(ins);
  exchange.attribute(patient ? { patient: patient.key, ins } : { ins });
  const status = registry.status(ins);
  const shown = page === 'TableauDeBord' || status === 'actif';
  exchange.outcome(shown ? `affiché ${page} : ${SAID[status]}` : `page d'erreur : ${SAID[status]}`);
  const documents = registry.documents(ins);
  return { status: shown ? 200 : 403, body: renderPage({ page, ins, status, patient, documents }) };
}

function isPage(page: string): page is PageName {
  return Object.hasOwn(PAGES, page);
}
