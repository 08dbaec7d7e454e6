import type { Sealed } from '../vault/index.ts';

/** What the guard saw in a piece; never the value itself. */
export interface SeenAlarm {
  /** The same for the same piece and place. */
  readonly id: string;
  readonly code: string;
  /** French: where in the piece. */
  readonly where: string;
  readonly line?: number;
  readonly column?: number;
  /** French: what, and what to do. */
  readonly message: string;
  readonly maskable: boolean;
}

/** A person says that the guard was wrong. */
export interface FalseAlarm {
  readonly alarm: string;
  /** French. */
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What became of a piece at the guard. */
export interface GuardNotes {
  readonly alarms: readonly SeenAlarm[];
  /** Pictures, films, what is encrypted or broken: nobody looked there. */
  readonly notLookedInto: readonly { readonly where: string; readonly why: string }[];
  readonly falseAlarms: readonly FalseAlarm[];
  /** Places that the shared rendering masks. */
  readonly masks: readonly { readonly where: string; readonly code: string }[];
}

/** A file that a person brought: its bytes are in the vault, under their hash. */
export interface Evidence {
  readonly id: string;
  /** Name of the file, as brought, without folder. */
  readonly name: string;
  readonly mediaType: string;
  /** One French sentence: what the piece shows. */
  readonly caption: string;
  readonly product: { readonly name: string; readonly version: string; readonly build?: string };
  readonly rem: {
    readonly category: string;
    readonly wave: string;
    readonly source: string;
    readonly sha256: string;
  };
  readonly benchVersion: string;
  /** Who brought it. */
  readonly operator: string;
  /** ISO 8601 UTC. */
  readonly addedAt: string;
  /** Date that the document itself bears, `YYYY-MM-DD`, where its age matters. */
  readonly datedOn?: string;
  readonly original: Sealed;
  /** What may be shared: the original itself when nothing is masked; absent while the guard holds the piece. */
  readonly shared?: Sealed;
  readonly guard: GuardNotes;
  /** The original is masked here and stayed where the piece was brought. */
  readonly originalElsewhere?: true;
}
