import { VaultError } from './errors.ts';
import type { Sealed, Vault } from './types.ts';

/** What a vault holds, read to its last byte. */
export interface Scan {
  readonly pieces: number;
  /** Bytes. */
  readonly size: number;
  readonly problems: readonly ScanProblem[];
  /** Left by writers that were killed: no piece, and safe to remove. */
  readonly leftovers: number;
}

export interface ScanProblem {
  readonly sha256: string;
  readonly code: 'VAULT_PIECE_MISSING' | 'VAULT_PIECE_ALTERED';
  /** French. */
  readonly message: string;
}

/**
 * Reads every piece again.
 *
 * @param expected pieces that the tracker names: one that is not there is told
 * @param told called after each piece
 */
export async function scanVault(
  vault: Vault,
  expected: Iterable<string> = [],
  told: (piece: Sealed) => void = () => undefined,
): Promise<Scan> {
  const awaited = new Set(expected);
  const problems: ScanProblem[] = [];
  let pieces = 0;
  let size = 0;
  for await (const piece of vault.list()) {
    pieces += 1;
    size += piece.size;
    awaited.delete(piece.sha256);
    const problem = await readOf(vault, piece.sha256);
    if (problem !== undefined) problems.push(problem);
    told(piece);
  }
  for (const sha256 of awaited) {
    problems.push({
      sha256,
      code: 'VAULT_PIECE_MISSING',
      message: `La pièce d’empreinte ${sha256} n’est pas dans le coffre.`,
    });
  }
  let leftovers = 0;
  for await (const _ of vault.leftovers()) leftovers += 1;
  return { pieces, size, problems, leftovers };
}

async function readOf(vault: Vault, sha256: string): Promise<ScanProblem | undefined> {
  try {
    for await (const _ of vault.read(sha256));
    return undefined;
  } catch (error) {
    if (
      !(error instanceof VaultError) ||
      (error.code !== 'VAULT_PIECE_MISSING' && error.code !== 'VAULT_PIECE_ALTERED')
    )
      throw error;
    return { sha256, code: error.code, message: error.message };
  }
}
