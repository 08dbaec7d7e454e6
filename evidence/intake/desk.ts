import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Bytes, Sealed, Vault } from '../vault/index.ts';
import { IntakeError } from './errors.ts';
import { announcedType } from './media-type.ts';
import type { Evidence, FalseAlarm, GuardNotes, SeenAlarm } from './types.ts';

/** A piece as the guard sees it. */
export interface GuardedPiece {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly name: string;
}

/** Who looks into pieces and masks them. */
export interface Guard {
  lookAt(piece: GuardedPiece): Promise<Pick<GuardNotes, 'alarms' | 'notLookedInto'>>;
  /** @param keep alarms that were declared false: what raised them stays */
  mask(
    piece: GuardedPiece,
    keep: ReadonlySet<string>,
  ): Promise<Pick<GuardNotes, 'masks'> & { readonly bytes: Uint8Array; readonly unmaskable: readonly SeenAlarm[] }>;
}

/** What a person says of a file that is brought. */
export interface Brought {
  readonly name: string;
  /** As a program announces it; that of the name when absent. */
  readonly mediaType?: string;
  readonly caption: string;
  readonly datedOn?: string;
  readonly operator: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly facts: Pick<Evidence, 'product' | 'rem' | 'benchVersion'>;
}

/** Where people bring their pieces: into the vault, past the guard. */
export interface Desk {
  /**
   * Seals the bytes, then looks into them: the piece may be shared at once when the guard saw nothing.
   *
   * @throws {VaultError}; {IntakeError} `EVIDENCE_EMPTY`
   */
  takeIn(bytes: Bytes, brought: Brought): Promise<Evidence>;
  /** Lets a held piece pass as it is, once each alarm is declared false. @throws {IntakeError} `ALARM_UNKNOWN`, `ALARM_STANDS` */
  declare(evidence: Evidence, falseAlarms: readonly FalseAlarm[]): Evidence;
  /**
   * Makes the rendering that may be shared: everything that the guard saw is masked, but for alarms that were declared false.
   *
   * @throws {IntakeError} `CANNOT_MASK` with the places; {VaultError}
   */
  mask(evidence: Evidence): Promise<Evidence>;
  /** Bytes of a piece, as they come. @throws {VaultError} at once or at their end */
  open(sealed: Sealed): AsyncIterable<Uint8Array>;
  /** Forgets bytes that no piece names any more. */
  forget(hashes: readonly string[]): Promise<void>;
}

/** What is read into memory to be looked at; longer texts are told and held. */
const LOOKED_INTO = 64 * 1024 * 1024;
const SHORTEST_REASON = 10;
const UNSEEN = /^(?:image\/(?!svg)|video\/|audio\/)/u;

export function openDesk(vault: Vault, guard: Guard): Desk {
  const piece = async ({ name, mediaType, original }: Pick<Evidence, 'name' | 'mediaType' | 'original'>) => ({
    bytes: await buffer(vault.read(original.sha256)),
    name,
    mediaType,
  });
  return {
    async takeIn(bytes, brought) {
      const { facts, at, mediaType, ...said } = brought;
      const name = cleanName(brought.name);
      const original = await vault.put(bytes);
      if (original.size === 0) {
        throw new IntakeError(
          'EVIDENCE_EMPTY',
          `« ${name} » est vide.`,
          'Vérifiez le fichier, puis apportez-le de nouveau.',
        );
      }
      const about = { name, mediaType: announcedType(mediaType, name), original };
      const seen = isSeen(about) ? await guard.lookAt(await piece(about)) : unseen(about);
      return {
        ...said,
        ...about,
        ...facts,
        id: `P-${randomBytes(5).toString('hex')}`,
        addedAt: at,
        ...(seen.alarms.length === 0 ? { shared: original } : {}),
        guard: { ...seen, falseAlarms: [], masks: [] },
      };
    },
    declare(evidence, falseAlarms) {
      const known = new Set(evidence.guard.alarms.map(({ id }) => id));
      for (const { alarm, reason } of falseAlarms) {
        if (!known.has(alarm)) {
          throw new IntakeError(
            'ALARM_UNKNOWN',
            `La pièce n’a pas d’alerte ${alarm.slice(0, 40)}.`,
            'Relisez ses alertes.',
          );
        }
        if (reason.trim().length < SHORTEST_REASON) {
          throw new IntakeError(
            'ALARM_REASON_MISSING',
            'Une fausse alerte demande sa raison.',
            `Dites en une phrase (${SHORTEST_REASON} caractères au moins) pourquoi ce n’est ni un secret ni une personne réelle.`,
          );
        }
      }
      const declared = new Map([...evidence.guard.falseAlarms, ...falseAlarms].map((one) => [one.alarm, one]));
      const notes = { ...evidence.guard, falseAlarms: [...declared.values()] };
      const stands = evidence.guard.alarms.some(({ id }) => !declared.has(id));
      return { ...evidence, guard: notes, ...(stands ? {} : { shared: evidence.shared ?? evidence.original }) };
    },
    async mask(evidence) {
      if (!isSeen(evidence)) throw cannotMask(evidence, evidence.guard.alarms);
      const keep = new Set(evidence.guard.falseAlarms.map(({ alarm }) => alarm));
      const { bytes, masks, unmaskable } = await guard.mask(await piece(evidence), keep);
      if (unmaskable.length > 0) throw cannotMask(evidence, unmaskable);
      return { ...evidence, shared: await vault.put(bytes), guard: { ...evidence.guard, masks } };
    },
    open: ({ sha256 }) => vault.read(sha256),
    async forget(hashes) {
      for (const hash of hashes) await vault.remove(hash);
    },
  };
}

type Looked = Pick<Evidence, 'name' | 'mediaType' | 'original'>;

/** Whether the guard can look into a piece. */
function isSeen({ mediaType, original }: Looked): boolean {
  return !UNSEEN.test(mediaType) && original.size <= LOOKED_INTO;
}

function unseen({ name, mediaType }: Looked): Pick<GuardNotes, 'alarms' | 'notLookedInto'> {
  if (UNSEEN.test(mediaType)) {
    const why = 'image, film ou son : personne d’autre que vous ne les regarde';
    return { alarms: [], notLookedInto: [{ where: name, why }] };
  }
  const megabytes = LOOKED_INTO / 1024 / 1024;
  return {
    alarms: [
      {
        id: 'TROP_GRAND',
        code: 'TROP_GRAND',
        where: name,
        message: `Le fichier dépasse ${megabytes} Mo : le garde ne l’a pas lu. Découpez-le, ou déclarez une fausse alerte après l’avoir relu vous-même.`,
        maskable: false,
      },
    ],
    notLookedInto: [{ where: name, why: `plus de ${megabytes} Mo` }],
  };
}

/** What every file system and every header take, without folders. */
function cleanName(given: string): string {
  const base = given.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const clean = base
    .replaceAll(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
    .slice(-150);
  return clean === '' ? 'piece' : clean;
}

function cannotMask({ name }: Looked, alarms: readonly SeenAlarm[]): IntakeError {
  return new IntakeError(
    'CANNOT_MASK',
    `« ${name} » ne se masque pas ici : ${alarms.map(({ where, code }) => `${where} (${code})`).join(' ; ')}.`,
    'Refaites le document sans ces données, ou déclarez une fausse alerte avec sa raison.',
  );
}
