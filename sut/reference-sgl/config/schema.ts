const text = { type: 'string', minLength: 1 } as const;
const strings = { type: 'array', items: { type: 'string' } } as const;

function object(required: readonly string[], optional: Record<string, object> = {}): object {
  const named = Object.fromEntries(required.map((name) => [name, text]));
  return { type: 'object', required: [...required], properties: { ...named, ...optional } };
}

function withParts(base: object, parts: Record<string, object>): object {
  return { allOf: [base, { type: 'object', required: Object.keys(parts), properties: parts }] };
}

const hostPort = {
  type: 'object',
  required: ['host', 'port'],
  properties: { host: text, port: { type: 'integer' }, tlsPort: { type: 'integer' } },
};
const port = { type: 'integer', minimum: 0, maximum: 65_535 } as const;
const oid = { type: 'string', pattern: String.raw`^[0-2](\.(0|[1-9]\d*))+$` } as const;
const professional = object(['nationalId', 'lastName', 'firstName']);

/** JSON schema of the configuration file; names that it does not know are left alone. */
export const CONFIG_SCHEMA: object = {
  type: 'object',
  required: 'host port product faults ca laboratory biologist oidRoot insi dmp psc mssante annuaire'.split(' '),
  properties: {
    host: text,
    port,
    product: object(['name', 'version', 'editor']),
    faults: strings,
    ca: text,
    laboratory: object('id finess name sector addressLine postalCode city phone mailbox'.split(' ')),
    biologist: professional,
    accounts: { type: 'array', items: professional },
    oidRoot: oid,
    identityDomain: oid,
    insi: object(['url', 'idam', 'instance', 'cert', 'key'], {
      cpx: object(['cert', 'key']),
      cpxUrl: text,
      operations: { type: 'object', additionalProperties: text },
    }),
    hl7: {
      type: 'object',
      properties: {
        partner: withParts(object(['host'], { application: text, facility: text }), { port }),
        listen: hostPort,
      },
    },
    dmp: withParts(object(['base', 'homologation', 'webPs', 'cert', 'key']), { sign: object(['cert', 'key']) }),
    psc: object(['issuer', 'discovery', 'clientId', 'clientSecret'], {
      redirectUri: text,
      autoProvision: { type: 'boolean' },
    }),
    mssante: withParts(
      object(['user', 'password', 'nil', 'cert', 'key'], {
        patientDomain: text,
        tls: { enum: ['1.2', '1.2-ou-plus'] },
        maxBytes: { type: 'integer', minimum: 1 },
        others: {
          type: 'array',
          items: object(['address', 'user', 'password'], { kind: { enum: ['PER', 'ORG', 'APP'] }, owner: text }),
        },
      }),
      {
        smtp: hostPort,
        imap: hostPort,
      },
    ),
    annuaire: object(['fhir', 'extraction', 'apiKey'], {
      columns: { type: 'object', additionalProperties: { type: 'string' } },
    }),
    localLogin: { type: 'boolean' },
    strongDocuments: strings,
    timeoutMs: { type: 'integer', minimum: 1 },
    retryDelaysMs: { type: 'array', items: { type: 'integer', minimum: 0 }, maxItems: 10 },
  },
};
