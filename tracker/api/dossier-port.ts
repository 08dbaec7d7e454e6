import type { Verification } from '#evidence/sealed/index.ts';
import type { Outcome } from '../domain/index.ts';

/** A dossier that was written on the server. */
export interface BuiltDossierView {
  readonly id: string;
  readonly campaign: string;
  /** ISO 8601 UTC. */
  readonly builtAt: string;
  readonly by: string;
  readonly complete: boolean;
  /** Null: all chapters. */
  readonly sections: readonly string[] | null;
  /** As it is downloaded. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly files: number;
  /** Fingerprint of the key. */
  readonly signer: string;
}

export interface BuiltDossierListView {
  readonly dossiers: readonly BuiltDossierView[];
}

export type VerificationView = Verification;

export interface DossierOrder {
  readonly campaign: string;
  readonly sections?: readonly string[];
  readonly partial: boolean;
  readonly by: string;
}

/** Writes, keeps and verifies dossiers: given by who starts the server. */
export interface DossierDesk {
  /** @returns `DOSSIER_INCOMPLETE`, `DOSSIER_UNSAFE` with the first places, `CHAPTER_UNKNOWN` */
  build(order: DossierOrder): Promise<Outcome<BuiltDossierView>>;
  /** The last written first. */
  list(campaign: string): Promise<readonly BuiltDossierView[]>;
  open(id: string): Promise<{ readonly view: BuiltDossierView; readonly bytes: AsyncIterable<Uint8Array> } | undefined>;
  /** @param bytes of a zip that somebody brings */
  verify(bytes: AsyncIterable<Uint8Array>): Promise<VerificationView>;
}
