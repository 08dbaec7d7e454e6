/** Inputs of the gestures, as JSON schemas. Texts are bounded: nothing of a laboratory is longer. */
const line = { type: 'string', minLength: 1, maxLength: 200 } as const;
const flag = { type: 'boolean' } as const;

function input(required: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

export const IDENTITY_DOCUMENTS = ['carte-identite', 'passeport', 'titre-sejour', 'carte-vitale', 'aucun'] as const;

const traits = input(
  {
    birthName: line,
    firstNames: { type: 'array', minItems: 1, maxItems: 20, items: line },
    sex: { enum: ['M', 'F'] },
    // Day and month may be 00: the state register knows people whose birth date is not complete.
    birthDate: { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
  },
  { birthPlace: { type: 'string', pattern: '^[0-9A-Za-z]{5}$' }, usedName: line },
);

const analysis = input(
  { code: line, label: line, value: { type: 'number' }, unit: line },
  { low: { type: 'number' }, high: { type: 'number' } },
);

export const INPUT_SCHEMAS = {
  registerPatient: input({ traits }),
  searchIns: input({ patientId: line, mode: { const: 'traits' } }, { user: line }),
  validateIdentity: input({ patientId: line, document: { enum: IDENTITY_DOCUMENTS } }),
  validateReport: input({
    patientId: line,
    title: line,
    analyses: { type: 'array', minItems: 1, maxItems: 200, items: analysis },
    professionals: {
      type: 'array',
      maxItems: 50,
      items: { type: 'string', maxLength: 254, pattern: String.raw`^[^\s@<>",;:]+@[^\s@<>",;:]+$` },
    },
    sendToPatient: flag,
    sendToDmp: flag,
  }),
  login: input({ mode: { const: 'psc' } }),
  logout: input({ user: line }),
  importDirectory: input({}),
  searchMailbox: {
    ...input({}, { rpps: { type: 'string', pattern: String.raw`^8?\d{11}$` }, name: line }),
    minProperties: 1,
  },
  readState: {
    oneOf: [
      input({ what: { const: 'patient' }, patientId: line }),
      input({ what: { const: 'insi-calls' } }, { patientId: line }),
      input({ what: { const: 'transmissions' }, reportId: line }),
      input({ what: { const: 'sessions' } }),
    ],
  },
} as const;

export type GestureName = keyof typeof INPUT_SCHEMAS;
