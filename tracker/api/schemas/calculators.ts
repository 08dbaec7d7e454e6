import { list, object, oneOf, text, type Schema } from '../contract/schema.ts';
import { VERDICTS } from './parameters.ts';

const choices = list(object({ value: text, label: text }));
const controls = list(object({ id: text, title: text }));
const amount = object({ minCents: { type: 'integer' }, maxCents: { type: 'integer' } });
const count = { type: 'integer', minimum: 0 } as const;
const rate = { type: 'number', minimum: 0 } as const;
const status = oneOf(['reached', 'not-reached', 'disputed', 'unknown']);
const share = object({ status: oneOf(['acquired', 'not-acquired', 'unknown']), amount }, ['amount']);

const indicator = object(
  {
    indicator: text,
    title: text,
    domain: text,
    produced: count,
    sent: count,
    received: count,
    rate,
    nationalRate: rate,
    target: count,
    status,
    missing: count,
    formula: oneOf(['seen', 'inferred', 'unknown']),
    bonus: { type: 'boolean' },
    notes: list(text),
  },
  ['received', 'rate', 'nationalRate', 'target'],
);

const domain = object(
  {
    domain: text,
    title: text,
    status,
    reason: text,
    counted: { type: 'boolean' },
    lumpSum: amount,
    prerequisitesShare: share,
    targetsShare: share,
  },
  ['lumpSum'],
);

const window = object(
  {
    window: text,
    title: text,
    share: count,
    prerequisites: object({ status: oneOf(['validated', 'not-validated', 'unknown']), validated: count, of: count }, [
      'validated',
    ]),
    indicators: list(indicator),
    domains: list(domain),
    acquired: amount,
  },
  ['acquired'],
);

/** Answers of what computes: quotes and SUN-ES. */
export const CALCULATOR_SCHEMAS: Readonly<Record<string, Schema>> = {
  QuoteForm: object({
    kinds: choices,
    couloirs: choices,
    categories: choices,
    payers: choices,
    signatures: choices,
    stateLabel: text,
    controls,
  }),
  QuoteReport: object({
    verdict: oneOf(VERDICTS),
    documents: list(text),
    findings: list(
      object({
        rule: text,
        title: text,
        layer: oneOf(['wellformed', 'business']),
        severity: oneOf(['error', 'warning', 'info']),
        where: text,
        received: text,
        expected: text,
        remedy: text,
        requirements: list(text),
        source: text,
        controls,
      }),
    ),
    scales: text,
    calendar: text,
  }),
  SunesReport: object({
    data: object({ version: text, source: text, file: text }, ['file']),
    establishments: list(
      object(
        {
          finess: text,
          name: text,
          activity: count,
          category: {
            oneOf: [
              object({ status: oneOf(['known']), ids: list(text), note: text }, ['note']),
              object({ status: oneOf(['unknown']), reason: text }),
            ],
          },
          windows: list(window),
        },
        ['name', 'activity'],
      ),
    ),
    unknown: list(text),
    kept: count,
    rows: count,
    errors: list(object({ code: text, where: text, message: text, remedy: text })),
  }),
};
