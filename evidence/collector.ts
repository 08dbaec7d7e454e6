import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProofSlot } from '#dsr/rem/index.ts';
import type { Verdict } from '#dsr/verdict/index.ts';
import type { KnownPeople } from './guard/index.ts';
import { judgeCapture, type JudgedCapture } from './judge-capture.ts';
import { pieceFile, slotFolder, SHEETS, writeSheets } from './piece-files.ts';
import { sha256, writeWhole } from './store.ts';
import type { Capture, Exhibit, GuardRefusal, Piece, Provenance } from './types.ts';
import type { Vault } from './vault/index.ts';

/** What does not change during a run. */
export interface CollectorSettings {
  /** Folder of the run; pieces go under `preuves/`. */
  readonly runDir: string;
  /** Keeps what was captured, as it was. */
  readonly originals: Pick<Vault, 'put'>;
  /** Whom the bench made up. */
  readonly known: KnownPeople;
  readonly facts: Pick<Provenance, 'product' | 'driver' | 'mocks' | 'operator' | 'rem' | 'run' | 'benchVersion'>;
  readonly now: () => Date;
  /**
   * Numbers that the pieces of a slot take: from `first`, one in `step`. 1, 2, 3… when absent; processes that share a run
   * folder take numbers that never meet, until `renumberPieces`.
   */
  readonly numbers?: { readonly first: number; readonly step: number };
}

/** A slot that a scenario fills. */
export interface SlotToFill {
  readonly slot: ProofSlot;
  readonly requirement: string;
  /** Reference documents of the requirement, as they are shown. */
  readonly references?: readonly string[];
}

export interface Filing {
  readonly pieces: readonly Piece[];
  readonly refusals: readonly GuardRefusal[];
}

export interface Collector {
  /**
   * Passes the captures of one scenario through the guard, seals them and files each one in every slot given.
   * Nothing is filed when the guard refuses one of them.
   */
  file(captures: readonly Capture[], slots: readonly SlotToFill[], scenario: string, verdict: Verdict): Promise<Filing>;

  /**
   * Takes pieces out of their slots, with their sheets: the scenario that filed them turned out to be wrong. Numbers are
   * not given again.
   */
  withdraw(pieces: readonly Piece[]): Promise<void>;

  /**
   * Keeps what a failed scenario had captured under `echecs/`, guarded and masked like a piece, for whoever must
   * understand the failure. It fills no slot; a capture that the guard refuses is left out.
   */
  setAside(captures: readonly Capture[], scenario: string): Promise<readonly Exhibit[]>;
}

/** The same bytes twice are one piece, under both captions: a record that did not change is captured before and after. */
function distinct(captures: readonly Capture[]): readonly Capture[] {
  const kept = Map.groupBy(captures, ({ bytes, mediaType }) => `${mediaType} ${sha256(bytes)}`);
  return Array.from(kept.values()).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const captions = new Set([first, ...others].map(({ caption }) => caption));
    return [{ ...first, caption: [...captions].join(' ; à l’identique : ') }];
  });
}

export function createCollector(settings: CollectorSettings): Collector {
  const { runDir, originals, known, facts, now, numbers = { first: 1, step: 1 } } = settings;
  // Several scenarios may fill one slot: numbers go on, so that no piece overwrites another.
  const filed = new Map<string, number>();
  return {
    async file(captures, slots, scenario, verdict) {
      const judged = new Map<Capture, JudgedCapture>();
      for (const capture of distinct(captures)) judged.set(capture, await judgeCapture(capture, known));
      const refusals = [...judged.values()].flatMap((one) => one.refusals);
      // Where no slot is filled, nothing is kept: the guard has spoken.
      if (refusals.length > 0 || slots.length === 0) return { pieces: [], refusals };
      const pieces: Piece[] = [];
      // Each file is synced: one after the other, a scenario of sixty pieces would only wait for the disk.
      const writing: Promise<void>[] = [];
      for (const [capture, { shared, masked }] of judged) {
        const { sha256: originalSha256 } = await originals.put(capture.bytes);
        for (const { slot, requirement, references } of slots) {
          const before = filed.get(slot.id);
          const number = before === undefined ? numbers.first : before + numbers.step;
          filed.set(slot.id, number);
          const file = pieceFile(number, `${capture.name}${capture.extension}`);
          const provenance: Provenance = {
            ...facts,
            slot: slot.id,
            requirement,
            scenario,
            evidenceClass: slot.evidenceClass,
            caption: capture.caption,
            ...(references === undefined ? {} : { references }),
            verdict,
            collectedAt: now().toISOString(),
            file,
            mediaType: capture.mediaType,
            size: shared.byteLength,
            sha256: masked ? sha256(shared) : originalSha256,
            originalSha256,
            masked,
            ...(capture.exchangeId === undefined ? {} : { exchangeId: capture.exchangeId }),
          };
          const path = `preuves/${slotFolder(slot.id)}/${file}`;
          writing.push(writeWhole(join(runDir, path), shared), writeSheets(runDir, path, provenance));
          pieces.push({ slot: slot.id, path, provenance });
        }
      }
      await Promise.all(writing);
      return { pieces, refusals };
    },
    async withdraw(pieces) {
      for (const { path } of pieces) {
        for (const suffix of ['', ...SHEETS]) await rm(join(runDir, `${path}${suffix}`), { force: true });
        // A slot that nothing fills any more has no folder.
        await rmdir(join(runDir, dirname(path))).catch(() => {});
      }
    },
    async setAside(captures, scenario) {
      const exhibits: Exhibit[] = [];
      for (const [index, capture] of captures.entries()) {
        const { refusals, shared } = await judgeCapture(capture, known);
        if (refusals.length > 0) continue;
        const path = `echecs/${slotFolder(scenario)}/${String(index + 1).padStart(2, '0')}-${capture.name}${capture.extension}`;
        await writeWhole(join(runDir, path), shared);
        exhibits.push({ path, caption: capture.caption });
      }
      return exhibits;
    },
  };
}
