import {
  carriesDocuments,
  checkControlIds,
  checkDelivery,
  checkMessage,
  DELIVERY_RULES,
  DOCUMENT_RULES,
  documentsOf,
  MESSAGE_RULES,
  SET_RULES,
  type AskedDelivery,
  type DeliveryCase,
} from '#checks/hl7v2/index.ts';
import { RULES as CDA_RULES, type CdaOptions } from '#checks/cda/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { StreamExchange } from '#formats/exchange/index.ts';
import { readHl7, type Hl7Message } from '#formats/hl7v2/index.ts';
import type { Confidentiality } from '#sut/driver/index.ts';
import { captureHl7 } from './captures.ts';
import { emittedMessages } from './partner-feed.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** A message of the product that carries documents for the hospital, or tells of one. */
export interface HospitalMessage {
  readonly exchange: StreamExchange;
  readonly message: Hl7Message;
  /** Ids of the CDA inside and TXA-12, in every way they are written. */
  readonly documents: readonly string[];
  /** Their levels, `N3` or `N1`: each has a slot of its own in DOC/va1.20. */
  readonly levels: readonly string[];
}

/** What a scenario asked for the hospital. */
interface Delivery {
  asked: AskedDelivery;
  /** Journal position before what was asked last. */
  mark: string;
  /** Names of the pieces go on from one step to the next. */
  pieces: number;
}

const deliveries = new WeakMap<ScenarioWorld, Delivery>();

/** Keeps what is about to be asked of the product. */
export function askDelivery(
  world: ScenarioWorld,
  to: Pick<AskedDelivery, 'toDmp' | 'professionals' | 'toPatient'>,
  confidentiality: Confidentiality,
): void {
  deliveries.set(world, {
    asked: {
      ...to,
      hiddenFromProfessionals: confidentiality.hiddenFromProfessionals === true,
      hiddenFromPatient: confidentiality.hiddenFromPatient === true,
      hiddenFromLegalRepresentatives: confidentiality.hiddenFromLegalRepresentatives === true,
      secretConnection: confidentiality.secretConnection === true,
    },
    mark: world.bench.mocks.journal.mark(),
    pieces: 0,
  });
}

export function deliveryOf(world: ScenarioWorld): Delivery {
  const delivery = deliveries.get(world);
  if (delivery === undefined) throw new Error('Le scénario n’a encore rien demandé pour l’établissement.');
  return delivery;
}

/** From now on, what comes is of another request. */
export function closeDelivery(world: ScenarioWorld): void {
  deliveryOf(world).mark = world.bench.mocks.journal.mark();
}

/** Messages with documents that the product sent since what was asked last, each try counted. */
export function hospitalMessages(world: ScenarioWorld): readonly HospitalMessage[] {
  return emittedMessages(world, deliveryOf(world).mark).flatMap((exchange) => {
    const reading = readHl7(exchange.received);
    if (!reading.ok || !carriesDocuments(reading.message)) return [];
    const levels = documentsOf(reading.message).flatMap(({ cda }) => cda?.level ?? []);
    // A deletion may name a document without carrying it.
    const documents = exchange.attribution.documentIds ?? [];
    return [{ exchange, message: reading.message, documents, levels }];
  });
}

/** Whether the hospital took it. */
export function wasTakenByHospital({ exchange }: HospitalMessage): boolean {
  return exchange.outcome.startsWith('acquitté AA');
}

/**
 * Waits for the messages of the report until nothing is missing, and judges them, together and one by one, each CDA included,
 * against what the bench knows of the patient and what was asked.
 */
export async function judgeDelivery(world: ScenarioWorld, cda: CdaOptions): Promise<readonly HospitalMessage[]> {
  const story = (messages: readonly HospitalMessage[]): DeliveryCase => ({
    asked: deliveryOf(world).asked,
    messages: messages.map(({ exchange }, rank) => ({ label: `message ${rank + 1}`, bytes: exchange.received })),
    produced: world.report.documents
      .filter(({ kind }) => kind === 'cda-n3' || kind === 'cda-n1')
      .map(({ id, base64 }) => ({ id, bytes: Buffer.from(base64, 'base64') })),
  });
  const messages = await world.eventually(
    () => Promise.resolve(hospitalMessages(world)),
    (found) => checkDelivery(story(found)).length === 0,
  );
  keepMessages(world, messages);
  world.judge(
    [
      ...checkDelivery(story(messages)),
      ...checkControlIds(story(messages).messages),
      ...messageFindings(world, messages, cda),
    ],
    [...DELIVERY_RULES, ...SET_RULES, ...MESSAGES_RULES],
  );
  return messages;
}

/** The messages as pieces, with their acknowledgements. */
export function keepMessages(world: ScenarioWorld, messages: readonly HospitalMessage[]): void {
  const delivery = deliveryOf(world);
  for (const { exchange, levels } of messages) {
    delivery.pieces += 1;
    captureHl7(
      world,
      exchange,
      `message-etablissement-${delivery.pieces}`,
      `Le message ${exchange.operation} que l’établissement a reçu (n° ${[delivery.pieces, ...levels.map((level) => `CDA ${level}`)].join(', ')})`,
    );
  }
}

const MESSAGES_RULES = [...DOCUMENT_RULES, ...MESSAGE_RULES, ...CDA_RULES];

/** Judges each message by itself, as {@link judgeDelivery} does. */
export function judgeMessages(world: ScenarioWorld, messages: readonly HospitalMessage[], cda: CdaOptions): void {
  world.judge(messageFindings(world, messages, cda), MESSAGES_RULES);
}

function messageFindings(
  world: ScenarioWorld,
  messages: readonly HospitalMessage[],
  cda: CdaOptions,
): readonly Finding[] {
  const { asked } = deliveryOf(world);
  const { patient } = world;
  const { birthName, firstNames, sex, birthDate, birthPlace } = { ...patient, ...patient.insiTraits };
  const expected = {
    traits: { birthName, firstNames, sex, birthDate, birthPlace },
    ins: patient.ins,
    oid: patient.oid,
  };
  return messages.flatMap(({ exchange }) =>
    checkMessage(exchange.received, { expected, qualified: true, documents: { asked, cda } }).map((finding) => ({
      ...finding,
      where: `${exchange.operation}, ${finding.where}`,
    })),
  );
}
