import { Then, When } from '@cucumber/cucumber';
import {
  checkControlIds,
  checkPropagation,
  checkToldState,
  MESSAGE_RULES,
  readMessageIdentity,
  SET_RULES,
  type NamedMessage,
} from '#checks/hl7v2/index.ts';
import {
  checkDiffusion,
  checkInsValue,
  checkNotTransmitted,
  DIFFUSION_RULES,
  TRANSMISSION_RULES,
  VALUE_RULES,
  type CarriedIdentity,
  type SentMessage,
} from '#checks/ins/index.ts';
import { readCda } from '#formats/cda/index.ts';
import { dateOfHl7, readHl7 } from '#formats/hl7v2/index.ts';
import type { Exchange, StreamExchange } from '#formats/exchange/index.ts';
import { markOfChange } from './identity.steps.ts';
import {
  ACTOR,
  actedBy,
  awaitEmitted,
  captureHl7,
  captureHttp,
  checkEmitted,
  emittedMessages,
  isOurs,
  type ScenarioWorld,
} from './world/index.ts';

Then(
  "les systèmes raccordés ont reçu la modification par un message HL7 qui satisfait à l'exigence",
  async function (this: ScenarioWorld) {
    const after = await this.keepPatientState('fiche-propagee', 'La fiche du patient que le produit propage');
    const before = this.before.value;
    const lost = before.status === 'qualifiee' && after.ins === undefined ? before.ins : undefined;
    const mark = markOfChange(this);
    const { status } = after;
    const known = {
      traits: after.traits,
      ...(after.ins === undefined ? {} : { ins: after.ins }),
      ...(after.oid === undefined ? {} : { oid: after.oid }),
    };
    const story = () => ({
      before: { traits: before.traits },
      after: known,
      status,
      ...(lost === undefined ? {} : { lostIns: lost }),
      messages: emittedMessages(this, mark).map(named),
    });
    await this.eventually(
      () => Promise.resolve(checkPropagation(story())),
      (findings) => findings.length === 0,
    );
    const exchanges = emittedMessages(this, mark);
    for (const [index, exchange] of exchanges.entries()) {
      captureHl7(this, exchange, `message-${index + 1}`, `Le message ${exchange.operation} reçu du produit`);
    }
    this.judge(
      [
        ...checkPropagation(story()),
        ...checkControlIds(emittedMessages(this).map(named)),
        ...exchanges.flatMap((message) => checkEmitted(message, {})),
      ],
      [...SET_RULES, ...MESSAGE_RULES],
    );
    const toldWrong = (exchange: Exchange) =>
      isEmitted(exchange) ? checkToldState({ after: known, status }, named(exchange)) : [];
    this.watch(
      { service: 'hl7', about: this.patient.key, since: exchanges.at(-1)?.id ?? mark },
      'Le produit a envoyé un message HL7 qui dit encore l’INS ou la fiabilité que l’identité avait avant sa modification.',
      (exchange) => toldWrong(exchange).length > 0,
      toldWrong,
    );
  },
);

function named(exchange: StreamExchange): NamedMessage {
  return { label: exchange.operation, bytes: exchange.received };
}

/** A message that the product sent, not one that it received from the bench. */
function isEmitted(exchange: Exchange): exchange is StreamExchange {
  return exchange.protocol === 'mllp' && exchange.direction !== 'outgoing';
}

Then(
  'aucun document, courriel ni message parti du produit ne porte le matricule ni son OID',
  async function (this: ScenarioWorld) {
    await this.exchange({ service: 'mssante', operation: 'submission' }, 'envoyer le courriel à l’opérateur MSSanté');
    await awaitEmitted(this);
    await keepDmpTransmissions(this);
    const { status, ins } = await this.keepPatientState('fiche', 'La fiche du patient au moment de l’envoi');
    const exchanges = CHANNELS.flatMap((service) => this.seen({ service })).filter((one) => isOurs(this, one));
    for (const [index, exchange] of exchanges.entries()) keep(this, exchange, index + 1);
    const documents = this.report.documents.map(({ fileName, base64 }): SentMessage => {
      return { where: `document ${fileName}`, bytes: Buffer.from(base64, 'base64') };
    });
    const numbers = [
      this.patient.ins,
      ...(ins === undefined ? [] : [ins]),
      ...this.patient.history.map((past) => past.ins),
    ];
    this.judge(
      checkNotTransmitted({ status, numbers, messages: [...documents, ...exchanges.flatMap(sentBy)] }),
      TRANSMISSION_RULES,
    );
    const pids = emittedMessages(this).flatMap((message) => checkEmitted(message, { qualified: false }));
    this.judge(pids, MESSAGE_RULES);
    for (const service of CHANNELS) {
      const carried = (exchange: Exchange) => checkNotTransmitted({ status, numbers, messages: sentBy(exchange) });
      this.watch(
        {
          service,
          about: this.patient.key,
          since: exchanges.findLast((one) => one.service === service)?.id ?? this.mark,
        },
        `Le produit a transmis l’INS d’une identité « ${status} ».`,
        (exchange) => carried(exchange).length > 0,
        carried,
      );
    }
  },
);

/** Where an INS could leave to. */
const CHANNELS = ['hl7', 'mssante', 'dmp'] as const;

/** What the product shows of the DMP once it has decided; one that waits for the identity to be qualified may wait on. */
async function keepDmpTransmissions(world: ScenarioWorld): Promise<void> {
  const { reportId } = world.report;
  const shown = await world.eventually(
    async () => (await world.perform('readState', { what: 'transmissions', reportId })).transmissions ?? [],
    (all) => all.every(({ channel, state }) => channel !== 'dmp' || state !== 'en-attente'),
  );
  world.captureState('envois', 'Les envois du compte rendu, tels que le produit les montre', shown);
}

/** What the product wrote in an exchange; nothing for one that the bench started. */
function sentBy(exchange: Exchange): readonly SentMessage[] {
  const where = `${exchange.service}, ${exchange.operation}`;
  switch (exchange.protocol) {
    case 'http':
      return [{ where, bytes: exchange.request.body }];
    case 'smtp':
      return [{ where, bytes: exchange.source }];
    case 'mllp':
      return isEmitted(exchange) ? [{ where, bytes: exchange.received }] : [];
    default:
      return [];
  }
}

function keep(world: ScenarioWorld, exchange: Exchange, rank: number): void {
  const caption = `Échange n° ${rank} (${exchange.service}, ${exchange.operation})`;
  if (exchange.protocol === 'mllp') captureHl7(world, exchange, `echange-${rank}`, caption);
  if (exchange.protocol === 'http') {
    for (const capture of captureHttp(exchange, `echange-${rank}`, caption)) world.capture(capture);
  }
  if (exchange.protocol === 'smtp') {
    world.capture({
      name: `echange-${rank}`,
      extension: '.eml',
      mediaType: 'message/rfc822',
      bytes: exchange.source,
      caption,
      exchangeId: exchange.id,
    });
  }
}

When("l'utilisateur ouvre la fiche du patient", async function (this: ScenarioWorld) {
  await this.keepPatientState('fiche-ouverte', 'La fiche du patient, telle que le produit la montre', ACTOR);
  actedBy(this, 'consultation', ACTOR);
});

Then('le compte rendu produit ne porte ni le matricule ni son OID', async function (this: ScenarioWorld) {
  const { status } = await this.keepPatientState('fiche', 'La fiche du patient au moment de l’édition');
  const documents = this.report.documents.map(({ fileName, base64 }): SentMessage => {
    return { where: `document ${fileName}`, bytes: Buffer.from(base64, 'base64') };
  });
  for (const { kind, fileName, base64 } of this.report.documents.filter((one) => one.kind === 'pdf')) {
    this.capture({
      name: kind,
      extension: '.pdf',
      mediaType: 'application/pdf',
      bytes: Buffer.from(base64, 'base64'),
      caption: `Le compte rendu « ${fileName} » tel que le produit l'a rendu`,
    });
  }
  this.judge(checkNotTransmitted({ status, numbers: [this.patient.ins], messages: documents }), TRANSMISSION_RULES);
});

Then(
  "les documents et le message partis du produit portent l'identité renvoyée par INSi",
  async function (this: ScenarioWorld) {
    const messages = await this.eventually(
      () => Promise.resolve(emittedMessages(this).flatMap(carriedByHl7)),
      ({ length }) => length > 0,
    );
    this.require(messages.length > 0, 'Aucun message HL7 de cette identité qualifiée n’est arrivé au banc.');
    const documents = this.report.documents.flatMap(carriedByCda);
    this.require(documents.length > 0, 'Le produit n’a rendu aucun CDA lisible du compte rendu.');
    const { traits, ins = '', oid = '', history } = await this.keepPatientState('fiche', 'La fiche du patient');
    const carried = [...documents, ...messages];
    this.captureState('identites-emises', 'L’identité lue dans chaque document et message parti du produit', carried);
    this.judge(
      [
        ...checkDiffusion({ active: { ins, oid }, traits, history, carried }),
        ...carried.flatMap(({ where, ins: number = '', oid: authority }) =>
          checkInsValue({ where, ins: number, ...(authority === undefined ? {} : { oid: authority }) }),
        ),
        ...emittedMessages(this).flatMap((message) => checkEmitted(message, {})),
      ],
      [...DIFFUSION_RULES, ...VALUE_RULES, ...MESSAGE_RULES],
    );
  },
);

Then(
  'tout matricule que portent les documents et messages partis du produit est bien formé',
  function (this: ScenarioWorld) {
    const carried = [...this.report.documents.flatMap(carriedByCda), ...emittedMessages(this).flatMap(carriedByHl7)];
    this.captureState('identites-emises', 'L’identité lue dans chaque document et message parti du produit', carried);
    this.judge(
      carried.flatMap(({ where, ins = '', oid }) =>
        ins === '' ? [] : checkInsValue({ where, ins, ...(oid === undefined ? {} : { oid }) }),
      ),
      VALUE_RULES,
    );
  },
);

function carriedByCda({ kind, base64 }: ScenarioWorld['report']['documents'][number]): readonly CarriedIdentity[] {
  const reading = kind === 'pdf' ? undefined : readCda(Buffer.from(base64, 'base64'));
  if (reading?.ok !== true) return [];
  const { patient } = reading.document;
  return [
    {
      where: `${kind}, patient`,
      ins: patient.ins?.extension ?? '',
      oid: patient.ins?.root ?? '',
      traits: {
        birthName: patient.birthName ?? '',
        firstNames: (patient.firstNames ?? '').split(' ').filter(Boolean),
        sex: patient.sex ?? '',
        birthDate: dateOfHl7(patient.birthDate ?? '') ?? '',
        ...(patient.birthPlace === undefined ? {} : { birthPlace: patient.birthPlace }),
      },
    },
  ];
}

function carriedByHl7(exchange: StreamExchange): readonly CarriedIdentity[] {
  const reading = readHl7(exchange.received);
  const identity = reading.ok ? readMessageIdentity(reading.message) : undefined;
  // What left before the identity was qualified carries no INS, rightly.
  if (identity === undefined || (identity.ins === undefined && identity.reliability !== 'VALI')) return [];
  const { ins = '', oid = '', traits } = identity;
  return [{ where: `message ${exchange.operation}, PID`, ins, oid, traits }];
}
