import { randomUUID } from 'node:crypto';
import {
  checkIdentityMessage,
  checkPid,
  MESSAGE_RULES,
  readMessageIdentity,
  type Hl7Options,
} from '#checks/hl7v2/index.ts';
import { checkInsiExchanges, type PartnerIdentity } from '#checks/ins/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Exchange, HttpExchange, StreamExchange } from '#formats/exchange/index.ts';
import { readHl7 } from '#formats/hl7v2/index.ts';
import { HL7_DOMAINS, type FeedOrder, type Hl7Domain } from '#mocks/hl7/index.ts';
import type { PatientState } from '#sut/driver/index.ts';
import { captureHl7 } from './captures.ts';
import { nonConform, unverifiable } from './failures.ts';
import { Kept } from './kept.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** One glucose, codes of public use. */
const RESULT = [
  'ORC|NW||DEM-1',
  'OBR|1||DEM-1|11502-2^CR biologie^LN|||20261122100000',
  'OBX|1|NM|2345-7^Glucose^LN||0.92|g/L|0.7-1.1||||F',
];

/** What the bench sent to the product last. */
export class PartnerFeed {
  readonly sent = new Kept<PartnerIdentity>('flux envoyé au produit');
  /** MSH-10 of the message that the product said it sent. */
  readonly emitted = new Kept<string>('message émis par le produit');
  /** Journal position just before. */
  mark = '';
  domain: Hl7Domain = HL7_DOMAINS.hopital;
  healthData = false;
  trusted = false;
  /** Number of the person in the sender's domain: a product that outlives the run never saw it. */
  readonly localId = `BANC-${randomUUID().slice(0, 13)}`;
  /** The identity before, when the product knew this person. */
  before: PatientState | undefined;
  /** Somebody else that the product knows and who looks like this person. */
  other: { readonly patientId: string; readonly before: PatientState } | undefined;
  /** When the acknowledgement was there, in milliseconds since 1970. */
  acknowledgedAt = 0;
}

const feeds = new WeakMap<ScenarioWorld, PartnerFeed>();

/** The feed of a scenario, the same at each call. */
export function feedOf(world: ScenarioWorld): PartnerFeed {
  const known = feeds.get(world) ?? new PartnerFeed();
  feeds.set(world, known);
  return known;
}

export type Order = Pick<FeedOrder, 'event' | 'identity' | 'overrides' | 'consent'>;

/** Sends the message over the network and keeps it with its acknowledgement. */
export async function sendFeed(world: ScenarioWorld, domain: Hl7Domain, order: Order): Promise<void> {
  const { hl7, journal } = world.bench.mocks;
  const { patient } = world;
  const address = await world.perform('receiveIdentityFeed', {});
  const feed = feedOf(world);
  feed.mark = journal.mark();
  feed.domain = domain;
  feed.before = feed.other === undefined && world.before.known ? world.before.value : undefined;
  const adt = hl7.makeFeed({ ...order, patient, domain, localId: feed.localId });
  const bytes = feed.healthData ? withResult(adt) : adt;
  const reading = readHl7(bytes);
  const sent = reading.ok ? readMessageIdentity(reading.message) : undefined;
  if (sent === undefined) throw new Error('le banc a écrit un message HL7 sans identité');
  feed.sent.value = sent;
  const { ack, failure, exchange } = await hl7.send(address, bytes, { about: patient.key });
  feed.acknowledgedAt = Date.now();
  captureHl7(world, exchange, `flux-${order.event}`, `Le flux ${exchange.operation} que le banc a envoyé au produit`);
  if (exchange.received.byteLength > 0) world.judge(checkIdentityMessage(exchange.received), MESSAGE_RULES);
  if (failure?.code === 'HL7_UNREACHABLE') throw unverifiable('configuration', failure.message);
  if (failure !== undefined) throw nonConform(failure.message);
  world.require(
    ack?.code === 'AA',
    `Le produit devait accepter le message (AA) ; il a répondu ${ack?.code ?? 'rien'}.`,
  );
}

/** The header of an ADT made into that of an ORU^R01, and one result after the PID. */
function withResult(adt: Uint8Array): Uint8Array {
  const lines = Buffer.from(adt).toString('utf8').split('\r').filter(Boolean);
  return Buffer.from([...lines, ...RESULT, ''].join('\r'), 'utf8');
}

/** What makes an ADT of `makeFeed` the start of an ORU^R01. */
export const ORU: NonNullable<Order['overrides']> = {
  fields: { 'MSH-9': 'ORU^R01^ORU_R01', 'MSH-12': '2.5', 'MSH-19': '', 'MSH-21': '' },
  without: ['EVN', 'ZFA', 'ZFD'],
};

/** The identity that the product made of the feed, found by the number of the sender; undefined when it holds none. */
export async function receivedIdentity(world: ScenarioWorld): Promise<PatientState | undefined> {
  const identifier = { value: feedOf(world).localId, authority: feedOf(world).domain.oid };
  const found = await world.attempt('findPatients', { identifier });
  const [first] = found.outcome === 'done' ? found.output.patients : [];
  const patientId = first?.patientId ?? (feedOf(world).before === undefined ? undefined : world.patientId);
  if (patientId === undefined) return undefined;
  const { patient } = await world.perform('readState', { what: 'patient', patientId });
  if (patient !== undefined && feedOf(world).before === undefined) world.patientId = patientId;
  return patient;
}

/** The message of the product that bears this number; undefined when it has not come. */
function emittedMessage(world: ScenarioWorld, controlId: string): StreamExchange | undefined {
  return emittedMessages(world).find(({ received }) => {
    const reading = readHl7(received);
    return reading.ok && reading.message.controlId === controlId;
  });
}

/**
 * What the checks say of a message that the product sent. Of one that is no identity feed, the requirements only speak of
 * the PID.
 */
export function checkEmitted({ received }: StreamExchange, options: Hl7Options): readonly Finding[] {
  const reading = readHl7(received);
  return reading.ok && reading.message.type.code !== 'ADT'
    ? checkPid(reading.message, options)
    : checkIdentityMessage(received, options);
}

/**
 * HL7 messages that the product sent in this scenario, in order, without those known to be about somebody else: a message
 * of an earlier scenario may still be on its way.
 *
 * @param since a mark of the journal; the start of the scenario when absent
 */
export function emittedMessages(world: ScenarioWorld, since: string = world.mark): readonly StreamExchange[] {
  return world
    .seen({ service: 'hl7', since })
    .filter((one): one is StreamExchange => one.protocol === 'mllp' && one.direction !== 'outgoing')
    .filter((one) => isOurs(world, one));
}

/** Whether an exchange is about the patient of the scenario, or may be. */
export function isOurs(world: ScenarioWorld, { attribution }: Exchange): boolean {
  return attribution.patient === undefined || attribution.patient === world.patient.key;
}

/** The message that the product said it sent last: known by its number, waited for, demanded. */
export async function awaitEmitted(world: ScenarioWorld): Promise<StreamExchange> {
  const controlId = feedOf(world).emitted.value;
  const exchange = await world.eventually(
    () => Promise.resolve(emittedMessage(world, controlId)),
    (found) => found !== undefined,
  );
  world.require(exchange !== undefined, `Le message HL7 ${controlId} que le produit dit avoir émis n’est pas arrivé.`);
  return exchange;
}

/** Verifications that the product asked for since the feed. */
export function verificationsOf(world: ScenarioWorld): readonly HttpExchange[] {
  return world
    .seen({ service: 'insi', since: feedOf(world).mark })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http')
    .filter((exchange) => isVerification(exchange) && isOurs(world, exchange));
}

export function isVerification({ operation }: Exchange): boolean {
  return operation.startsWith('verifier');
}

/**
 * What the checks say of the verifications that a feed set going: they are about the INS that was sent, and the traits are
 * those sent, or those that the product held of this person.
 */
export function checkTransmittedVerification(world: ScenarioWorld): readonly Finding[] {
  const { sent, before } = feedOf(world);
  const { ins, oid, traits } = sent.value;
  const identity = { ...(ins === undefined ? {} : { ins }), ...(oid === undefined ? {} : { oid }) };
  const readings = [traits, ...(before === undefined ? [] : [before.traits])].map((held) =>
    checkInsiExchanges(verificationsOf(world), { ...world.insiOptions, identities: [{ ...identity, traits: held }] }),
  );
  return readings.toSorted((one, other) => one.length - other.length)[0] ?? [];
}
