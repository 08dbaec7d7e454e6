import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isRole, ROLES } from '#tracker/access/index.ts';
import type { OidcSettings, SharedTracker } from '#tracker/api/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

export interface ShareOptions {
  readonly publicUrl?: URL;
  readonly listen?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly oidc?: string;
  readonly trustProxy?: boolean;
}

/** Secret of the client at the identity provider: a file of settings may be shared, a variable is not. */
const SECRET_VARIABLE = 'JALON_OIDC_SECRET';
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

interface OidcFile {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope?: string;
  readonly roles?: { readonly claim: string; readonly values: Readonly<Record<string, string>> };
}

const isOidcFile = new Ajv2020({ allErrors: true }).compile<OidcFile>({
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'clientId'],
  properties: {
    issuer: { type: 'string', minLength: 1 },
    clientId: { type: 'string', minLength: 1 },
    scope: { type: 'string', minLength: 1 },
    roles: {
      type: 'object',
      additionalProperties: false,
      required: ['claim', 'values'],
      properties: {
        claim: { type: 'string', minLength: 1 },
        values: { type: 'object', minProperties: 1, additionalProperties: { enum: [...ROLES] } },
      },
    },
  },
});

/**
 * How a team shares the tracker.
 *
 * @returns undefined without `--public-url`: alone on this machine
 * @throws {CliError} `SHARE_WITHOUT_URL`, `SHARE_WITHOUT_TLS`, `SHARE_TLS`, `OIDC_FILE`
 */
export async function sharedTracker(options: ShareOptions): Promise<SharedTracker | undefined> {
  const { publicUrl, listen = '127.0.0.1', trustProxy } = options;
  const others = [options.listen, options.cert, options.key, options.oidc, trustProxy];
  if (publicUrl === undefined) {
    if (others.every((one) => one === undefined)) return undefined;
    throw refuse(
      'SHARE_WITHOUT_URL',
      'Un suivi partagé demande l’adresse à laquelle l’équipe l’ouvre.',
      'Donnez --public-url https://suivi.exemple.fr.',
    );
  }
  const tls = await certificate(options);
  // A password never crosses a network in clear: the loopback alone may, or what a proxy of this machine hides.
  const clear = publicUrl.protocol === 'http:' && !LOOPBACK.has(publicUrl.hostname.replaceAll(/^\[|\]$/g, ''));
  if (clear || (tls === undefined && !LOOPBACK.has(listen))) {
    throw refuse(
      'SHARE_WITHOUT_TLS',
      'Un suivi ouvert au réseau parle HTTPS : mots de passe et pièces n’y passent pas en clair.',
      'Donnez --cert et --key, ou laissez un proxy HTTPS de cette machine l’appeler sur 127.0.0.1 (sans --listen).',
    );
  }
  const oidc = options.oidc === undefined ? undefined : await provider(options.oidc);
  return {
    publicUrl,
    listen,
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(tls === undefined ? {} : { tls }),
    ...(oidc === undefined ? {} : { oidc }),
  };
}

async function certificate({ cert, key }: ShareOptions): Promise<SharedTracker['tls']> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw refuse('SHARE_TLS', 'Un certificat va avec sa clé.', 'Donnez --cert et --key ensemble.');
  }
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}

async function provider(file: string): Promise<OidcSettings> {
  const unreadable = (why: string, cause?: unknown): CliError =>
    refuse(
      'OIDC_FILE',
      `« ${file} » ne décrit pas un fournisseur d’identité : ${why}.`,
      'Écrivez { "issuer": "https://…", "clientId": "…", "roles": { "claim": "groups", "values": { "qualite": "qa" } } }.',
      cause,
    );
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw unreadable('ce n’est pas du JSON', cause);
  }
  if (!isOidcFile(value)) {
    const [first] = isOidcFile.errors ?? [];
    throw unreadable(`${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim());
  }
  const { issuer, clientId, scope = 'openid profile email', roles } = value;
  if (!URL.canParse(issuer)) throw unreadable('/issuer n’est pas une adresse');
  const secret = process.env[SECRET_VARIABLE]?.trim();
  return {
    issuer: new URL(issuer),
    clientId,
    clientSecret: secret === '' ? undefined : secret,
    scope,
    ...(roles === undefined
      ? {}
      : {
          roles: {
            claim: roles.claim,
            values: Object.entries(roles.values).flatMap(([one, role]) => (isRole(role) ? [{ value: one, role }] : [])),
          },
        }),
  };
}

function refuse(code: string, message: string, remedy: string, cause?: unknown): CliError {
  return new CliError(code, EXIT.usage, message, remedy, { cause });
}
