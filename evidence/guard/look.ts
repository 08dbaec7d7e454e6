import { createHash } from 'node:crypto';
import {
  LIMITS,
  readLevel,
  type Child,
  type Reading,
  type ReadingLimits,
  type Unseen,
  type View,
} from '../readable/index.ts';
import type { GuardedPiece, GuardNotes, SeenAlarm } from '../intake/index.ts';
import { watchAddresses } from './addresses.ts';
import { watchIdentities } from './identities.ts';
import { watchIns } from './ins.ts';
import { watchPhones } from './phones.ts';
import { watchSecrets } from './secrets.ts';
import type { AlarmCode, Hit, KnownPeople, Watch } from './types.ts';

const WATCHES: readonly Watch[] = [watchIns, watchIdentities, watchPhones, watchAddresses, watchSecrets];

/** Alarms that are told one by one. */
const MOST_ALARMS = 200;

/** French: what each alarm is, and what to do. */
export const MESSAGES: Readonly<Record<AlarmCode, string>> = {
  INS_REEL_POSSIBLE:
    'Un matricule INS à clé valide, hors des identités de test : rejouez avec les identités que le banc distribue, ou masquez-le.',
  IDENTITE_REELLE_POSSIBLE:
    'Un nom à côté d’un OID de production, qui n’est pas celui d’une identité de test : rejouez avec une identité de test, ou masquez-le.',
  TELEPHONE: 'Un numéro de téléphone hors des numéros réservés aux œuvres de fiction : masquez-le.',
  ADRESSE_ELECTRONIQUE: 'Une adresse électronique hors des domaines de test : masquez-la.',
  CLE_PRIVEE: 'Une clé privée : masquez-la, et remplacez-la partout où elle sert.',
  JETON: 'Un jeton ou une clé d’accès : masquez-le.',
  MOT_DE_PASSE: 'Un mot de passe : masquez-le, et changez-le s’il sert ailleurs que sur ce banc.',
  AUTRES_ALERTES: 'D’autres endroits du même genre, qui ne sont pas dits un par un : masquez la pièce, ou réduisez-la.',
};

/** One level of a piece with what is wrong in it, and its children read too. */
export interface Looked {
  readonly reading: Reading;
  readonly hits: readonly PlacedHit[];
  readonly children: readonly LookedChild[];
}

export interface LookedChild {
  readonly child: Child;
  readonly looked: Looked;
}

export interface PlacedHit extends Hit {
  readonly id: string;
  readonly view: View;
  /** Bytes of the level; undefined where they cannot be covered. */
  readonly bytes?: readonly [number, number];
}

/** Looks into a piece, as deep as it goes. Never throws for what a piece may hold. */
export async function lookInto(
  piece: GuardedPiece,
  known: KnownPeople,
  limits: ReadingLimits = LIMITS,
): Promise<{ readonly looked: Looked; readonly unseen: readonly Unseen[] }> {
  const unseen: Unseen[] = [];
  let left = limits.maxBytes;
  const level = async (
    wrapped: Pick<Child, 'bytes' | 'mediaType' | 'name' | 'where'>,
    depth: number,
  ): Promise<Looked> => {
    const reading = await readLevel(wrapped, limits);
    unseen.push(...reading.unseen);
    const children: LookedChild[] = [];
    for (const child of reading.children) {
      left -= child.bytes.length;
      if (depth >= limits.maxDepth || left < 0) {
        unseen.push({
          where: child.where,
          why: depth >= limits.maxDepth ? 'trop d’emboîtements' : 'trop d’octets emballés',
        });
        continue;
      }
      children.push({ child, looked: await level(child, depth + 1) });
    }
    return { reading, hits: hitsOf(reading.views, known), children };
  };
  const looked = await level({ ...piece, where: '' }, 0);
  return { looked, unseen: unseen.map(({ where, why }) => ({ where: where === '' ? piece.name : where, why })) };
}

/** The same bytes seen through two views are one alarm. */
function hitsOf(views: readonly View[], known: KnownPeople): readonly PlacedHit[] {
  const kept: PlacedHit[] = [];
  const seen: (readonly [AlarmCode, number, number])[] = [];
  for (const view of views) {
    for (const hit of WATCHES.flatMap((watch) => watch(view, known))) {
      const bytes = view.cover === undefined ? undefined : view.bytesOf?.(hit.from, hit.to);
      if (bytes !== undefined) {
        const [from, to] = bytes;
        if (seen.some(([code, start, end]) => code === hit.code && start <= from && end >= to)) continue;
        seen.push([hit.code, from, to]);
      } else if (
        kept.some((one) => one.view === view && one.code === hit.code && one.from <= hit.from && one.to >= hit.to)
      ) {
        continue;
      }
      kept.push({ ...hit, view, id: idOf(hit, view, bytes), ...(bytes === undefined ? {} : { bytes }) });
    }
  }
  return kept;
}

/** The same in the same piece; nothing of the value. */
function idOf({ code, from }: Hit, { where }: View, bytes: readonly [number, number] | undefined): string {
  const place = createHash('sha256')
    .update(`${where}\n${bytes?.[0] ?? `t${from}`}`)
    .digest('hex');
  return `${code}-${place.slice(0, 8)}`;
}

/** Every hit of a piece, in order. */
export function allHits({ hits, children }: Looked): readonly PlacedHit[] {
  return [...hits, ...children.flatMap(({ looked }) => allHits(looked))];
}

/** What the guard says of a piece. */
export async function lookAt(
  piece: GuardedPiece,
  known: KnownPeople,
): Promise<Pick<GuardNotes, 'alarms' | 'notLookedInto'>> {
  const { looked, unseen } = await lookInto(piece, known);
  const hits = allHits(looked);
  const alarms = hits.slice(0, MOST_ALARMS).map((hit) => alarmOf(hit, piece.name));
  if (hits.length > MOST_ALARMS) {
    alarms.push({
      id: 'AUTRES_ALERTES',
      code: 'AUTRES_ALERTES',
      where: piece.name,
      message: `${hits.length - MOST_ALARMS} autres. ${MESSAGES.AUTRES_ALERTES}`,
      maskable: hits.every(({ bytes }) => bytes !== undefined),
    });
  }
  return { alarms, notLookedInto: unseen };
}

/** An alarm as it is told: where, never what. */
export function alarmOf({ id, code, view, from, bytes }: PlacedHit, name: string): SeenAlarm {
  const before = view.text.slice(0, from);
  const line = before.split('\n').length;
  const column = from - (before.lastIndexOf('\n') + 1) + 1;
  const place = view.where === '' ? name : view.where;
  return {
    id,
    code,
    where: `${place}, ligne ${line}`,
    line,
    column,
    message: MESSAGES[code],
    maskable: bytes !== undefined,
  };
}
