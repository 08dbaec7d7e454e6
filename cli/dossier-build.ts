import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parisDay } from '#dsr/dates/index.ts';
import { openSigner, shownFingerprint, writeSealed, type Timestamper } from '#evidence/sealed/index.ts';
import type { Guard } from '#evidence/intake/index.ts';
import { dossierEntries, readDossier, type DossierInput, type DossierPiece } from '#reports/dossier/index.ts';
import { count, size } from '#reports/words/index.ts';
import { EXIT, type DueSlot } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { deskOf, guardOfBench } from './open-desk.ts';
import { createProgress } from './progress.ts';
import { oneLine } from './table.ts';
import { VERSION } from './version.ts';
import { withCampaign, type CampaignWork } from './with-campaign.ts';

export interface BuildOptions {
  readonly out: string;
  readonly section?: readonly string[];
  readonly partial?: boolean;
  readonly key?: string;
  readonly tsa?: string;
  readonly tsaCa?: readonly string[];
  readonly tsaPolicy?: string;
  readonly force?: boolean;
  readonly campaign?: string;
}

/** Name of the key of the vendor in the working folder. */
const KEY = 'cle-dossier.pem';
/** A text longer than that is not looked into again: it was held or declared when it was brought. */
const LOOKED_INTO = 64 * 1024 * 1024;

/** A piece that must not leave as it is. */
interface UnsafePiece {
  readonly slot: string;
  readonly piece: string;
  /** French. */
  readonly reason: string;
}

/** What the dossier lacks, as the commands say it. */
interface Standing {
  readonly input: DossierInput;
  /** Shared renderings in which the guard still sees something. */
  readonly unmasked: readonly UnsafePiece[];
  /** Pieces whose bytes are gone or changed. */
  readonly broken: readonly UnsafePiece[];
  /** Brought, and held by the guard. */
  readonly held: readonly { readonly id: string; readonly name: string; readonly wanted: readonly string[] }[];
}

/** `jalon dossier status`. @returns `EXIT.proofs` when something is missing */
export function status(context: CliContext, options: Omit<BuildOptions, 'out'>): Promise<number> {
  return withCampaign(context, options.campaign, async (work) => {
    const standing = await standingOf(context, work, options);
    const complete = isComplete(standing);
    context.out(
      context.json
        ? `${JSON.stringify({ campaign: work.campaign.id, complete, ...lists(standing), sha256: null })}\n`
        : lackText(standing),
    );
    return complete ? EXIT.ok : EXIT.proofs;
  });
}

/** `jalon dossier build`. @returns `EXIT.proofs` when something is missing, whether a partial dossier was written or not */
export function build(context: CliContext, options: BuildOptions): Promise<number> {
  const out = refuseTarget(options);
  return withCampaign(context, options.campaign, async (work) => {
    const progress = createProgress(context);
    try {
      progress.phase('Relecture des pièces');
      const standing = await standingOf(context, work, options);
      const complete = isComplete(standing);
      const unsafe = standing.broken.length + standing.unmasked.length > 0;
      // What would leak, or is no longer what was sealed, is in no dossier, partial or not.
      if (unsafe || (!complete && options.partial !== true)) {
        progress.end();
        if (context.json)
          context.out(`${JSON.stringify({ complete, ...lists(standing), sha256: null, file: null })}\n`);
        else
          context.err(
            `${lackText(standing)}${unsafe ? '' : 'Pour l’écrire tel quel, marqué comme partiel : --partial.\n'}`,
          );
        return EXIT.proofs;
      }
      const { campaign, rem, dataDir } = work;
      const signer = await openSigner(options.key === undefined ? join(dataDir, KEY) : resolve(options.key));
      const timestamp = await timestamper(options);
      progress.phase('Écriture du dossier');
      const about = {
        complete,
        campaign: campaign.id,
        product: { name: campaign.product, version: campaign.version },
        rem: { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 },
        asOf: standing.input.asOf,
        benchVersion: VERSION,
        ...(options.section === undefined ? {} : { sections: options.section }),
      };
      const input: DossierInput = { ...standing.input, partial: !complete };
      const written = await writeSealed(out, dossierEntries(input), about, {
        signer,
        ...(timestamp === undefined ? {} : { timestamp }),
      });
      progress.end();
      context.out(
        context.json
          ? `${JSON.stringify({ complete, ...lists(standing), sha256: written.sha256, file: out, size: written.size, files: written.files, signer: written.fingerprint })}\n`
          : [
              `Dossier ${complete ? 'complet' : 'partiel'} : ${out}, ${count(written.files, 'fichier')}, ${size(written.size)}`,
              `  SHA-256 ${written.sha256}`,
              `  Signé ; empreinte de la clé à donner par un autre canal : ${shownFingerprint(written.fingerprint)}`,
              complete ? '' : lackText(standing),
            ]
              .filter((line) => line !== '')
              .join('\n')
              .replace(/\n?$/u, '\n'),
      );
      return complete ? EXIT.ok : EXIT.proofs;
    } finally {
      progress.end();
    }
  });
}

async function standingOf(
  context: CliContext,
  { tracker, campaign, rem, dataDir }: CampaignWork,
  { section }: Pick<BuildOptions, 'section'>,
): Promise<Standing> {
  refuseUnknownSections(
    section ?? [],
    rem.requirements.map((one) => one.section),
  );
  const author = { by: 'jalon dossier', at: context.now().toISOString() };
  await tracker.refreshSlots({ campaign: campaign.id, rem, today: parisDay(context.now()) }, author);
  const { desk } = await deskOf(dataDir);
  const input = await readDossier(
    { tracker, openEvidence: (sealed) => desk.open(sealed) },
    { campaign, rem, partial: true, benchVersion: VERSION, ...(section === undefined ? {} : { sections: section }) },
  );
  const held = (await tracker.evidenceOfCampaign(campaign.id))
    .filter(({ evidence }) => evidence.shared === undefined)
    .map(({ evidence, wanted }) => ({ id: evidence.id, name: evidence.name, wanted: wanted.map(({ slot }) => slot) }));
  return { input, held, ...(await lookAgain(input, await guardOfBench())) };
}

/** Every piece that would leave is read once more: it is the one that was sealed, and nothing in it has to be masked. */
async function lookAgain(input: DossierInput, guard: Guard): Promise<Pick<Standing, 'unmasked' | 'broken'>> {
  const unmasked: UnsafePiece[] = [];
  const broken: UnsafePiece[] = [];
  const seen = new Map<string, readonly string[]>();
  for (const { requirements } of input.chapters) {
    for (const { slot, pieces } of requirements.flatMap(({ conformity }) => conformity.flatMap(({ slots }) => slots))) {
      for (const piece of pieces) {
        const name = nameOf(piece);
        try {
          // A piece of a person is one file of the vault, whatever the slots; each piece of the bench is a file of its own.
          const file = piece.by === 'personne' ? piece.sha256 : `${slot.id}/${name}`;
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

/** @returns the bytes when they are kept @throws {CliError} when they are not those that were sealed */
async function sealedBytes(piece: DossierPiece, kept: boolean): Promise<Buffer | undefined> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  for await (const chunk of piece.open()) {
    hash.update(chunk);
    if (kept) chunks.push(chunk);
  }
  if (hash.digest('hex') === piece.sha256) return kept ? Buffer.concat(chunks) : undefined;
  throw new CliError(
    'PIECE_MODIFIEE',
    EXIT.proofs,
    'Elle n’est plus celle qui a été scellée.',
    'Reprenez-la d’une sauvegarde.',
  );
}

function nameOf(piece: DossierPiece): string {
  return piece.by === 'banc' ? piece.provenance.file : piece.evidence.name;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'Le fichier n’est plus dans le dossier de l’exécution.' : message;
}

function isComplete({ input, unmasked, broken }: Standing): boolean {
  return input.readiness.complete && unmasked.length === 0 && broken.length === 0;
}

function lists({ input, unmasked, broken, held }: Standing): object {
  const { missing, stale, rehearsalOnly, toReview, total, ready } = input.readiness;
  return { missing, stale, rehearsalOnly, toReview, unmasked, broken, held, total, ready: ready.length };
}

function lackText({ input, unmasked, broken, held }: Standing): string {
  const { readiness, sections } = input;
  const { ready, total } = readiness;
  const scope = sections === undefined ? '' : ` (${sections.join(', ')})`;
  const lines = [`${count(ready.length, 'preuve prête', 'preuves prêtes')} sur ${total}${scope}.`];
  const slots = (title: string, list: readonly DueSlot[]): void => {
    if (list.length === 0) return;
    lines.push(`${title} (${list.length})`);
    for (const { slot, title: name, reason } of list)
      lines.push(`  ${slot}  ${oneLine(reason === '' ? name : `${name} : ${reason}`)}`);
  };
  slots('Manquantes', readiness.missing);
  slots('Périmées', readiness.stale);
  slots(
    'Seulement rejouées : la preuve officielle est une référence externe ou la pièce d’une personne',
    readiness.rehearsalOnly,
  );
  slots('À revoir', readiness.toReview);
  const unsafe = (title: string, list: readonly UnsafePiece[]): void => {
    if (list.length === 0) return;
    lines.push(`${title} (${list.length})`);
    for (const { slot, piece, reason } of list) lines.push(`  ${slot}  ${oneLine(piece)} : ${oneLine(reason)}`);
  };
  unsafe('Mal masquées : elles ne partent pas', unmasked);
  unsafe('Absentes ou changées depuis qu’elles ont été scellées', broken);
  if (held.length > 0) {
    lines.push(`Retenues par le garde (${held.length})`);
    for (const { id, name, wanted } of held)
      lines.push(`  ${id}  ${oneLine(name)}${wanted.length === 0 ? '' : ` pour ${wanted.join(', ')}`}`);
  }
  return `${lines.join('\n')}\n`;
}

async function timestamper({ tsa, tsaCa = [], tsaPolicy }: BuildOptions): Promise<Timestamper | undefined> {
  if (tsa === undefined) return undefined;
  if (!/^https?:$/u.test(URL.canParse(tsa) ? new URL(tsa).protocol : '')) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `« ${tsa} » n’est pas une adresse http ou https.`,
      'Donnez celle de l’autorité d’horodatage.',
    );
  }
  const { timestampClient } = await import('#evidence/sealed/timestamp/index.ts');
  const authorities = await Promise.all(tsaCa.map((file) => readFile(file, 'utf8')));
  return timestampClient({ url: tsa, authorities, ...(tsaPolicy === undefined ? {} : { policy: tsaPolicy }) });
}

function refuseUnknownSections(asked: readonly string[], known: readonly string[]): void {
  const sections = new Set(known);
  const unknown = asked.filter((one) => !sections.has(one));
  if (unknown.length === 0) return;
  throw new CliError(
    'CHAPITRE_INCONNU',
    EXIT.usage,
    `La REM de la campagne n’a pas de chapitre ${unknown.join(', ')}.`,
    `Choisissez parmi ${[...sections].join(', ')}.`,
  );
}

/** Asked before anything is read. */
function refuseTarget({ out, force }: BuildOptions): string {
  const path = resolve(out);
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) {
    throw new CliError(
      'USAGE',
      EXIT.usage,
      `Le dossier « ${dirname(path)} » n’existe pas.`,
      'Créez-le, ou donnez un autre chemin avec --out.',
    );
  }
  if (!existsSync(path) || (force === true && statSync(path).isFile())) return path;
  throw new CliError(
    'FICHIER_EXISTANT',
    EXIT.usage,
    `« ${out} » existe déjà.`,
    'Donnez un autre nom avec --out, ou --force pour le remplacer.',
  );
}
