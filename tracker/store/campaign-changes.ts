import type { Kysely } from 'kysely';
import { checkProfiles, profileSlug, profilesOfRem } from '#dsr/profiles/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { refusal, type Outcome } from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { campaignsFollowing, freeCampaignId, keepRem } from './campaign.ts';
import { changedMeanwhile } from './decisions.ts';
import { campaignOf, remOf, type Campaign } from './read.ts';
import type { Schema } from './schema.ts';

export interface NewCampaign {
  readonly product: string;
  readonly version: string;
  readonly rem: Rem;
  /** Slugs or names of the REM. */
  readonly profiles: readonly string[];
}

/** What is changed; what is not named stays. */
export interface CampaignChange {
  /** Whoever filed a piece may not validate it. */
  readonly fourEyes?: boolean;
  readonly profiles?: readonly string[];
}

/**
 * Opens a campaign before its first run, with every slot empty.
 *
 * @returns `CAMPAIGN_EXISTS` when that version already follows that list, `PROFILES_REFUSED` when a profile is unknown or two
 *   exclude each other
 */
export function openCampaign(db: Kysely<Schema>, given: NewCampaign, author: Author): Promise<Outcome<Campaign>> {
  return db.transaction().execute(async (trx): Promise<Outcome<Campaign>> => {
    const { product, version, rem } = given;
    const profiles = readProfiles(rem, given.profiles);
    if (!profiles.ok) return profiles;
    const [known] = await campaignsFollowing(trx, { name: product, version }, rem);
    if (known !== undefined) {
      return refusal(
        'CAMPAIGN_EXISTS',
        `${product} ${version} a déjà une campagne avec cette liste d’exigences (${known}).`,
        'Ouvrez-la, ou donnez une autre version ou une autre liste.',
      );
    }
    await keepRem(trx, rem);
    const id = await freeCampaignId(trx, { name: product, version }, rem);
    await trx
      .insertInto('campaign')
      .values({
        id,
        product,
        version,
        category: rem.category,
        wave: rem.wave,
        rem_sha256: rem.sha256,
        profiles: JSON.stringify(profiles.value),
        created_at: author.at,
        updated_at: author.at,
      })
      .execute();
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'campagne ouverte',
        subject: id,
        campaign: id,
        detail: `${product} ${version}, ${rem.category} ${rem.wave}, ${rem.source}`,
      },
    ]);
    const campaign = await campaignOf(trx, id);
    if (campaign === undefined) throw new Error('la campagne écrite ne se relit pas');
    return { ok: true, value: campaign };
  });
}

/**
 * Settles a campaign.
 *
 * @param seen revision that the person saw
 * @returns `CAMPAIGN_UNKNOWN`, `PROFILES_REFUSED`
 * @throws {TrackerStoreError} `CHANGED_MEANWHILE`
 */
export function changeCampaign(
  db: Kysely<Schema>,
  place: { readonly id: string; readonly seen: number },
  change: CampaignChange,
  author: Author,
): Promise<Outcome<Campaign>> {
  return db.transaction().execute(async (trx): Promise<Outcome<Campaign>> => {
    const { id, seen } = place;
    const former = await campaignOf(trx, id);
    const rem = former && (await remOf(trx, former.remSha256));
    if (former === undefined || rem === undefined) {
      return refusal(
        'CAMPAIGN_UNKNOWN',
        `Aucune campagne ne porte l’identifiant ${id}.`,
        'Choisissez-la dans la liste des campagnes.',
      );
    }
    if (former.revision !== seen) throw changedMeanwhile(`La campagne ${id}`);
    const profiles = change.profiles === undefined ? undefined : readProfiles(rem, change.profiles);
    if (profiles?.ok === false) return profiles;
    const next: Campaign = {
      ...former,
      fourEyes: change.fourEyes ?? former.fourEyes,
      profiles: profiles?.value ?? former.profiles,
      updatedAt: author.at,
      revision: seen + 1,
    };
    await trx
      .updateTable('campaign')
      .set({
        four_eyes: Number(next.fourEyes),
        profiles: JSON.stringify(next.profiles),
        updated_at: next.updatedAt,
        revision: next.revision,
      })
      .where('id', '=', id)
      .execute();
    const told = ({ fourEyes, profiles: declared }: Campaign): string =>
      JSON.stringify({ fourEyes, profiles: declared });
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'campagne réglée',
        subject: id,
        campaign: id,
        detail: '',
        before: told(former),
        after: told(next),
      },
    ]);
    return { ok: true, value: next };
  });
}

/** Slugs of profiles that the list has, and that go together. */
function readProfiles(rem: Rem, written: readonly string[]): Outcome<readonly string[]> {
  const problems = checkProfiles(profilesOfRem(rem), written);
  const [first] = problems;
  if (first === undefined) return { ok: true, value: [...new Set(written.map(profileSlug))] };
  return refusal('PROFILES_REFUSED', problems.map(({ message }) => message).join(' '), first.remedy);
}
