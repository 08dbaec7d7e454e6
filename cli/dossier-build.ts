import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parisDay } from '#dsr/dates/index.ts';
import { openSigner, shownFingerprint, writeSealed, type Timestamper } from '#evidence/sealed/index.ts';
import {
  aboutDossier,
  dossierEntries,
  mayLeave,
  standingOf,
  type Standing,
  type UnsafePiece,
} from '#reports/dossier/index.ts';
import { count, size } from '#reports/words/index.ts';
import { EXIT, type DueSlot } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { DOSSIER_KEY } from './dossier-key.ts';
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

/** `jalon dossier status`. @returns `EXIT.proofs` when something is missing */
export function status(context: CliContext, options: Omit<BuildOptions, 'out'>): Promise<number> {
  return withCampaign(context, options.campaign, async (work) => {
    const found = await standing(context, work, options);
    const { complete } = found;
    context.out(
      context.json
        ? `${JSON.stringify({ campaign: work.campaign.id, complete, ...lists(found), sha256: null })}\n`
        : lackText(found),
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
      const found = await standing(context, work, options);
      const { complete, input } = found;
      if (!mayLeave(found, options.partial === true)) {
        progress.end();
        const more = mayLeave(found, true) ? 'Pour l’écrire tel quel, marqué comme partiel : --partial.\n' : '';
        if (context.json) context.out(`${JSON.stringify({ complete, ...lists(found), sha256: null, file: null })}\n`);
        else context.err(`${lackText(found)}${more}`);
        return EXIT.proofs;
      }
      const signer = await openSigner(
        options.key === undefined ? join(work.dataDir, DOSSIER_KEY) : resolve(options.key),
      );
      const timestamp = await timestamper(options);
      progress.phase('Écriture du dossier');
      const written = await writeSealed(out, dossierEntries(input), aboutDossier(input), {
        signer,
        ...(timestamp === undefined ? {} : { timestamp }),
      });
      progress.end();
      context.out(
        context.json
          ? `${JSON.stringify({ complete, ...lists(found), sha256: written.sha256, file: out, size: written.size, files: written.files, signer: written.fingerprint })}\n`
          : [
              `Dossier ${complete ? 'complet' : 'partiel'} : ${out}, ${count(written.files, 'fichier')}, ${size(written.size)}`,
              `  SHA-256 ${written.sha256}`,
              `  Signé ; empreinte de la clé à donner par un autre canal : ${shownFingerprint(written.fingerprint)}`,
              complete ? '' : lackText(found),
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

async function standing(
  context: CliContext,
  { tracker, campaign, rem, dataDir }: CampaignWork,
  { section }: Pick<BuildOptions, 'section'>,
): Promise<Standing> {
  refuseUnknownSections(
    section ?? [],
    rem.requirements.map((one) => one.section),
  );
  const now = context.now();
  const { desk } = await deskOf(dataDir);
  return standingOf(
    { tracker, desk, guard: await guardOfBench() },
    {
      campaign,
      rem,
      today: parisDay(now),
      benchVersion: VERSION,
      ...(section === undefined ? {} : { sections: section }),
    },
    { by: 'jalon dossier', at: now.toISOString() },
  );
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
