import type { FiledPiece, Piece } from '#evidence/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import type { PlannedScenario } from './plan.ts';

/** A result with what must be known of how it was obtained. */
export interface LedgerEntry {
  readonly result: ScenarioResult;
  /** Number of the process that played it, from 1. */
  readonly worker: number;
  /** How many exchanges the journal of this process held once it was judged. */
  readonly exchanges: number;
  /** It is only right as long as nothing arrives until the end of the run. */
  readonly watched: boolean;
  /** Pieces that it filed, those withdrawn since included. */
  readonly filed: readonly Piece[];
  /** `uri:line`. */
  readonly key: string;
}

/** The results of a run, in the order of the plan whoever played them and whenever they came. */
export class Ledger {
  readonly #planned: ReadonlyMap<string, { readonly rank: number; readonly key: string }>;
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #amended = new Map<string, string>();

  constructor(plan: readonly Pick<PlannedScenario, 'id' | 'key'>[]) {
    this.#planned = new Map(plan.map(({ id, key }, rank) => [id, { rank, key }]));
  }

  get size(): number {
    return this.#entries.size;
  }

  record(result: ScenarioResult, how: Pick<LedgerEntry, 'worker' | 'exchanges' | 'watched'>): void {
    const key = this.#planned.get(result.id)?.key ?? '';
    this.#entries.set(result.id, { result, ...how, filed: result.pieces, key });
  }

  /** What the end of the run changed in a result: same id, another verdict. */
  amend(result: ScenarioResult): void {
    const entry = this.#entries.get(result.id);
    if (entry === undefined) throw new Error(`aucun résultat à corriger pour ${result.id}`);
    this.#entries.set(result.id, { ...entry, result });
    this.#amended.set(entry.key, result.reason);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  entries(): readonly LedgerEntry[] {
    const rank = ({ result }: LedgerEntry): number => this.#planned.get(result.id)?.rank ?? this.#planned.size;
    return [...this.#entries.values()].toSorted((one, other) => rank(one) - rank(other));
  }

  scenarios(): readonly ScenarioResult[] {
    return this.entries().map(({ result }) => result);
  }

  /** Reasons of the results that were amended, by `uri:line`. */
  get amended(): ReadonlyMap<string, string> {
    return this.#amended;
  }

  /** Every piece of the run in the order of the plan, those withdrawn since included. */
  filed(): readonly FiledPiece[] {
    return this.entries().flatMap(({ result, filed }) => {
      const kept = new Set(result.pieces.map(({ path }) => path));
      return filed.map((piece) => ({ piece, withdrawn: !kept.has(piece.path) }));
    });
  }

  /** Pieces that changed places, by their old path. */
  movePieces(moved: ReadonlyMap<string, Piece>): void {
    const placed = (piece: Piece): Piece => moved.get(piece.path) ?? piece;
    for (const [id, { result, filed, ...entry }] of this.#entries) {
      if (!filed.some(({ path }) => moved.has(path))) continue;
      const pieces = result.pieces.map(placed);
      this.#entries.set(id, { ...entry, result: { ...result, pieces }, filed: filed.map(placed) });
    }
  }
}
