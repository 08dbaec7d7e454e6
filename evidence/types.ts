import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { AlarmCode } from './guard/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';

/** What a capture hands over: the bytes as they crossed the wire or as the product gave them. */
export interface Capture {
  /** Base name in the slot folder, ASCII, no extension, e.g. `requete-insi`. */
  readonly name: string;
  /** With the dot, e.g. `.xml`. */
  readonly extension: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** One French sentence: what the piece shows. */
  readonly caption: string;
  /** Exchange of the journal that it comes from. */
  readonly exchangeId?: string;
}

/** Everything a reader needs to know where a piece comes from. Written beside it. */
export interface Provenance {
  readonly slot: string;
  readonly requirement: string;
  readonly scenario: string;
  readonly evidenceClass: EvidenceClass;
  readonly caption: string;
  readonly product: {
    readonly name: string;
    readonly version: string;
    readonly build?: string;
    readonly editor?: string;
  };
  readonly driver: string;
  /** How the simulated services answered; absent in what earlier versions of Jalon wrote. */
  readonly mocks?: { readonly profile: string };
  /** Account or command that asked for the run; absent in what earlier versions of Jalon wrote. */
  readonly operator?: string;
  readonly rem: { readonly category: string; readonly wave: string; readonly source: string; readonly sha256: string };
  /** Reference documents of the requirement and the versions that held, as they are shown; absent in what earlier versions of Jalon wrote. */
  readonly references?: readonly string[];
  readonly run: string;
  readonly verdict: Verdict;
  /** ISO 8601 UTC. */
  readonly collectedAt: string;
  readonly benchVersion: string;
  readonly file: string;
  readonly mediaType: string;
  readonly size: number;
  /** Of the file in the slot folder. */
  readonly sha256: string;
  /** Of the bytes as captured; differs from `sha256` only when `masked`. */
  readonly originalSha256: string;
  /** True when secrets (passwords, tokens) were replaced in the shared rendering. */
  readonly masked: boolean;
  readonly exchangeId?: string;
}

/** A piece in its slot. */
export interface Piece {
  readonly slot: string;
  /** Path of the shared file, relative to the run folder, with `/`. */
  readonly path: string;
  readonly provenance: Provenance;
}

/** A capture kept for diagnosis, outside every slot. */
export interface Exhibit {
  /** Relative to the run folder, with `/`. */
  readonly path: string;
  readonly caption: string;
}

/** Why the guard stopped a piece. */
export interface GuardRefusal {
  readonly code: AlarmCode;
  /** Where, without the value itself. */
  readonly where: string;
  readonly message: string;
}
