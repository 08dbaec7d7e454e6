import { Then } from '@cucumber/cucumber';
import { carriesResults, checkPid, checkResults, RESULT_RULES } from '#checks/hl7v2/index.ts';
import { readHl7 } from '#formats/hl7v2/index.ts';
import { ANALYSES } from './reports.steps.ts';
import { awaitEmitted, captureHl7, nonConform, type ScenarioWorld } from './world/index.ts';
import { toDeclare } from './world/failures.ts';

Then(
  'le message HL7 reçu du produit, si ce sont des résultats, porte chaque analyse validée',
  async function (this: ScenarioWorld) {
    const exchange = await awaitEmitted(this);
    captureHl7(this, exchange, 'message-de-resultats', 'Le message HL7 que le produit a émis après la validation');
    const reading = readHl7(exchange.received);
    if (!reading.ok) throw nonConform(`Le message HL7 du produit est illisible : ${reading.fault.message}`);
    const { message } = reading;
    if (!carriesResults(message)) {
      throw toDeclare(
        `Le produit a émis ${exchange.operation}, qui n’est pas un flux de résultats (ORU ou OUL sans document). RES/va1.01 est une préconisation : déposez la déclaration que le produit n’en émet pas. S’il en émet, son geste sendHl7Message doit émettre celui-là.`,
      );
    }
    this.judge(
      [...checkResults(message, { validated: ANALYSES }), ...checkPid(message, { qualified: true })],
      RESULT_RULES,
    );
  },
);
