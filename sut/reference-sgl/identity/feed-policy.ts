import type { IdentityProof, Patient, Traits } from '../model/index.ts';
import type { FeedContext, FeedDecision, FeedTask, FeedVerification, IdentityFeed } from './feed.ts';
import { isAttachable } from './machine.ts';
import { changedTraits, isStrict, strictForm, TRAIT_LABELS } from './traits.ts';

const CHECK = 'identite-a-verifier';
const OUT = 'donnee-non-integree';

/**
 * Whether INSi must be asked at once about the INS of a message: one that comes from another domain, unless we hold it
 * already, retrieved or qualified. Nothing is asked about a doubtful or fictive identity (rule 25), nor about a number
 * that cannot be one.
 * Source: INS implementation guide, rules 30, 52 and 53.
 */
export function needsVerification(feed: IdentityFeed, context: FeedContext): boolean {
  const { ins } = feed;
  if (feed.kind !== 'identite' || !ins || isOurRepository(feed, context)) return false;
  if (!isAttachable(ins)) return false;
  if ((context.known?.flags.length ?? 0) > 0 && !context.faults.has('hl7-verifie-douteuse')) return false;
  if (context.faults.has('hl7-sans-verification')) return false;
  return !alreadyHeld(feed, context.known);
}

/**
 * What to take from a message of another system.
 *
 * Our own repository is believed: its INS is kept when, and only when, it says `VALI`. Anybody else is checked with INSi:
 * OK attaches the INS as retrieved (qualified when our own document vouches for the same traits, or when the contract of
 * trust of rule 30 applies), KO takes nothing for a person known and creates without INS a person unknown, each with a
 * task; so does the absence of an answer, to be checked later.
 * Source: INS implementation guide, rules 25, 26, 30, 51, 52, 53, 55; INS/va1.73 (PID-32 and A47).
 */
export function decideFeed(feed: IdentityFeed, context: FeedContext, verification: FeedVerification): FeedDecision {
  switch (feed.kind) {
    case 'retrait-ins':
      return decideRemoval(feed, context);
    case 'fusion':
      return isOurRepository(feed, context)
        ? { action: 'fusionner', message: 'Identités fusionnées à la demande du référentiel.' }
        : nothing(OUT, "Fusion demandée par un autre domaine d'identification : à traiter à la main.");
    case 'identite':
      return isOurRepository(feed, context)
        ? fromRepository(feed, context)
        : fromElsewhere(feed, context, verification);
  }
}

function isOurRepository({ identifier }: IdentityFeed, { role, domain }: FeedContext): boolean {
  return role === 'esclave' && identifier.authority === domain;
}

function alreadyHeld({ ins }: IdentityFeed, known: Patient | undefined): boolean {
  const held = known?.status === 'recuperee' || known?.status === 'qualifiee' ? known.ins : undefined;
  return held !== undefined && held.matricule === ins?.matricule && held.oid === ins.oid;
}

/** INS/va1.73: created, updated or taken away as the repository says. */
function fromRepository(feed: IdentityFeed, { known, faults }: FeedContext): FeedDecision {
  if (faults.has('hl7-flux-ignore')) return { action: 'aucune', message: 'Message ignoré.' };
  if (known && faults.has('hl7-mise-a-jour-ignoree')) return { action: 'aucune', message: 'Mise à jour ignorée.' };
  const read = completeTraits(feed, known);
  if (typeof read === 'string') return { action: 'refuser', message: read };
  const validated = feed.reliability === 'VALI';
  const believed = validated || faults.has('hl7-garde-ins-non-validee') ? feed.ins : undefined;
  const kept = faults.has('hl7-refuse-ins-validee') ? undefined : believed;
  const ins = kept && isAttachable(kept) ? kept : undefined;
  const proof: IdentityProof = validated ? 'domaine' : 'aucune';
  const wrong: FeedTask | undefined =
    believed && !ins ? { kind: CHECK, reason: "Le matricule INS reçu du référentiel n'est pas valide." } : undefined;
  return {
    action: known ? 'mettre-a-jour' : 'creer',
    traits: read,
    ins,
    proof,
    ...(wrong && { task: wrong }),
    message: wrong?.reason ?? `Identité reçue du référentiel${ins ? ", avec l'INS" : ', sans INS'}.`,
  };
}

function decideRemoval(feed: IdentityFeed, context: FeedContext): FeedDecision {
  const { known, faults } = context;
  if (!known) return { action: 'aucune', message: "Retrait de l'INS d'une identité inconnue : sans effet." };
  if (!isOurRepository(feed, context)) {
    const same = known.ins !== undefined && known.ins.matricule === feed.removedIns?.matricule;
    const reason = "Un autre domaine d'identification a retiré l'INS de cette identité.";
    return same ? nothing(CHECK, reason) : { action: 'aucune', message: `${reason} Sans effet ici.` };
  }
  const proof = feed.reliability === 'VALI' ? 'domaine' : 'aucune';
  const ins = faults.has('hl7-garde-ins-supprimee') ? known.ins : undefined;
  return {
    action: 'mettre-a-jour',
    traits: known.traits,
    ins,
    proof,
    message: 'INS retiré à la demande du référentiel.',
  };
}

function fromElsewhere(feed: IdentityFeed, context: FeedContext, verification: FeedVerification): FeedDecision {
  const { known, faults } = context;
  const read = completeTraits(feed, known);
  if (typeof read === 'string') return { action: 'refuser', message: read };
  if (known && known.flags.length > 0) {
    return nothing(OUT, "L'identité connue est douteuse ou fictive : rien n'est repris du message.");
  }
  if (!feed.ins) return withoutIns(read, known, 'Identité reçue sans INS.');
  if (alreadyHeld(feed, known)) return withoutIns(read, known, 'INS déjà connu.');
  const answered = verification === 'indisponible' && faults.has('hl7-attache-sans-reponse') ? 'OK' : verification;
  const verdict = isAttachable(feed.ins) ? answered : 'KO';
  if (verdict === 'OK' || (verdict === 'KO' && faults.has('ins-flux-integre-ko'))) return withIns(feed, read, context);
  if (verdict === 'KO') {
    const reason = "La vérification de l'INS reçu a répondu KO";
    if (known && !faults.has('ins-flux-met-a-jour-ko')) {
      return nothing(OUT, `${reason} : l'identité n'est pas mise à jour.`);
    }
    if (faults.has('hl7-ko-non-cree')) return { action: 'aucune', message: reason };
    return created(feed, read, known, `${reason} : identité à vérifier, sans INS.`);
  }
  const reason = "L'INS reçu n'a pas pu être vérifié auprès d'INSi";
  if (known) return nothing(CHECK, `${reason} : vérification à refaire, l'identité n'est pas mise à jour.`);
  return created(feed, read, known, `${reason} : identité créée sans INS, vérification à refaire.`);
}

/** INSi said OK. */
function withIns(
  feed: IdentityFeed,
  read: Traits,
  { known, trustedDomains, directCare, faults }: FeedContext,
): FeedDecision {
  if (known?.ins) return nothing(CHECK, 'Un autre INS est déjà rattaché à cette identité : à vérifier.');
  if (faults.has('hl7-ok-sans-ins')) return withoutIns(read, known, 'Identité reçue.');
  const contract =
    !faults.has('hl7-ignore-confiance') &&
    feed.reliability === 'VALI' &&
    !directCare &&
    trustedDomains.includes(feed.identifier.authority)
      ? 'contrat'
      : undefined;
  const sameStrict = known !== undefined && !changedTraits(known.traits, read).some(isStrict);
  const mine = sameStrict && known.proof !== 'aucune' ? known.proof : undefined;
  const proof: IdentityProof = mine ?? contract ?? (faults.has('hl7-qualifie-sans-requalifier') ? 'contrat' : 'aucune');
  return {
    action: known ? 'mettre-a-jour' : 'creer',
    traits: read,
    ins: feed.ins,
    proof,
    message: `INS vérifié auprès d'INSi${contract ? ', émetteur lié par un contrat de confiance' : ''}.`,
  };
}

/** The strict traits of an identity that was checked here, or that comes from INSi, do not follow a message. */
function withoutIns(read: Traits, known: Patient | undefined, message: string): FeedDecision {
  if (!known) return { action: 'creer', traits: read, ins: undefined, proof: 'aucune', message };
  const strict = changedTraits(known.traits, read).filter(isStrict);
  const closed = known.status !== 'provisoire';
  if (closed && strict.length > 0) {
    const labels = strict.map((name) => TRAIT_LABELS[name]).join(', ');
    return nothing(OUT, `Traits différents de ceux de l'identité connue (${labels}) : rien n'est repris du message.`);
  }
  return { action: 'mettre-a-jour', traits: read, ins: known.ins, proof: known.proof, message };
}

function created(feed: IdentityFeed, read: Traits, known: Patient | undefined, reason: string): FeedDecision {
  return {
    action: known ? 'mettre-a-jour' : 'creer',
    traits: read,
    ins: undefined,
    proof: known?.proof ?? 'aucune',
    task: { kind: feed.healthData === true ? OUT : CHECK, reason },
    message: reason,
  };
}

function nothing(kind: FeedTask['kind'], reason: string): FeedDecision {
  return { action: 'aucune', task: { kind, reason }, message: reason };
}

/** The traits of the message over those we hold; what a message leaves out is not erased. French sentence when unusable. */
function completeTraits(feed: IdentityFeed, known: Patient | undefined): Traits | string {
  const read: Partial<Traits> = { ...known?.traits, ...strictForm(feed.traits) };
  const { birthName, firstNames, sex, birthDate } = read;
  const missing = (['birthName', 'firstNames', 'sex', 'birthDate'] as const).filter((name) => read[name] === undefined);
  if (birthName === undefined || firstNames === undefined || sex === undefined || birthDate === undefined) {
    return `Le message ne donne pas : ${missing.map((name) => TRAIT_LABELS[name]).join(', ')}.`;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return 'La date de naissance du message est illisible.';
  return { ...read, birthName, firstNames, sex, birthDate };
}
