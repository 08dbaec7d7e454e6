import { Given, Then } from '@cucumber/cucumber';
import { checkImapDialogue, checkSmtpDialogue, RULES as DIALOGUE_RULES } from '#checks/mail/dialogue/index.ts';
import {
  checkOperatorConnection,
  operatorConnections,
  OPERATOR_RULES,
  type SeenOperatorConnection,
} from '#checks/tls/index.ts';
import {
  awaitMail,
  awaitMails,
  captureMail,
  Kept,
  submissions,
  submittingSessions,
  unverifiable,
  wasTaken,
  type ScenarioWorld,
} from './world/index.ts';

/** Words of a feature → the situation of the bench that shows it. */
const OPERATORS: Readonly<Record<string, string>> = {
  'un certificat expiré': 'certificat-expire',
  'un certificat pas encore valide': 'certificat-pas-encore-valide',
  'un certificat révoqué': 'certificat-revoque',
  'un certificat que seul OCSP dit révoqué': 'certificat-revoque-ocsp',
  "un certificat d'une autre autorité": 'certificat-autre-ac',
  'un certificat à un autre nom': 'certificat-autre-nom',
  'TLS 1.1 seulement': 'tls-1.1-seul',
  'TLS 1.3 seulement': 'tls-1.3-seul',
  'une suite interdite': 'tls-suite-faible',
  'un groupe DH trop faible': 'dh-faible',
};

/** More handshakes than any product tries. */
const HANDSHAKES = 10_000;

const shown = new WeakMap<ScenarioWorld, Kept<string>>();

function shownOf(world: ScenarioWorld): Kept<string> {
  const known = shown.get(world) ?? new Kept<string>('opérateur présenté');
  shown.set(world, known);
  return known;
}

Given(/^un opérateur MSSanté qui présente (.+)$/, function (this: ScenarioWorld, words: string) {
  const situation = OPERATORS[words];
  if (situation === undefined) throw new Error(`opérateur inconnu : ${words}`);
  shownOf(this).value = situation;
  this.bench.mocks.situations.set({ service: 'mssante', situation, times: HANDSHAKES });
});

/** The connections to the operator since the scenario began, once there is one; kept with the proof. */
async function connectionsOf(world: ScenarioWorld): Promise<readonly SeenOperatorConnection[]> {
  const connections = await world.eventually(
    () => Promise.resolve(operatorConnections(world.seen({ service: 'mssante' }))),
    (all) => all.length > 0,
  );
  world.captureState('connexions', 'Les connexions que l’opérateur a vues, et ce que le produit y a dit', connections);
  world.require(
    connections.length > 0,
    'Le produit devait tenter de joindre l’opérateur : aucune connexion n’est arrivée.',
  );
  return connections;
}

Then("le produit a tenté la connexion et n'a rien confié à cet opérateur", async function (this: ScenarioWorld) {
  const situation = shownOf(this).value;
  const connections = await connectionsOf(this);
  const { wave } = this.bench;
  for (const connection of connections)
    this.judgeAll(checkOperatorConnection(connection, { wave: wave === 'va1' ? 'va1' : 'va2' }), OPERATOR_RULES);
  const gone = submissions(this).some(wasTaken);
  this.require(!gone, 'Le produit a confié un courriel à un opérateur qu’il devait refuser.');
  const other = connections.find(({ played }) => played !== situation);
  if (other !== undefined)
    throw unverifiable(
      'configuration',
      `Une connexion a trouvé un autre opérateur que celui du scénario : ${other.played ?? 'ordinaire'}.`,
    );
});

/** What the OCSP responder of the bench answered about a certificate since the scenario began. */
function revocationsTold(world: ScenarioWorld): readonly string[] {
  return world
    .seen({ service: 'pki', operation: 'ocsp' })
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome.includes('révoqué'));
}

Then("le produit n'a rien confié à cet opérateur, s'il a interrogé OCSP", async function (this: ScenarioWorld) {
  const connections = await connectionsOf(this);
  const told = revocationsTold(this);
  this.captureState('ocsp', 'Ce que le répondeur OCSP a dit au produit', told);
  const shown = connections.filter(({ played }) => played === shownOf(this).value);
  if (shown.length === 0) throw unverifiable('configuration', 'Aucune connexion n’a trouvé l’opérateur du scénario.');
  for (const connection of shown)
    this.judgeAll(
      checkOperatorConnection(
        { ...connection, flaw: 'revoked-by-ocsp', toldRevoked: told.length > 0 },
        { wave: 'va2' },
      ),
      OPERATOR_RULES,
    );
  if (!submissions(this).some(wasTaken)) await requireTold(this);
});

/** What the screen says of a mail that did not leave. */
async function requireTold(world: ScenarioWorld): Promise<void> {
  const { reportId } = world.report;
  const { transmissions = [] } = await world.perform('readState', { what: 'transmissions', reportId });
  world.captureState('transmissions', 'Les transmissions, telles que le produit les montre', transmissions);
  const line = transmissions.find(({ channel }) => channel !== 'dmp');
  world.require(line !== undefined, 'Le produit ne montre pas l’envoi qu’il n’a pas fait.');
  world.require(line.state !== 'transmis', 'Le produit montre comme transmis un courriel qui n’est pas parti.');
  world.require(line.detail.trim() !== '', 'Le produit ne dit pas pourquoi le courriel n’est pas parti.');
}

Then("l'écran du produit dit que le courriel n'est pas parti, et pourquoi", async function (this: ScenarioWorld) {
  await requireTold(this);
});

Then("le produit a envoyé le courriel en TLS 1.3, ou a renoncé et l'a dit", async function (this: ScenarioWorld) {
  const connections = await connectionsOf(this);
  for (const connection of connections)
    this.judgeAll(checkOperatorConnection(connection, { wave: 'va2' }), OPERATOR_RULES);
  const sent = submissions(this).find(wasTaken);
  this.require(
    sent === undefined || sent.peer.tls?.protocol === 'TLSv1.3',
    `Le courriel est parti en ${sent?.peer.tls?.protocol ?? 'clair'}, quand l’opérateur n’offre que TLS 1.3.`,
  );
  if (sent === undefined) await requireTold(this);
});

Then("le dialogue SMTP satisfait à l'exigence", async function (this: ScenarioWorld) {
  // Also what the operator cut short: a product that says its password in clear never gets as far as a mail.
  const transcripts = await this.eventually(
    () => Promise.resolve(submittingSessions(this).map(({ transcript }) => transcript)),
    (all) => all.length > 0,
  );
  this.captureState('dialogue-smtp', 'Les commandes du produit, sans leurs secrets', transcripts);
  for (const transcript of transcripts) this.judge(checkSmtpDialogue(transcript), DIALOGUE_RULES);
  await awaitMail(this, this.professional.mailbox, 'envoyer le compte rendu');
});

Then("le dialogue IMAP satisfait à l'exigence", function (this: ScenarioWorld) {
  const commands = this.seen({ service: 'mssante' })
    .filter(({ protocol }) => protocol === 'imap')
    .map(({ operation, peer }) => ({ name: operation.toLowerCase(), secured: peer.tls !== undefined }));
  this.captureState('dialogue-imap', 'Les commandes du produit, dans l’ordre', commands);
  this.judge(checkImapDialogue(commands), DIALOGUE_RULES);
});

Given('une liste de révocation qui ne répond plus', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'pki', situation: 'liste-revocation-injoignable' });
});

Then('ce second courriel est arrivé aussi', async function (this: ScenarioWorld) {
  const [, second] = await awaitMails(this, this.professional.mailbox, 2, 'envoyer un second courriel');
  if (second !== undefined) captureMail(this, second, 'second-courriel', 'Le courriel parti sans liste de révocation');
});
