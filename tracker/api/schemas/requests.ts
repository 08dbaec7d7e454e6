/** What is sent to the API; ajv refuses anything else, and the published document shows the same. */

const file = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'content'],
  properties: {
    name: { type: 'string', maxLength: 300, description: 'Nom du fichier.' },
    content: { type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'Octets, en base64.' },
  },
} as const;

/** Typed on the page, or a file. */
export const QUOTE_REQUEST = {
  oneOf: [
    {
      type: 'object',
      additionalProperties: false,
      required: ['document'],
      properties: {
        document: { type: 'object', description: 'Un document de checks/quote/read/quote.schema.json.' },
      },
    },
    { type: 'object', additionalProperties: false, required: ['file'], properties: { file } },
  ],
} as const;

export const SUNES_REQUEST = {
  type: 'object',
  additionalProperties: false,
  required: ['file'],
  properties: { file },
} as const;
