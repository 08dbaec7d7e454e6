import { SglError, type SglConfig } from '../model/index.ts';
import { httpsExchange, NetError, type HttpsAnswer } from '../net/index.ts';
import type { DirectoryAccess } from './access.ts';
import { readMailboxes, readNextLink, type Bundle, type Mailbox } from './bundle.ts';

const MAX_PAGES = 20;

/**
 * Mailboxes of professionals in the FHIR directory, by RPPS or by name, following the pages of the answer. The key goes
 * in a header, and only to the server of the configuration.
 * Source: protocols.md §6 (asserts N1 to N7).
 *
 * @throws {SglError} `ANNUAIRE_…` when the directory does not answer properly
 */
export async function searchMailboxes(
  criteria: { rpps?: string; name?: string },
  access: DirectoryAccess,
): Promise<Mailbox[]> {
  const first = resourceUrl('Practitioner', access.config);
  if (criteria.rpps !== undefined) first.searchParams.set('identifier', rppsOf(criteria.rpps));
  if (criteria.name !== undefined) first.searchParams.set('name', criteria.name);
  first.searchParams.set('_revinclude', 'PractitionerRole:practitioner');
  return readMailboxes(await readBundles(first, access), access.faults);
}

/** Address of a kind of resource, to be completed with search parameters. */
export function resourceUrl(resource: string, config: SglConfig): URL {
  const { fhir } = config.annuaire;
  return new URL(resource, fhir.endsWith('/') ? fhir : `${fhir}/`);
}

/**
 * The pages of a search, in order, up to a bound.
 *
 * @throws {SglError} `ANNUAIRE_…`
 */
export async function readBundles(first: URL, access: DirectoryAccess): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  let next: URL | undefined = first;
  const seen = new Set<string>();
  while (next && bundles.length < MAX_PAGES && !seen.has(next.href)) {
    seen.add(next.href);
    const bundle = await readPage(spoilt(next, access), access);
    bundles.push(bundle);
    if (access.faults.has('ann-premiere-page')) break;
    next = readNextLink(bundle, next);
    if (next && next.origin !== first.origin) {
      throw failure('ANNUAIRE_PAGE', "L'annuaire renvoie vers un autre serveur pour la page suivante.");
    }
  }
  return bundles;
}

export function rppsOf(text: string): string {
  return /^8\d{11}$/.test(text) ? text.slice(1) : text;
}

/** The address of a call with what the faults switched on make wrong in it; the same address without any. */
function spoilt(url: URL, { config, faults }: DirectoryAccess): URL {
  const asked = new URL(url);
  if (faults.has('ann-cle-dans-adresse')) asked.searchParams.set('api_key', config.annuaire.apiKey);
  if (faults.has('ann-critere-inconnu')) asked.searchParams.set('rpps', '1');
  // A published test number, that of no person.
  if (faults.has('ann-patient-dans-appel')) asked.searchParams.set('_tag', '279035121518989');
  return asked;
}

async function readPage(url: URL, { config, faults, persist }: DirectoryAccess): Promise<Bundle> {
  let answer: HttpsAnswer;
  try {
    answer = await persist(() =>
      httpsExchange({
        url: url.href,
        ...(faults.has('ann-methode-put') && { method: 'PUT' }),
        headers: {
          accept: 'application/fhir+json',
          ...(faults.has('ann-sans-cle') ? {} : { 'esante-api-key': config.annuaire.apiKey }),
        },
        ca: config.ca,
        timeoutMs: config.timeoutMs ?? 15_000,
      }),
    );
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    throw failure('ANNUAIRE_INDISPONIBLE', `Annuaire : ${error.message}`, error);
  }
  if (answer.status === 401 || answer.status === 403) {
    throw failure('ANNUAIRE_CLE', "L'annuaire refuse la clé d'accès du logiciel.");
  }
  if (answer.status !== 200) throw failure('ANNUAIRE_INDISPONIBLE', `L'annuaire a répondu HTTP ${answer.status}.`);
  try {
    const bundle = JSON.parse(answer.body.toString('utf8')) as Bundle;
    if (bundle?.resourceType === 'Bundle') return bundle;
  } catch {
    // Falls through: a page that is not JSON is as wrong as one that is not a Bundle.
  }
  throw failure('ANNUAIRE_ILLISIBLE', "La réponse de l'annuaire n'est pas un Bundle FHIR.");
}

function failure(code: string, reason: string, cause?: unknown): SglError {
  return new SglError(code, reason, 'Réessayez plus tard, ou cherchez parmi les correspondants déjà importés.', {
    cause,
  });
}
