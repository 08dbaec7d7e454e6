import { http } from 'msw';
import { listenHttps } from '../network/index.ts';
import type { TestStructure } from '../population/types.ts';
import type { AnnuaireAddresses, RunningService, ServiceContext } from '../types.ts';
import { openBook } from './book.ts';
import type { ChangeName } from './changes.ts';
import { EXTRACTION_FORMAT, type ExtractionFormat } from './extraction/layout.ts';
import type { ExtractionSettings } from './extraction/settings.ts';
import { EXTRACTION_PATH, PS_LIBRE_ACCES_PATH, serveExtraction } from './extraction/serve.ts';
import { createPageStore } from './fhir/pages.ts';
import { serveFhir } from './fhir/serve.ts';
import { announceSituations } from './situations.ts';
import type { AnnuaireDesk } from './types.ts';

export interface AnnuaireOptions {
  /** How the extraction is: columns and names of the real one (the default ones are not confirmed), age, damage. */
  readonly extraction?: ExtractionSettings;
}

/** Titles under which a file of the extraction holds what the checks compare; several when several columns do. */
export interface ExtractionTitles {
  readonly identifier: readonly string[];
  readonly lastName: readonly string[];
  readonly firstName: readonly string[];
  readonly profession: readonly string[];
  readonly mailbox: readonly string[];
}

/** The mock, and what makes its directory move from inside the process; situations do the same from outside. */
export interface RunningAnnuaire extends RunningService<AnnuaireAddresses> {
  /** Of the extraction of this bench. */
  readonly titles: ExtractionTitles;
  /** The directory is one day further: newcomers, changes, leavers. Gives the number of the day. */
  nextDay(): number;
  /**
   * Something happens to a professional: `depart`, `nom-modifie`…
   * @param id PS_IdNat (12 characters) or RPPS (11 digits)
   * @throws {RangeError} when the directory has never known this professional
   */
  change(id: string, name: ChangeName): void;
  /**
   * Structures where a professional works now.
   * @param id PS_IdNat (12 characters) or RPPS (11 digits)
   */
  structuresOf(id: string): readonly TestStructure[];
}

/**
 * Starts the Annuaire Santé mock: the FHIR R4 read API behind its key, and the public extractions. The LDAP directory of
 * MSSanté is out of scope. Nothing of the directory is made before the first request.
 * Source: protocols.md §6.
 */
export async function startAnnuaire(context: ServiceContext, options: AnnuaireOptions = {}): Promise<RunningAnnuaire> {
  const book = openBook(context.population, context.now);
  const desk: AnnuaireDesk = { context, book, apiKey: apiKeyOf(context), pages: createPageStore(context.now) };
  const { ageDays = 0, damage, ...given } = options.extraction ?? {};
  const format: ExtractionFormat = { ...EXTRACTION_FORMAT, ...given };
  const usual = { format, ageDays, damage };
  announceSituations(context.situations, book);
  const listener = await listenHttps(
    {
      service: 'annuaire',
      listener: 'annuaire',
      clientCertificate: 'none',
      handlers: [
        http.all(`${EXTRACTION_PATH}/*`, ({ request }) => serveExtraction(request, desk, usual)),
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
    titles: titlesOf(format),
    nextDay() {
      book.nextDay();
      return book.day;
    },
    change: (id, name) => book.change(id, name),
    structuresOf(id) {
      const person = book.current().people.find(({ nationalId, rpps }) => nationalId === id || rpps === id);
      return (person?.activities ?? []).filter(({ active }) => active).map(({ structure }) => structure);
    },
    reset() {
      desk.pages.clear();
      book.reset();
    },
    close: () => listener.close(),
  };
}

function titlesOf({ personneActivite, correspondanceMssante }: ExtractionFormat): ExtractionTitles {
  const columns = [...personneActivite.columns, ...correspondanceMssante.columns];
  const of = (...fields: readonly string[]): readonly string[] => [
    ...new Set(fields.flatMap((field) => columns.filter((one) => one.field === field).map(({ title }) => title))),
  ];
  return {
    // The national identifier first: the other one is a RPPS number only for some professions.
    identifier: of('nationalId', 'rpps'),
    lastName: of('lastName'),
    firstName: of('firstName'),
    profession: of('profession'),
    mailbox: of('mailbox'),
  };
}

/** In the shape of the real gateway keys, a UUID. */
function apiKeyOf({ secret }: ServiceContext): string {
  return secret('annuaire:api-key').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
