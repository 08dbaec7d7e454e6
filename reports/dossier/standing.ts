import { createHash } from 'node:crypto';
import type { CivilDate } from '#dsr/dates/index.ts';
import type { Desk, Guard } from '#evidence/intake/index.ts';
import type { Author } from '#tracker/store/index.ts';
import { readDossier, type DossierScope, type DossierSource } from './read-input.ts';
import type { DossierInput, DossierPiece } from './types.ts';

/** A text longer than that is not looked into again: it was held or declared when it was brought. */
const LOOKED_INTO = 64 * 1024 * 1024;

/** A piece that must not leave as it is. */
export interface UnsafePiece {
  readonly slot: string;
  readonly piece: string;
  /** French. */
  readonly reason: string;
}

/** What a dossier has and lacks, once its pieces were read again. */
export interface Standing {
  readonly input: DossierInput;
  /** Nothing is missing, stale, only rehearsed, to be looked at again, unmasked or broken. */
  readonly complete: boolean;
  /** Shared renderings in which the guard still sees something. */
  readonly unmasked: readonly UnsafePiece[];
  /** Pieces whose bytes are gone or changed. */
  readonly broken: readonly UnsafePiece[];
  /** Brought, and held by the guard: in no slot. */
  readonly held: readonly { readonly id: string; readonly name: string; readonly wanted: readonly string[] }[];
}

export interface StandingSource {
  readonly tracker: DossierSource['tracker'];
  readonly desk: Pick<Desk, 'open'>;
  readonly guard: Guard;
}

/**
 * Where the dossier of a campaign stands today: what grew old is marked first, then every piece that would leave is read once more.
 *
 * @param author who asks: the audit keeps what grew old under that name
 */
export async function standingOf(
  { tracker, desk, guard }: StandingSource,
  scope: Omit<DossierScope, 'partial'> & { readonly today: CivilDate },
  author: Author,
): Promise<Standing> {
  const { campaign, rem, today } = scope;
  await tracker.refreshSlots({ campaign: campaign.id, rem, today }, author);
  const read = await readDossier({ tracker, openEvidence: (sealed) => desk.open(sealed) }, { ...scope, partial: true });
  const held = (await tracker.evidenceOfCampaign(campaign.id))
    .filter(({ evidence }) => evidence.shared === undefined)
    .map(({ evidence, wanted }) => ({ id: evidence.id, name: evidence.name, wanted: wanted.map(({ slot }) => slot) }));
  const { unmasked, broken } = await lookAgain(read, guard);
  const complete = read.readiness.complete && unmasked.length === 0 && broken.length === 0;
  return { input: { ...read, partial: !complete }, complete, unmasked, broken, held };
}

/** What would leak, or is no longer what was sealed, is in no dossier, partial or not. */
export function mayLeave({ complete, unmasked, broken }: Standing, partial: boolean): boolean {
  return unmasked.length + broken.length === 0 && (complete || partial);
}

async function lookAgain(input: DossierInput, guard: Guard): Promise<Pick<Standing, 'unmasked' | 'broken'>> {
  const unmasked: UnsafePiece[] = [];
  const broken: UnsafePiece[] = [];
  const seen = new Map<string, readonly string[]>();
  for (const { requirements } of input.chapters) {
    for (const { slot, pieces } of requirements.flatMap(({ conformity }) => conformity.flatMap(({ slots }) => slots))) {
      for (const piece of pieces) {
        const name = nameOf(piece);
        // A piece of a person is one file of the vault, whatever the slots; each piece of the bench is a file of its own.
        const file = piece.by === 'personne' ? piece.sha256 : `${slot.id}/${name}`;
        try {
          const alarms = seen.get(file) ?? (await alarmsIn(piece, guard));
          seen.set(file, alarms);
          unmasked.push(...alarms.map((reason) => ({ slot: slot.id, piece: name, reason })));
        } catch (error) {
          broken.push({ slot: slot.id, piece: name, reason: reasonOf(error) });
        }
      }
    }
  }
  return { unmasked, broken };
}

async function alarmsIn(piece: DossierPiece, guard: Guard): Promise<readonly string[]> {
  const mediaType = piece.by === 'banc' ? piece.provenance.mediaType : piece.evidence.mediaType;
  const looked = piece.size <= LOOKED_INTO && !/^(?:video|audio)\//u.test(mediaType);
  const bytes = await sealedBytes(piece, looked);
  if (bytes === undefined) return [];
  const { alarms } = await guard.lookAt({ bytes, mediaType, name: nameOf(piece) });
  const declared = new Set(piece.by === 'personne' ? piece.evidence.guard.falseAlarms.map(({ alarm }) => alarm) : []);
  return alarms.filter(({ id }) => !declared.has(id)).map(({ where, message }) => `${where} : ${message}`);
}

/** @returns the bytes when they are kept @throws {Error} in French, when they are not those that were sealed */
async function sealedBytes(piece: DossierPiece, kept: boolean): Promise<Buffer | undefined> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  for await (const chunk of piece.open()) {
    hash.update(chunk);
    if (kept) chunks.push(chunk);
  }
  if (hash.digest('hex') !== piece.sha256) throw new Error('Elle n’est plus celle qui a été scellée.');
  return kept ? Buffer.concat(chunks) : undefined;
}

function nameOf(piece: DossierPiece): string {
  return piece.by === 'banc' ? piece.provenance.file : piece.evidence.name;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'Le fichier n’est plus dans le dossier de l’exécution.' : message;
}
