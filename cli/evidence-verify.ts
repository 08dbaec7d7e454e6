import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { scanVault, type ScanProblem } from '#evidence/vault/index.ts';
import { count, size } from '#reports/words/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { StoredPiece, Tracker } from '#tracker/store/index.ts';
import type { CliContext } from './context.ts';
import { takeTracker } from './server-lock.ts';
import { isShared } from './tracker.ts';
import { vaultOf } from './open-vault.ts';
import { withCampaign } from './with-campaign.ts';

/** A piece that is no longer what was sealed. */
interface BrokenPiece {
  /** Hash of the vault, or path in the folder of a run. */
  readonly piece: string;
  readonly code: ScanProblem['code'];
  /** French. */
  readonly message: string;
}

const ALL = 1_000_000;

/**
 * `jalon evidence verify`: reads every piece again, those of people in the vault, those of the bench in the folders of their runs.
 *
 * @returns `EXIT.proofs` when one is missing or altered
 */
export function verifyEvidence(context: CliContext, { clean }: { readonly clean?: boolean }): Promise<number> {
  return withCampaign(context, undefined, async ({ tracker, dataDir }) => {
    const vault = vaultOf(dataDir);
    const expected = await tracker.evidenceHashes();
    const scan = await scanVault(vault, expected);
    const bench = await benchPieces(tracker);
    const unnamed: string[] = [];
    for await (const { sha256 } of vault.list()) {
      if (!expected.has(sha256) && !bench.originals.has(sha256)) unnamed.push(sha256);
    }
    if (clean === true) {
      // A server may be taking in a piece that no row names yet.
      const release = isShared() ? undefined : takeTracker(dataDir);
      for (const hash of unnamed) await vault.remove(hash);
      for await (const leftover of vault.leftovers()) await leftover.remove();
      release?.();
    }
    const problems: readonly BrokenPiece[] = [
      ...scan.problems.map(({ sha256, code, message }) => ({ piece: sha256, code, message })),
      ...bench.problems,
    ];
    if (context.json) {
      const { pieces, leftovers } = scan;
      context.out(
        `${JSON.stringify({ valid: problems.length === 0, vault: { pieces, size: scan.size, unnamed: unnamed.length, leftovers }, runs: { pieces: bench.pieces }, problems })}\n`,
      );
    } else {
      context.out(
        `Coffre : ${count(scan.pieces, 'pièce')}, ${size(scan.size)}. Exécutions : ${count(bench.pieces, 'pièce')}.\n`,
      );
      for (const { piece, message } of problems) context.out(`  ${piece} : ${message}\n`);
      if (problems.length === 0) context.out('Chaque pièce est celle qui a été scellée.\n');
      if (unnamed.length + scan.leftovers > 0) {
        const rest = `${count(unnamed.length, 'pièce')} qu’aucune campagne ne nomme, ${count(scan.leftovers, 'reste')} de copie interrompue`;
        context.out(clean === true ? `Effacés : ${rest}.\n` : `${rest} : « evidence verify --clean » les efface.\n`);
      }
    }
    return problems.length === 0 ? EXIT.ok : EXIT.proofs;
  });
}

async function benchPieces(tracker: Tracker): Promise<{
  readonly pieces: number;
  readonly problems: readonly BrokenPiece[];
  /** Hashes of what was captured, as it was. */
  readonly originals: ReadonlySet<string>;
}> {
  const problems: BrokenPiece[] = [];
  const seen = new Set<string>();
  const originals = new Set<string>();
  for (const { id } of await tracker.campaigns()) {
    for (const stored of await tracker.piecesOfCampaign(id, { limit: ALL })) {
      originals.add(stored.piece.provenance.originalSha256);
      const file = join(stored.dir, stored.piece.path);
      if (seen.has(file)) continue;
      seen.add(file);
      const problem = await problemOf(stored, file);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return { pieces: seen.size, problems, originals };
}

async function problemOf({ run, piece }: StoredPiece, file: string): Promise<BrokenPiece | undefined> {
  const place = `${run}/${piece.path}`;
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) hash.update(chunk);
  } catch {
    return {
      piece: place,
      code: 'VAULT_PIECE_MISSING',
      message: 'Le fichier n’est plus dans le dossier de l’exécution : remettez le dossier, ou rejouez le scénario.',
    };
  }
  if (hash.digest('hex') === piece.provenance.sha256) return undefined;
  return {
    piece: place,
    code: 'VAULT_PIECE_ALTERED',
    message: 'Le fichier n’est plus celui qui a été scellé : reprenez-le d’une sauvegarde, ou rejouez le scénario.',
  };
}
