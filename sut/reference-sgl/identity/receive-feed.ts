import type { Ins, Patient, Traits } from '../model/index.ts';
import { decideFeed, needsVerification } from './feed-policy.ts';
import type { FeedContext, FeedDecision, FeedOutcome, FeedVerification, IdentityFeed } from './feed.ts';
import { matchFeed } from './matching.ts';
import type { Patients } from './patients.ts';
import type { SettingsBook } from './settings.ts';
import { strictForm } from './traits.ts';
import type { Worklist } from './worklist.ts';

/** Asks INSi whether this INS and these traits are one person, and writes the call in its journal. Never throws. */
export type VerifyReceived = (
  identity: { ins: Ins; traits: Partial<Traits> },
  patientId: string,
  user: string,
) => Promise<Exclude<FeedVerification, 'non-faite'>>;

export interface FeedDeps {
  patients: Patients;
  settings: SettingsBook;
  worklist: Worklist;
  verify: VerifyReceived;
  faults: ReadonlySet<string>;
  now: () => Date;
}

/** How late what a fault does afterwards is. */
const LATE_MS = 300;

/** Who acts when nobody does: the interface itself. */
export const FEED_USER = 'interface-hl7';

/**
 * Takes in what a message says of a person: matches it with an identity, asks INSi when the policy wants it, does what the
 * policy decides, puts in the worklist what waits for a person. Never throws for what the message says.
 */
export async function receiveFeed(feed: IdentityFeed, deps: FeedDeps): Promise<FeedOutcome> {
  const { patients, settings, verify, faults } = deps;
  const { domain } = settings.current();
  const find = (): Patient | undefined => matchFeed(feed, patients.list(), domain, faults);
  const context = (known: Patient | undefined): FeedContext => ({ ...settings.current(), known, faults });

  if (faults.has('hl7-message-perdu')) return { action: 'aucune', accepted: true, message: 'Message pris en charge.' };
  if (faults.has('hl7-qualifie-apres-accuse')) {
    const trusting = { ...deps, faults: new Set(['hl7-qualifie-sans-requalifier']) };
    setTimeout(() => void receiveFeed(feed, trusting), LATE_MS).unref();
    return { action: 'aucune', accepted: true, message: 'Message pris en charge.' };
  }
  let known = find();
  let verification: FeedVerification = 'non-faite';
  const id = known?.id ?? patients.nextId();
  if (feed.ins && needsVerification(feed, context(known))) {
    const traits = {
      ...known?.traits,
      ...strictForm(feed.traits),
      ...(faults.has('hl7-verifie-autres-traits') && { firstNames: ['CAMILLE'], birthPlace: '01004' }),
    };
    verification = await verify({ ins: feed.ins, traits }, id, FEED_USER);
    // The identity may have changed, or been created by another message, while INSi was answering.
    known = find();
  } else if (faults.has('hl7-sans-verification')) verification = 'OK';
  const held = known?.ins;
  if (known && held && faults.has('hl7-reverifie-ensuite')) {
    const { id: heldId, traits } = known;
    setTimeout(() => void verify({ ins: held, traits }, heldId, FEED_USER), LATE_MS).unref();
  }
  return carryOut(decideFeed(feed, context(known), verification), feed, { id: known?.id ?? id, known }, deps);
}

function carryOut(
  decision: FeedDecision,
  feed: IdentityFeed,
  { id, known }: { id: string; known: Patient | undefined },
  { patients, worklist, faults, now }: FeedDeps,
): FeedOutcome {
  const { action, message } = decision;
  let held = known;
  switch (decision.action) {
    case 'refuser':
      return { action, accepted: false, message };
    case 'creer':
      held = patients.adopt(id, decision, FEED_USER);
      patients.number(id, feed.identifier);
      break;
    case 'mettre-a-jour': {
      const { traits, ins, proof } = decision;
      const transition = patients.apply(id, { kind: 'flux', traits, ins, proof }, FEED_USER);
      if (transition.kind === 'refuse') return { action: 'aucune', accepted: true, patientId: id, message };
      patients.number(id, feed.identifier);
      break;
    }
    case 'fusionner':
      held = known ?? mergeAlone(feed, patients);
      if (held && feed.prior) patients.merge(held.id, feed.prior, FEED_USER);
      if (held) patients.number(held.id, feed.identifier);
      break;
    case 'aucune':
      break;
  }
  if ('task' in decision && decision.task && !faults.has('hl7-ko-sans-tache')) {
    worklist.add({ at: now(), ...decision.task, ...(held && { patientId: held.id }), messageId: feed.messageId });
  }
  const patient = held && patients.get(held.id);
  return { action, accepted: true, ...(patient && { patientId: patient.id, status: patient.status }), message };
}

/** The survivor is unknown: the identity that disappears takes its identifier. */
function mergeAlone(feed: IdentityFeed, patients: Patients): Patient | undefined {
  const { prior } = feed;
  return prior && patients.search({ identifier: prior })[0];
}
