import { createHash } from 'node:crypto';
import type { Evidence } from '#evidence/intake/index.ts';
import { fillTracker, type FilledTracker } from '#tracker/api/campaign.fixture.ts';
import { readDossier, type DossierInput, type DossierScope } from './index.ts';

const FILM = new TextEncoder().encode('un film');
const SEALED = { sha256: createHash('sha256').update(FILM).digest('hex'), size: FILM.length };
const AUTHOR = { by: 'camille', at: '2026-02-03T10:00:00.000Z' };

/** Slots that hold the piece of a person: a first one, and one that the bench filled too. */
export const FILMED = ['INS/va1.02.01.01', 'INS/va1.60.01.03'] as const;

/** A tracker with two runs, and a film that serves two slots. */
export interface FilledDossier {
  readonly filled: FilledTracker;
  read(more?: Partial<DossierScope>): Promise<DossierInput>;
}

export async function fillDossier(): Promise<FilledDossier> {
  const filled = await fillTracker();
  const { tracker, rem } = filled;
  const { id: campaign } = (await tracker.currentCampaign())!;
  const evidence: Evidence = {
    id: 'P-1',
    name: 'Écran <b>d’identité</b>.mp4',
    mediaType: 'video/mp4',
    caption: 'La recherche & son écran',
    datedOn: '2026-01-31',
    product: { name: 'Labo Exemple', version: '7.1' },
    rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
    benchVersion: '0.1.0',
    operator: 'camille',
    addedAt: AUTHOR.at,
    original: { sha256: 'a'.repeat(64), size: 12 },
    shared: SEALED,
    guard: {
      alarms: [],
      notLookedInto: [{ where: 'film.mp4', why: 'image, film ou son' }],
      falseAlarms: [{ alarm: 'A1', reason: 'Numéro de ticket, public.', ...AUTHOR }],
      masks: [{ where: 'ligne 3', code: 'JETON' }],
    },
  };
  const slots = FILMED.map((slot) => ({ slot, references: [], stillHolds: 'Écran inchangé depuis.' }));
  const added = await tracker.addEvidence({ evidence, campaign, slots }, AUTHOR);
  if (!added.ok) throw new Error(added.refusal.message);
  return {
    filled,
    async read(more = {}) {
      const current = (await tracker.currentCampaign())!;
      return readDossier(
        { tracker, openEvidence: film },
        { campaign: current, rem, partial: true, benchVersion: '0.1.0', ...more },
      );
    },
  };
}

async function* film(): AsyncGenerator<Uint8Array> {
  yield FILM;
}
