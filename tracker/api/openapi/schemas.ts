import { CALCULATOR_SCHEMAS } from './calculator-schemas.ts';
import { CLASSES, SLOT_STATES, VERDICTS } from './parameters.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const flag = { type: 'boolean' } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const list = (items: Schema): Schema => ({ type: 'array', items });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: [...values] });

/** An object whose properties are all there, except those named optional; nothing else. */
function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    properties,
  };
}

const finding = {
  rule: text,
  layer: oneOf(['wellformed', 'xsd', 'schematron', 'business', 'wire']),
  severity: oneOf(['error', 'warning', 'info']),
  where: text,
  received: text,
  expected: text,
  remedy: text,
  requirements: list(text),
  source: text,
  benchLimit: { const: true },
};

const requirementLine = {
  id: text,
  title: text,
  section: text,
  sectionTitle: text,
  profile: text,
  nature: oneOf(['DOIT', 'PEUT']),
  state: orNull(oneOf([...SLOT_STATES, 'non-applicable'])),
  verdict: orNull(ref('Verdict')),
  slots: ref('SlotCounts'),
  classes: list(ref('EvidenceClass')),
};

const runLine = {
  id: text,
  startedAt: instant,
  durationMs: { type: 'number', minimum: 0 },
  lifecycle: oneOf(['created', 'waiting-for-product', 'waiting-for-tester', 'judging', 'finished', 'interrupted']),
  verdict: ref('Verdict'),
  shown: object({ tone: oneOf(['ok', 'bad', 'warn', 'none']), label: text }),
  product: object({ name: text, version: text }),
  driver: text,
  faults: list(text),
  scenarios: object({ total: count, ...Object.fromEntries(VERDICTS.map((verdict) => [verdict, count])) }),
  pieces: count,
  unexpected: count,
};

/** Schemas of the answers: those of `../types.ts`, which the tests prove on real answers. */
export const SCHEMAS: Readonly<Record<string, Schema>> = {
  ...CALCULATOR_SCHEMAS,
  Verdict: oneOf(VERDICTS),
  EvidenceClass: oneOf(CLASSES),
  SlotState: oneOf(SLOT_STATES),
  Cause: oneOf(['produit', 'configuration', 'banc', 'interrompu']),
  Error: object({ error: object({ code: text, message: text, remedy: text }) }),
  Rem: object({ source: text, sha256: text, official: flag }),
  SlotCounts: object({
    total: count,
    done: count,
    byState: { type: 'object', propertyNames: { enum: [...SLOT_STATES] }, additionalProperties: count },
  }),
  Finding: object(finding, ['benchLimit']),
  RequirementLine: object(requirementLine),
  RunLine: object(runLine),
  Piece: object({
    id: count,
    slot: text,
    caption: text,
    file: text,
    mediaType: text,
    size: count,
    sha256: text,
    originalSha256: text,
    masked: flag,
    collectedAt: instant,
    product: object({ name: text, version: text, build: text }, ['build']),
    evidenceClass: ref('EvidenceClass'),
    verdict: ref('Verdict'),
    run: text,
    scenario: text,
    text: flag,
    url: text,
    provenanceUrl: text,
  }),
  CurrentCampaign: object({
    benchVersion: text,
    campaign: orNull(
      object({
        id: text,
        product: object({ name: text, version: text }),
        category: text,
        wave: oneOf(['va1', 'va2']),
        rem: ref('Rem'),
        profiles: list(text),
        updatedAt: instant,
        requirements: object({ total: count, exercised: count, runs: count }),
        slots: ref('SlotCounts'),
        sections: list(
          object({
            id: text,
            title: text,
            requirements: count,
            slots: ref('SlotCounts'),
            state: orNull(oneOf(['incomplet', 'complet', 'depose', 'a-completer', 'valide'])),
            nonConforming: count,
          }),
        ),
        lastRun: orNull(ref('RunLine')),
        blocking: object({
          total: count,
          first: list(
            object({
              requirement: text,
              title: text,
              verdict: ref('Verdict'),
              cause: orNull(ref('Cause')),
              reason: text,
            }),
          ),
        }),
      }),
    ),
  }),
  RequirementList: object({
    total: count,
    sections: list(object({ id: text, title: text })),
    requirements: list(ref('RequirementLine')),
  }),
  Requirement: object({
    ...requirementLine,
    statement: text,
    rawId: text,
    previousIds: list(text),
    block: text,
    function: text,
    observable: list(text),
    observation: text,
    references: list(text),
    applicable: flag,
    scenarios: list(
      object({
        id: text,
        title: text,
        text,
        slots: list(
          object({
            id: text,
            title: text,
            text,
            kinds: list(text),
            alternatives: list(list(text)),
            condition: orNull(text),
            evidenceClass: ref('EvidenceClass'),
            classifiedReason: orNull(text),
            state: ref('SlotState'),
            reason: orNull(text),
            updatedAt: orNull(instant),
            run: orNull(text),
            pieces: list(ref('Piece')),
          }),
        ),
      }),
    ),
    played: list(
      object({
        id: text,
        name: text,
        run: text,
        startedAt: instant,
        verdict: ref('Verdict'),
        cause: orNull(ref('Cause')),
        reason: text,
      }),
    ),
    findings: list(object({ ...finding, scenario: text, scenarioName: text, run: text }, ['benchLimit'])),
    previous: orNull(text),
    next: orNull(text),
  }),
  RunList: object({ total: count, runs: list(ref('RunLine')) }),
  Run: object({
    ...runLine,
    rem: ref('Rem'),
    profiles: list(text),
    benchVersion: text,
    build: orNull(text),
    editor: orNull(text),
    dir: text,
    causes: {
      type: 'object',
      propertyNames: { enum: ['produit', 'configuration', 'banc', 'interrompu'] },
      additionalProperties: count,
    },
    results: list(
      object({
        id: text,
        feature: text,
        name: text,
        requirements: list(text),
        slots: list(text),
        verdict: ref('Verdict'),
        cause: orNull(ref('Cause')),
        reason: text,
        durationMs: { type: 'number', minimum: 0 },
        steps: list(
          object(
            {
              text,
              status: oneOf(['passed', 'failed', 'skipped', 'pending', 'undefined', 'ambiguous', 'unknown']),
              message: text,
            },
            ['message'],
          ),
        ),
        findings: list(ref('Finding')),
        otherFindings: list(ref('Finding')),
        pieces: list(ref('Piece')),
      }),
    ),
    unexpectedOperations: list(object({ service: text, operation: text, outcome: text, at: text })),
  }),
};
