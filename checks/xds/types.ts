import type { RegistryObjects } from '#formats/ebrim/index.ts';
import type { TlsPeer } from '#formats/exchange/index.ts';
import type { Report } from '../report/index.ts';
import type { Vihf } from '../vihf/index.ts';
import type { CoherenceRule } from './coherence/index.ts';
import type { CodeLists } from './code-lists.ts';
import type { LimitRule } from './limit-rules.ts';
import type { XdsRule } from './rules.ts';
import type { Submission } from './submission.ts';

export interface SubmissionRequest {
  /** Value of the HTTP Content-Type header; undefined when it is not known: packaging is then left out. */
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
  /** Instant of arrival; absent, submissionTime is judged for its form only. */
  readonly at?: Date;
  /** Session that brought it, when known. */
  readonly tls?: TlsPeer;
}

export interface SubmissionOptions {
  /** The patient of the scenario; when given, every place must name this one. */
  readonly patient?: { readonly ins: string; readonly oid: string };
  /** Largest gap between submissionTime and the arrival. Default 300 s. */
  readonly toleranceSeconds?: number;
  /** entryUUID of the document that this submission must replace. */
  readonly replaces?: string;
  /** The version that this submission replaces, as it was fed: its CDA must follow it. */
  readonly replaced?: {
    readonly uniqueId: string;
    /** `root` or `root^extension` of its setId. */
    readonly setId?: string;
    readonly versionNumber?: number;
  };
  /** Sources disagree on hash and size: `optional` warns when they are absent, `required` refuses. Default `optional`. */
  readonly hashAndSize?: 'required' | 'optional';
  /** Lists of codes that rule the metadata. Default `SHIPPED_CODES`. */
  readonly codes?: CodeLists;
}

/** What the rules on registry objects are given, whatever brought them: a feeding of the DMP, or an IHE XDM archive. */
export interface JudgedRegistry {
  readonly report: Report<XdsRule | CoherenceRule | LimitRule>;
  readonly objects: RegistryObjects;
  /** VIHF of the same message, when it has one. */
  readonly vihf: Vihf | undefined;
  /** Absent, submissionTime is judged for its form only. */
  readonly request: Pick<SubmissionRequest, 'at'>;
  readonly options: SubmissionOptions;
}

/** What each part of the check of a feeding is given. */
export interface Judged extends JudgedRegistry {
  readonly submission: Submission;
  readonly request: SubmissionRequest;
}
