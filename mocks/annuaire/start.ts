import { http } from 'msw';
import { listenHttps } from '../network/index.ts';
import type { AnnuaireAddresses, RunningService, ServiceContext } from '../types.ts';
import { makeDirectory } from './directory.ts';
import { EXTRACTION_PATH, PS_LIBRE_ACCES_PATH, serveExtraction } from './extraction/serve.ts';
import { createPageStore } from './fhir/pages.ts';
import { makeResources } from './fhir/resources.ts';
import { serveFhir } from './fhir/serve.ts';
import { ANNUAIRE_SITUATIONS } from './situations.ts';
import type { AnnuaireDesk } from './types.ts';

/**
 * Starts the Annuaire Santé mock: the FHIR R4 read API behind its key, and the public extractions.
 * Source: protocols.md §6.
 */
export async function startAnnuaire(context: ServiceContext): Promise<RunningService<AnnuaireAddresses>> {
  const desk: AnnuaireDesk = {
    context,
    directory: makeDirectory(context.population),
    apiKey: apiKeyOf(context),
    updatedAt: context.now(),
    pages: createPageStore(),
  };
  const resources = makeResources(desk);
  context.situations.announce('annuaire', ANNUAIRE_SITUATIONS);
  const listener = await listenHttps(
    {
      service: 'annuaire',
      listener: 'annuaire',
      clientCertificate: 'none',
      handlers: [
        http.get(`${EXTRACTION_PATH}/*`, ({ request }) => serveExtraction(request, desk)),
        http.all('/fhir/*', ({ request }) => serveFhir(request, desk, resources)),
        http.all('/fhir', ({ request }) => serveFhir(request, desk, resources)),
      ],
    },
    context,
  );
  return {
    addresses: {
      fhir: `${listener.origin}/fhir/v2`,
      extraction: `${listener.origin}${PS_LIBRE_ACCES_PATH}`,
      apiKey: desk.apiKey,
    },
    reset: () => desk.pages.clear(),
    close: () => listener.close(),
  };
}

/** In the shape of the real gateway keys, a UUID. */
function apiKeyOf({ secret }: ServiceContext): string {
  return secret('annuaire:api-key').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
