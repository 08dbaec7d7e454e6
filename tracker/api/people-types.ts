import type {
  Applicability,
  Assignment,
  Carrier,
  Complement,
  ExternalReferenceKind,
  RemainingTime,
  Remark,
} from '../domain/index.ts';
import type { HistoryLine } from '../store/index.ts';

/** A campaign in the list of campaigns. */
export interface CampaignLineView {
  readonly id: string;
  readonly product: string;
  readonly version: string;
  readonly category: string;
  readonly wave: string;
  readonly profiles: readonly string[];
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly follows: string | null;
}

export interface CampaignListView {
  readonly total: number;
  readonly next: string | null;
  readonly campaigns: readonly CampaignLineView[];
}

/** What is settled in a campaign; its revision goes back with `If-Match`. */
export interface CampaignSettingsView {
  readonly id: string;
  readonly fourEyes: boolean;
  readonly profiles: readonly string[];
  readonly revision: number;
  /** Profiles that its list knows. */
  readonly choices: readonly { readonly slug: string; readonly name: string; readonly excludes: readonly string[] }[];
}

/** What people decided about a requirement; its revision goes back with `If-Match`. */
export interface RequirementFileView {
  readonly requirement: string;
  readonly applicability: Applicability;
  readonly carrier: Carrier;
  readonly assignment: Assignment;
  readonly revision: number;
  /** ISO 8601 UTC; null when nobody decided anything. */
  readonly updatedAt: string | null;
}

export interface DiscussionView {
  readonly requirement: string;
  readonly remarks: readonly Remark[];
  /** Ids of the questions that nobody answered. */
  readonly open: readonly string[];
}

/** A request of the authority, with the time that is left. */
export interface ComplementView extends Complement {
  readonly remaining: RemainingTime;
  readonly revision: number;
}

export interface ComplementListView {
  readonly total: number;
  readonly next: string | null;
  readonly complements: readonly ComplementView[];
}

export interface ExternalReferenceView {
  readonly id: number;
  readonly kind: ExternalReferenceKind;
  /** French name of its kind. */
  readonly title: string;
  readonly value: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A line of the audit. */
export type HistoryLineView = HistoryLine;

export interface HistoryView {
  readonly next: string | null;
  readonly lines: readonly HistoryLineView[];
}
