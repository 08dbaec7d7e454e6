import type { Calculators, QuoteReportView, SunesReportView, UploadedFile } from '../calculators.ts';
import { ref, type Route } from '../contract/index.ts';
import { QUOTE_REQUEST, SUNES_REQUEST } from '../schemas/requests.ts';
import { need, type Deps } from './deps.ts';

/** A dropped file in base64 is a third larger than it is. */
const MAX_BODY = 24 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface SentFile {
  readonly name: string;
  readonly content: string;
}

/** What computes and keeps nothing: quotes and SUN-ES. */
export function calculatorRoutes({ calculators }: Deps): readonly Route[] {
  const checks = (): Calculators => need(calculators);
  return [
    {
      id: 'quoteForm',
      method: 'get',
      path: '/api/quote-checks/form',
      summary: 'Listes de la page des devis',
      permission: 'lire',
      reply: { kind: 'view', schema: ref('QuoteForm') },
      handle: async () => ({ view: checks().quoteForm() }),
    },
    {
      id: 'quoteTemplate',
      method: 'get',
      path: '/api/quote-checks/template',
      summary: 'Classeur à remplir',
      permission: 'lire',
      reply: { kind: 'bytes', types: [XLSX] },
      handle: async ({ context }) => ({
        response: context.body(
          new Uint8Array(await checks().quoteTemplate()),
          200,
          attachment(XLSX, 'modele-devis.xlsx'),
        ),
      }),
    },
    {
      id: 'checkQuote',
      method: 'post',
      path: '/api/quote-checks',
      summary: 'Juge un devis saisi ou un fichier ; rien n’en est gardé',
      permission: 'lire',
      body: { kind: 'json', schema: QUOTE_REQUEST, maxBytes: MAX_BODY },
      reply: { kind: 'view', schema: ref('QuoteReport') },
      async handle({ body }) {
        const given = body as { readonly file: SentFile } | { readonly document: object };
        const view: QuoteReportView =
          'file' in given
            ? await checks().checkQuoteFile(fileOf(given.file))
            : await checks().checkQuoteTyped(given.document);
        return { view };
      },
    },
    {
      id: 'sunesTemplate',
      method: 'get',
      path: '/api/sunes/template',
      summary: 'Modèle CSV des comptes SUN-ES',
      permission: 'lire',
      reply: { kind: 'bytes', types: ['text/csv'] },
      handle: async ({ context }) => ({
        response: context.body(
          checks().sunesTemplate(),
          200,
          attachment('text/csv; charset=utf-8', 'modele-sun-es.csv'),
        ),
      }),
    },
    {
      id: 'sunes',
      method: 'post',
      path: '/api/sunes',
      summary: 'Indicateurs, cibles et forfaits SUN-ES d’un fichier de comptes ; rien n’en est gardé',
      permission: 'lire',
      body: { kind: 'json', schema: SUNES_REQUEST, maxBytes: MAX_BODY },
      reply: { kind: 'view', schema: ref('SunesReport') },
      async handle({ body }) {
        const view: SunesReportView = await checks().sunes(fileOf((body as { readonly file: SentFile }).file));
        return { view };
      },
    },
  ];
}

function fileOf({ name, content }: SentFile): UploadedFile {
  return { name, bytes: new Uint8Array(Buffer.from(content, 'base64')) };
}

function attachment(type: string, name: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
}
