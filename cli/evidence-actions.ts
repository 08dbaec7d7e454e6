import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, resolve } from 'node:path';
import { referenceLabels } from '#dsr/references/index.ts';
import { findSlot, type Rem } from '#dsr/rem/index.ts';
import type { Desk, Evidence } from '#evidence/intake/index.ts';
import { count, size } from '#reports/words/index.ts';
import { EXIT, type Outcome } from '#tracker/domain/index.ts';
import type { Author, Campaign, ChangedEvidence, StoredEvidence, Tracker, WantedSlot } from '#tracker/store/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { deskOf } from './open-desk.ts';
import { withCampaign } from './with-campaign.ts';
import { oneLine, tableLines, terminalWidth } from './table.ts';
import { VERSION } from './version.ts';

interface Who {
  readonly by?: string;
}

interface Where {
  readonly campaign?: string;
}

export interface AddOptions extends Who, Where {
  readonly slot?: readonly string[];
  readonly caption?: string;
  readonly datedOn?: string;
  readonly mask?: boolean;
}

export interface SettleOptions extends Who {
  readonly mask?: boolean;
  readonly alarm?: readonly string[];
  readonly reason?: string;
}

export interface FileOptions extends Who, Where {
  readonly slot: readonly string[];
  readonly stillHolds?: string;
}

export interface WithdrawOptions extends Who, Where {
  readonly slot: string;
  readonly reason: string;
}

/** What became of one file. */
interface Told {
  readonly file: string;
  readonly evidence: Evidence;
  readonly slots: readonly string[];
}

/** `jalon evidence add`. @returns `EXIT.proofs` when the guard holds one of the files: it is in no slot yet */
export function add(context: CliContext, files: readonly string[], options: AddOptions): Promise<number> {
  return withCampaign(context, options.campaign, async ({ tracker, campaign, rem, dataDir }) => {
    const slots = wantedSlots(rem, options.slot ?? []);
    const paths = await Promise.all(files.map(readable));
    const { desk } = await deskOf(dataDir);
    const author = authorOf(context, options);
    const told: Told[] = [];
    for (const path of paths) {
      let evidence = await desk.takeIn(createReadStream(path), {
        name: basename(path),
        caption: options.caption ?? '',
        operator: author.by,
        at: context.now().toISOString(),
        facts: factsOf(campaign, rem),
        ...(options.datedOn === undefined ? {} : { datedOn: options.datedOn }),
      });
      if (evidence.shared === undefined && options.mask === true) evidence = await desk.mask(evidence);
      const { stored, moved } = granted(await tracker.addEvidence({ evidence, campaign: campaign.id, slots }, author));
      told.push({ file: path, evidence: stored.evidence, slots: moved.map(({ slot }) => slot) });
    }
    context.out(
      context.json ? `${JSON.stringify({ evidence: told.map(toldDocument) })}\n` : told.map(toldLines).join(''),
    );
    return told.some(({ evidence }) => evidence.shared === undefined) ? EXIT.proofs : EXIT.ok;
  });
}

/** `jalon evidence list`. */
export function list(context: CliContext, options: Where & { readonly held?: boolean }): Promise<number> {
  return withCampaign(context, options.campaign, async ({ tracker, campaign }) => {
    const all = (await tracker.evidenceOfCampaign(campaign.id)).filter(
      ({ evidence }) => options.held !== true || evidence.shared === undefined,
    );
    if (context.json) {
      context.out(`${JSON.stringify({ campaign: campaign.id, evidence: all.map(storedDocument) })}\n`);
      return EXIT.ok;
    }
    if (all.length === 0) {
      context.out(
        `Aucune pièce ${options.held === true ? 'retenue' : 'apportée'} dans la campagne ${campaign.id}. Suite : npm run jalon -- evidence add FICHIER --slot N°\n`,
      );
      return EXIT.ok;
    }
    const columns = [
      { header: 'Pièce' },
      { header: 'Fichier', least: 12, worth: 1 },
      { header: 'Taille', align: 'right' },
      { header: 'État' },
      { header: 'Preuves', least: 16, worth: 2 },
    ] as const;
    const rows = all.map(({ evidence, filings, wanted }) => [
      evidence.id,
      evidence.name,
      size(evidence.original.size),
      stateOf(evidence),
      filings.length > 0
        ? filings.map(({ slot }) => slot).join(', ')
        : wanted.length > 0
          ? `attend : ${wanted.map(({ slot }) => slot).join(', ')}`
          : 'aucune',
    ]);
    context.out(`${tableLines(columns, rows, terminalWidth()).join('\n')}\n`);
    for (const { evidence } of all) if (evidence.shared === undefined) context.out(alarmLines(evidence));
    return EXIT.ok;
  });
}

/** `jalon evidence mask` and `jalon evidence declare`. @returns `EXIT.proofs` while the guard still holds the piece */
export function settle(context: CliContext, id: string, options: SettleOptions): Promise<number> {
  return withPiece(context, id, options, async ({ tracker, desk, stored, author }) => {
    const { evidence, revision } = stored;
    const alarms = options.alarm ?? (options.reason === undefined ? [] : evidence.guard.alarms.map((one) => one.id));
    const declared = desk.declare(
      evidence,
      alarms.map((alarm) => ({ alarm, reason: options.reason ?? '', ...author })),
    );
    const settled = options.mask === true ? await desk.mask(declared) : declared;
    const changed = granted(await tracker.settleEvidence({ evidence: settled, seen: revision }, author));
    tell(context, changed);
    return changed.stored.evidence.shared === undefined ? EXIT.proofs : EXIT.ok;
  });
}

/** `jalon evidence file`. */
export function file(context: CliContext, id: string, options: FileOptions): Promise<number> {
  return withCampaign(context, options.campaign, async ({ tracker, campaign, rem }) => {
    const { stillHolds } = options;
    const slots = wantedSlots(rem, options.slot).map((one) => ({
      ...one,
      ...(stillHolds === undefined ? {} : { stillHolds }),
    }));
    tell(
      context,
      granted(await tracker.fileEvidence({ id, campaign: campaign.id, slots }, authorOf(context, options))),
    );
    return EXIT.ok;
  });
}

/** `jalon evidence withdraw`. */
export function withdraw(context: CliContext, id: string, options: WithdrawOptions): Promise<number> {
  return withCampaign(context, options.campaign, async ({ tracker, campaign, rem }) => {
    const { slot } = placeIn(rem, options.slot);
    const order = {
      id,
      campaign: campaign.id,
      slot: slot.id,
      evidenceClass: slot.evidenceClass,
      reason: options.reason,
    };
    tell(context, granted(await tracker.withdrawEvidence(order, authorOf(context, options))));
    return EXIT.ok;
  });
}

/** `jalon evidence remove`. */
export function remove(context: CliContext, id: string, options: Who & { readonly reason: string }): Promise<number> {
  return withPiece(context, id, options, async ({ tracker, desk, stored, author }) => {
    await desk.forget(granted(await tracker.removeEvidence({ id, reason: options.reason }, author)));
    context.out(context.json ? `${JSON.stringify({ removed: id })}\n` : `« ${stored.evidence.name} » est oubliée.\n`);
    return EXIT.ok;
  });
}

interface PieceWork {
  readonly tracker: Tracker;
  readonly desk: Desk;
  readonly stored: StoredEvidence;
  readonly author: Author;
}

function withPiece(
  context: CliContext,
  id: string,
  options: Who,
  work: (given: PieceWork) => Promise<number>,
): Promise<number> {
  return withCampaign(context, undefined, async ({ tracker, dataDir }) => {
    const stored = await tracker.evidence(id);
    if (stored === undefined) {
      throw new CliError(
        'EVIDENCE_UNKNOWN',
        EXIT.usage,
        `Aucune pièce ${oneLine(id).slice(0, 40)} n’est là.`,
        'Les pièces : « npm run jalon -- evidence list ».',
      );
    }
    const { desk } = await deskOf(dataDir);
    return work({ tracker, desk, stored, author: authorOf(context, options) });
  });
}

function authorOf(context: CliContext, { by }: Who): Author {
  return { by: by ?? userInfo().username, at: context.now().toISOString() };
}

function factsOf(campaign: Campaign, rem: Rem): Pick<Evidence, 'product' | 'rem' | 'benchVersion'> {
  const { category, wave, source, sha256 } = rem;
  return {
    product: { name: campaign.product, version: campaign.version },
    rem: { category, wave, source, sha256 },
    benchVersion: VERSION,
  };
}

/** Before anything is read: a mistyped file must not stop the third of ten. */
async function readable(given: string): Promise<string> {
  const path = resolve(given);
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError('FICHIER_ABSENT', EXIT.usage, `« ${given} » ne se lit pas.`, 'Vérifiez son chemin.', { cause });
  });
  if (found.isFile()) return path;
  throw new CliError(
    'FICHIER_ABSENT',
    EXIT.usage,
    `« ${given} » n’est pas un fichier.`,
    'Donnez les fichiers un par un.',
  );
}

function placeIn(rem: Rem, id: string): NonNullable<ReturnType<typeof findSlot>> {
  const place = findSlot(rem, id);
  if (place !== undefined) return place;
  throw new CliError(
    'PREUVE_INCONNUE',
    EXIT.usage,
    `La REM de la campagne n’a pas de preuve « ${oneLine(id).slice(0, 60)} ».`,
    'Les numéros : « npm run jalon -- rem list ».',
  );
}

function wantedSlots(rem: Rem, ids: readonly string[]): readonly WantedSlot[] {
  const places = ids.map((id) => placeIn(rem, id));
  return [...new Map(places.map((place) => [place.slot.id, place])).values()].map(({ slot, requirement }) => ({
    slot: slot.id,
    references: referenceLabels(requirement.references ?? [], rem.category, rem.wave),
  }));
}

function granted<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  const { code, message, remedy } = outcome.refusal;
  throw new CliError(code, EXIT.usage, message, remedy);
}

function tell(context: CliContext, { stored, moved }: ChangedEvidence): void {
  const { evidence } = stored;
  if (context.json) {
    context.out(`${JSON.stringify({ evidence: storedDocument(stored), moved })}\n`);
    return;
  }
  context.out(`${evidence.id}  ${evidence.name} : ${stateOf(evidence)}\n`);
  for (const { slot, state } of moved) context.out(`  ${slot} : ${state}\n`);
  if (evidence.shared === undefined) context.out(alarmLines(evidence));
}

function stateOf({ shared, original, guard }: Evidence): string {
  if (shared === undefined) return `retenue (${count(guard.alarms.length - guard.falseAlarms.length, 'alerte')})`;
  return shared.sha256 === original.sha256 ? 'partageable' : 'masquée';
}

function toldLines({ evidence, slots }: Told): string {
  const head = `${evidence.id}  ${evidence.name}, ${size(evidence.original.size)}, SHA-256 ${evidence.original.sha256}\n`;
  if (evidence.shared === undefined) return head + alarmLines(evidence);
  const where = slots.length === 0 ? 'dans aucune preuve : versez-la par « evidence file »' : slots.join(', ');
  const unseen = evidence.guard.notLookedInto.map((one) => `  Non regardé : ${one.where}, ${one.why}\n`).join('');
  return `${head}  ${stateOf(evidence)}, ${where}\n${unseen}`;
}

function alarmLines({ id, guard }: Evidence): string {
  const declared = new Set(guard.falseAlarms.map(({ alarm }) => alarm));
  const lines = guard.alarms
    .filter((alarm) => !declared.has(alarm.id))
    .map(({ id: alarm, where, message }) => `  ${alarm}  ${oneLine(where)} : ${oneLine(message)}\n`);
  return `${lines.join('')}  ${id} est retenue : « evidence mask ${id} », ou « evidence declare ${id} --reason … »\n`;
}

function toldDocument({ file: path, evidence, slots }: Told): object {
  return { file: path, ...evidenceDocument(evidence), slots };
}

function storedDocument({ evidence, filings, wanted, revision }: StoredEvidence): object {
  return {
    ...evidenceDocument(evidence),
    slots: filings.map(({ slot }) => slot),
    wanted: wanted.map(({ slot }) => slot),
    revision,
  };
}

function evidenceDocument({ id, name, mediaType, original, shared, guard }: Evidence): object {
  return {
    id,
    name,
    mediaType,
    size: original.size,
    sha256: shared?.sha256 ?? null,
    originalSha256: original.sha256,
    held: shared === undefined,
    masked: shared !== undefined && shared.sha256 !== original.sha256,
    alarms: guard.alarms,
    falseAlarms: guard.falseAlarms,
    notLookedInto: guard.notLookedInto,
    masks: guard.masks,
  };
}
