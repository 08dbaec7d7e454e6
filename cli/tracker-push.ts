import { resolve } from 'node:path';
import { EXIT } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { writeRunArchive } from './run-archive.ts';

/** Holds the token: an option would show in the list of processes. */
export const TOKEN_VARIABLE = 'JALON_TOKEN';
const TIMEOUT_MS = 10 * 60_000;

/**
 * `jalon tracker push RUN --server URL`: brings a run to the tracker of a team. Sending it again is harmless: the key is the run's.
 */
export async function pushRun(context: CliContext, runDir: string, server: string): Promise<number> {
  const url = addressOf(server);
  const token = process.env[TOKEN_VARIABLE]?.trim() ?? '';
  if (token === '') {
    throw new CliError(
      'TOKEN_MISSING',
      EXIT.usage,
      `La variable ${TOKEN_VARIABLE} ne contient pas de jeton.`,
      'Créez un jeton qui porte le droit « verser » dans les réglages du suivi, et donnez-le par cette variable.',
    );
  }
  const { id, bytes, files } = await writeRunArchive(resolve(runDir));
  const response = await send(url, token, id, bytes);
  const answer = (await response.json().catch(() => ({}))) as {
    readonly id?: string;
    readonly detail?: string;
    readonly remedy?: string;
    readonly code?: string;
  };
  if (!response.ok) {
    throw new CliError(
      answer.code ?? 'SERVER_REFUSED',
      EXIT.configuration,
      answer.detail ?? `Le suivi de ${url.host} répond HTTP ${response.status}.`,
      answer.remedy ?? 'Vérifiez l’adresse donnée à --server.',
    );
  }
  context.out(
    context.json
      ? `${JSON.stringify({ run: id, files, server: url.href })}\n`
      : `Exécution ${id} envoyée à ${url.host} : ${files} fichier(s).\n`,
  );
  return EXIT.ok;
}

async function send(url: URL, token: string, id: string, bytes: Buffer): Promise<Response> {
  try {
    return await fetch(new URL('/api/runs', url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/zip',
        'idempotency-key': `execution-${id}`,
        'accept-language': 'fr',
      },
      body: new Uint8Array(bytes),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new CliError(
      'SERVER_UNREACHABLE',
      EXIT.configuration,
      `Le suivi de ${url.host} ne répond pas.`,
      'Vérifiez l’adresse et que « jalon serve » y tourne, puis recommencez : rien ne sera enregistré deux fois.',
      { cause },
    );
  }
}

/** A token goes over HTTPS, or stays on this machine. */
function addressOf(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const isHere = url !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url?.protocol === 'https:' || (isHere && url?.protocol === 'http:')) return url;
  throw new CliError(
    'SERVER_ADDRESS',
    EXIT.usage,
    `« ${server} » n’est pas l’adresse d’un suivi où un jeton peut aller.`,
    'Donnez une adresse https:// (http:// seulement sur cette machine).',
  );
}
