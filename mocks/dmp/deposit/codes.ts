import data from './kinds.json' with { type: 'json' };
import type { Deposit, DepositKind } from './types.ts';

export interface Coded {
  readonly code: string;
  readonly label: string;
  readonly system: string;
}

interface Kinds {
  readonly format: Coded;
  readonly practiceSetting: Coded;
  readonly contentType: Coded;
  readonly kinds: Readonly<Record<DepositKind, { readonly type: Coded; readonly class: Coded }>>;
}

export const KINDS: Kinds = data;

export function codesOf({ kind }: Deposit): { readonly type: Coded; readonly class: Coded } {
  return KINDS.kinds[kind];
}

/** `yyyyMMddHHmmss`, UTC. */
export function utc(at: Date): string {
  return at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}
