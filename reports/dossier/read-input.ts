import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { compareSections, sectionTitle } from '#dsr/catalogue/index.ts';
import { referenceLabels } from '#dsr/references/index.ts';
import { applicableRequirements, type Rem, type Requirement } from '#dsr/rem/index.ts';
import type { Sealed } from '#evidence/vault/index.ts';
import {
  applicabilityOf,
  carrierText,
  dueRequirements,
  externalReferenceTitle,
  OWN_PRODUCT,
  readinessOf,
} from '#tracker/domain/index.ts';
import type { Campaign, FiledEvidence, StoredPiece, StoredReference, Tracker } from '#tracker/store/index.ts';
import type { ScenarioResult, SlotStatus } from '#tracker/types.ts';
import { profileNames } from '#dsr/profiles/index.ts';
import { readProgress } from '../rem-workbook/index.ts';
import type { DossierChapter, DossierInput, DossierPiece, DossierRequirement, DossierSlot } from './types.ts';

/** Where a dossier is read from. */
export interface DossierSource {
  readonly tracker: Tracker;
  /** Bytes of a piece of a person. */
  readonly openEvidence: (sealed: Sealed) => AsyncIterable<Uint8Array>;
}

export interface DossierScope {
  readonly campaign: Campaign;
  readonly rem: Rem;
  /** Chapters; absent: all of them. */
  readonly sections?: readonly string[];
  readonly partial: boolean;
  readonly benchVersion: string;
}

/**
 * Reads what a dossier is made from. Pieces of the bench are those of the newest run that filled the slot; no bytes are read.
 *
 * @throws what the store throws when it cannot be read
 */
export async function readDossier(source: DossierSource, scope: DossierScope): Promise<DossierInput> {
  const { tracker } = source;
  const { campaign, rem, sections, partial, benchVersion } = scope;
  const asked = ({ section }: Requirement): boolean => sections === undefined || sections.includes(section);
  const [statuses, files, [last]] = await Promise.all([
    tracker.slotStatuses(campaign.id),
    tracker.requirementFiles(campaign.id),
    tracker.history({ campaign: campaign.id, limit: 1 }),
  ]);
  const known = new Map(statuses.map((status) => [status.slot, status]));
  const decided = new Map(files.map((file) => [file.requirement, file]));
  const statusOf = (slot: string): SlotStatus => known.get(slot) ?? { slot, state: 'vide' };
  const applicable = applicableRequirements(rem, campaign.profiles).filter(asked);
  const due = dueRequirements(applicable, (id) => decided.get(id)?.notApplicable !== undefined);
  const results = runResults(tracker);
  const chapters: DossierChapter[] = [];
  for (const section of sectionsOf(applicable)) {
    const own = applicable.filter((one) => one.section === section);
    const requirements: DossierRequirement[] = [];
    const leftOut: DossierChapter['leftOut'][number][] = [];
    for (const requirement of own) {
      const file = decided.get(requirement.id);
      const standing = applicabilityOf(requirement.profile, campaign.profiles, file?.notApplicable);
      if (!standing.applicable) {
        leftOut.push({ requirement, sentence: standing.sentence });
        continue;
      }
      const carrier = file?.carrier ?? OWN_PRODUCT;
      requirements.push({
        requirement,
        documents: referenceLabels(requirement.references ?? [], rem.category, rem.wave),
        conformity: await conformityOf(source, campaign.id, requirement, statusOf, results),
        ...(carrier.kind === 'produit' ? {} : { carriedBy: carrierText(carrier) }),
      });
    }
    chapters.push({ section, title: own[0]?.sectionTitle || sectionTitle(section), requirements, leftOut });
  }
  const product = { name: campaign.product, version: campaign.version };
  return {
    campaign: { id: campaign.id, product, profiles: profileNames(rem, campaign.profiles) },
    rem,
    chapters,
    readiness: readinessOf(due, statusOf),
    partial,
    ...(sections === undefined ? {} : { sections }),
    asOf: last?.at ?? campaign.updatedAt,
    benchVersion,
    progress: { profiles: campaign.profiles, campaign: await readProgress(tracker, { id: campaign.id, product }, rem) },
  };
}

function sectionsOf(requirements: readonly Requirement[]): readonly string[] {
  return [...new Set(requirements.map(({ section }) => section))].toSorted(compareSections);
}

type ResultOf = (run: string, scenario: string) => Promise<ScenarioResult | undefined>;

async function conformityOf(
  { tracker, openEvidence }: DossierSource,
  campaign: string,
  { scenarios }: Requirement,
  statusOf: (slot: string) => SlotStatus,
  resultOf: ResultOf,
): Promise<DossierRequirement['conformity']> {
  const ids = scenarios.flatMap(({ proofs }) => proofs.map(({ id }) => id));
  const [pieces, brought, references] = await Promise.all([
    tracker.piecesOfSlots(campaign, ids),
    tracker.evidenceOfSlots(campaign, ids),
    tracker.referencesOfSlots(campaign, ids),
  ]);
  return Promise.all(
    scenarios.map(async (scenario) => ({
      scenario,
      slots: await Promise.all(
        scenario.proofs.map(async (slot): Promise<DossierSlot> => ({
          slot,
          status: statusOf(slot.id),
          pieces: [
            // What people brought answers what the slot asks; what the bench made goes with it.
            ...(brought.get(slot.id) ?? []).toReversed().map((filed) => byPerson(filed, openEvidence)),
            ...(await byBench(pieces.get(slot.id) ?? [], resultOf)),
          ],
          references: (references.get(slot.id) ?? []).toReversed().map(referenceOf),
        })),
      ),
    })),
  );
}

/** Those of the newest run: what earlier ones left was replaced by it. */
async function byBench(stored: readonly StoredPiece[], resultOf: ResultOf): Promise<readonly DossierPiece[]> {
  const newest = stored.filter(({ run }) => run === stored[0]?.run);
  return Promise.all(
    newest.map(async ({ run, dir, piece: { path, provenance } }): Promise<DossierPiece> => {
      const scenario = await resultOf(run, provenance.scenario);
      return {
        by: 'banc',
        provenance,
        size: provenance.size,
        sha256: provenance.sha256,
        open: () => createReadStream(join(dir, path)),
        ...(scenario === undefined ? {} : { scenario }),
      };
    }),
  );
}

function byPerson({ evidence, filing }: FiledEvidence, open: DossierSource['openEvidence']): DossierPiece {
  const { author, at, stillHolds } = filing;
  const shared = evidence.shared ?? evidence.original;
  return {
    by: 'personne',
    evidence,
    filing: { author, at, ...(stillHolds === undefined ? {} : { stillHolds }) },
    size: shared.size,
    sha256: shared.sha256,
    open: () => open(shared),
  };
}

function referenceOf({ kind, value, author, at }: StoredReference): DossierSlot['references'][number] {
  return { title: externalReferenceTitle(kind), value, author, at };
}

/** Results of the runs that left pieces, each read once. */
function runResults(tracker: Tracker): ResultOf {
  const runs = new Map<string, Promise<ReadonlyMap<string, ScenarioResult>>>();
  const read = async (run: string): Promise<ReadonlyMap<string, ScenarioResult>> => {
    const stored = await tracker.run(run);
    return new Map((stored?.run.scenarios ?? []).map((result) => [result.id, result]));
  };
  return async (run, scenario) => {
    const known = runs.get(run) ?? read(run);
    runs.set(run, known);
    return (await known).get(scenario);
  };
}
