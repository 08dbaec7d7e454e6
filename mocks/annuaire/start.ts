import { http } from 'msw';
import { listenHttps } from '../network/index.ts';
import type { AnnuaireAddresses, RunningService, ServiceContext } from '../types.ts';
import { openBook } from './book.ts';
import type { ChangeName } from './changes.ts';
import { EXTRACTION_FORMAT, type ExtractionFormat } from './extraction/layout.ts';
import { EXTRACTION_PATH, PS_LIBRE_ACCES_PATH, serveExtraction } from './extraction/serve.ts';
import { createPageStore } from './fhir/pages.ts';
import { serveFhir } from './fhir/serve.ts';
import { announceSituations } from './situations.ts';
import type { AnnuaireDesk } from './types.ts';

export interface AnnuaireOptions {
  /** Columns and names of the extraction, of who has downloaded the real one: the default ones are not confirmed. */
  readonly extraction?: ExtractionFormat;
}

/** The mock, and what makes its directory move from inside the process; situations do the same from outside. */
export interface RunningAnnuaire extends RunningService<AnnuaireAddresses> {
  /** The directory is one day further: newcomers, changes, leavers. Gives the number of the day. */
  nextDay(): number;
  /**
   * Something happens to a professional: `depart`, `nom-modifie`…
   * @param id PS_IdNat (12 characters) or RPPS (11 digits)
   * @throws {RangeError} when the directory has never known this professional
   */
  change(id: string, name: ChangeName): void;
}

/**
 * Starts the Annuaire Santé mock: the FHIR R4 read API behind its key, and the public extractions. The LDAP directory of
 * MSSanté is out of scope. Nothing of the directory is made before the first request.
 * Source: protocols.md §6.
 */
export async function startAnnuaire(context: ServiceContext, options: AnnuaireOptions = {}): Promise<RunningAnnuaire> {
  const book = openBook(context.population, context.now);
  const desk: AnnuaireDesk = { context, book, apiKey: apiKeyOf(context), pages: createPageStore(context.now) };
  const format = options.extraction ?? EXTRACTION_FORMAT;
  announceSituations(context.situations, book);
  const listener = await listenHttps(
    {
      service: 'annuaire',
      listener: 'annuaire',
      clientCertificate: 'none',
      handlers: [
        http.all(`${EXTRACTION_PATH}/*`, ({ request }) => serveExtraction(request, desk, format)),
        http.all('/fhir/*', ({ request }) => serveFhir(request, desk)),
        http.all('/fhir', ({ request }) => serveFhir(request, desk)),
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
    nextDay() {
      book.nextDay();
      return book.day;
    },
    change: (id, name) => book.change(id, name),
    reset() {
      desk.pages.clear();
      book.reset();
    },
    close: () => listener.close(),
  };
}

/** In the shape of the real gateway keys, a UUID. */
function apiKeyOf({ secret }: ServiceContext): string {
  return secret('annuaire:api-key').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
