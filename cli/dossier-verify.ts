import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  shownFingerprint,
  trustedFingerprint,
  verifySealed,
  type Trust,
  type Verification,
} from '#evidence/sealed/index.ts';
import { count, moment } from '#reports/words/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { oneLine } from './table.ts';

export interface VerifyOptions {
  readonly key?: string;
  readonly tsaCa?: readonly string[];
}

/** `jalon dossier verify`: needs nothing but the dossier. @returns `EXIT.proofs` when something changed */
export async function verify(context: CliContext, given: string, options: VerifyOptions): Promise<number> {
  const place = resolve(given);
  if (!existsSync(place)) {
    throw new CliError(
      'FICHIER_ABSENT',
      EXIT.usage,
      `« ${given} » n’est pas là.`,
      'Donnez le .zip, ou le dossier où il a été décompressé.',
    );
  }
  const verification = await verifySealed(place, await trustOf(options));
  context.out(context.json ? `${JSON.stringify(verification)}\n` : textOf(verification, options));
  return verification.valid ? EXIT.ok : EXIT.proofs;
}

async function trustOf({ key, tsaCa = [] }: VerifyOptions): Promise<Trust> {
  const authorities = await Promise.all(tsaCa.map((file) => readFile(file, 'utf8')));
  if (key === undefined) return { authorities };
  const trusted = trustedFingerprint(existsSync(key) ? await readFile(key, 'utf8') : key);
  if (trusted !== undefined) return { authorities, key: trusted };
  throw new CliError(
    'USAGE',
    EXIT.usage,
    `« ${oneLine(key).slice(0, 80)} » n’est ni une empreinte de clé ni une clé publique en PEM.`,
    'Donnez les 64 caractères de l’empreinte, ou le fichier de la clé.',
  );
}

function textOf({ valid, problems, files, signer, timestamp, about }: Verification, options: VerifyOptions): string {
  const lines = [
    valid
      ? `Le dossier est tel qu’il a été signé : ${count(files, 'fichier')}.`
      : `Le dossier a changé depuis qu’il a été signé : ${count(problems.length, 'problème')}.`,
    ...problems.map(({ path, problem }) => `  ${path === '' ? '(archive)' : oneLine(path)} : ${oneLine(problem)}`),
  ];
  const product = about?.['product'] as { readonly name?: unknown; readonly version?: unknown } | undefined;
  if (product !== undefined) lines.push(`Produit : ${oneLine(`${String(product.name)} ${String(product.version)}`)}`);
  if (about?.['complete'] === false) lines.push('Ce dossier est partiel.');
  if (signer !== undefined) {
    const trust = signer.trusted
      ? 'c’est la clé que vous avez donnée'
      : options.key === undefined
        ? 'comparez-la avec celle que l’éditeur vous a donnée par un autre canal'
        : 'ce n’est pas la vôtre';
    lines.push(`Clé : ${shownFingerprint(signer.fingerprint)} (${trust})`);
  }
  if (timestamp !== undefined) {
    const trust = timestamp.trusted ? 'autorité que vous avez donnée' : 'autorité non vérifiée : donnez --tsa-ca';
    lines.push(`Horodaté le ${moment(timestamp.at)} par ${oneLine(timestamp.authority)} (${trust})`);
  }
  return `${lines.join('\n')}\n`;
}
