import type { Hono } from 'hono';
import { readQuoteRequest, readSunesRequest } from './body.ts';
import type { Calculators, QuoteFormView, QuoteReportView, SunesReportView } from './calculators.ts';
import { RefusedCall } from './errors.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Paths that compute from what is sent, and keep nothing of it. */
export const COMPUTING: readonly string[] = ['/api/quote-checks', '/api/sunes'];

/** Quotes and SUN-ES: the API hands what was typed or dropped to who computes. */
export function calculatorRoutes(app: Hono, calculators: Calculators | undefined): void {
  app.get('/api/quote-checks/form', (context) => context.json(need(calculators).quoteForm() satisfies QuoteFormView));
  app.get('/api/quote-checks/template', async (context) =>
    context.body(new Uint8Array(await need(calculators).quoteTemplate()), 200, attachment(XLSX, 'modele-devis.xlsx')),
  );
  app.post('/api/quote-checks', async (context) => {
    const checks = need(calculators);
    const request = await readQuoteRequest(context);
    const report =
      'file' in request ? await checks.checkQuoteFile(request.file) : await checks.checkQuoteTyped(request.document);
    return context.json(report satisfies QuoteReportView);
  });
  app.get('/api/sunes/template', (context) =>
    context.body(need(calculators).sunesTemplate(), 200, attachment('text/csv; charset=utf-8', 'modele-sun-es.csv')),
  );
  app.post('/api/sunes', async (context) => {
    const report = await need(calculators).sunes(await readSunesRequest(context));
    return context.json(report satisfies SunesReportView);
  });
}

function attachment(type: string, name: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` };
}

function need(calculators: Calculators | undefined): Calculators {
  if (calculators) return calculators;
  throw new RefusedCall(
    404,
    'CALCUL_ABSENT',
    'Ce suivi a été ouvert sans ses calculs.',
    'Ouvrez-le par « npm run jalon -- serve ».',
  );
}
