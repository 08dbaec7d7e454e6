import type { Requirement } from '#dsr/rem/index.ts';
import {
  applicabilityOf,
  externalReferenceTitle,
  movesFrom,
  OWN_PRODUCT,
  remainingTime,
  type Complement,
} from '../../domain/index.ts';
import type { FiledEvidence, RequirementFile, StoredComplement, StoredReference } from '../../store/index.ts';
import type { SlotStatus } from '../../types.ts';
import type { ComplementView, ExternalReferenceView, RequirementFileView } from '../people-types.ts';
import type { SlotView } from '../types.ts';
import { evidenceView } from './evidence.ts';

/** @param declared profiles of the campaign */
export function requirementFileView(
  requirement: Requirement,
  declared: readonly string[],
  { notApplicable, carrier = OWN_PRODUCT, assignment = {}, revision, updatedAt }: RequirementFile,
): RequirementFileView {
  return {
    requirement: requirement.id,
    applicability: applicabilityOf(requirement.profile, declared, notApplicable),
    carrier,
    assignment,
    revision,
    updatedAt: updatedAt ?? null,
  };
}

export function complementView({ complement, revision }: StoredComplement, now: Date): ComplementView {
  return { ...complement, remaining: remainingTime(complement, now), revision };
}

/** Whether a request of the authority is about a requirement: itself, one of its slots, or its chapter. */
export function isAbout({ subject }: Complement, requirement: Requirement): boolean {
  switch (subject.kind) {
    case 'dossier':
      return false;
    case 'chapitre':
      return subject.section === requirement.section;
    case 'exigence':
      return subject.requirement === requirement.id;
    case 'preuve':
      return requirement.scenarios.some(({ proofs }) => proofs.some(({ id }) => id === subject.slot));
  }
}

export function externalView({ id, kind, value, author, at }: StoredReference): ExternalReferenceView {
  return { id, kind, title: externalReferenceTitle(kind), value, author, at };
}

/** What people may do to a slot, and what they filed there. */
export function slotExtras(
  { state, revision = 0 }: SlotStatus,
  externals: readonly StoredReference[],
  brought: readonly FiledEvidence[],
): Pick<SlotView, 'revision' | 'moves' | 'externals' | 'evidence'> {
  return {
    revision,
    moves: movesFrom(state),
    externals: externals.map(externalView),
    // Here, only what put it in this slot is said: its own page has the rest.
    evidence: brought.map(({ evidence, filing, revision: seen }) =>
      evidenceView({ evidence, campaign: filing.campaign, wanted: [], filings: [filing], revision: seen }),
    ),
  };
}
