import { checkMailFile, RULES as MAIL_RULES, type MailOptions, type SentMail } from '#checks/mail/index.ts';
import { RULES as PDF_RULES } from '#checks/pdf/index.ts';
import { RULES as XDM_RULES } from '#checks/xdm/index.ts';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { JournalTimeout } from '#mocks/journal/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Every rule that a mail is judged by, with its archive and its PDF. */
export const ALL_MAIL_RULES = [...MAIL_RULES, ...XDM_RULES, ...PDF_RULES];

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** What the operator answered when it took the mail. */
export const wasTaken = ({ reply }: SmtpExchange): boolean => reply.startsWith('250');

/** Mails submitted since the scenario began, taken or refused, in order; those to one address when it is given. */
export function submissions(world: ScenarioWorld, to?: string): readonly SmtpExchange[] {
  return world
    .seen({ service: 'mssante', operation: 'submission' })
    .filter((exchange): exchange is SmtpExchange => exchange.protocol === 'smtp')
    .filter(({ envelope }) => to === undefined || envelope.to.some((one) => same(one, to)));
}

/** SMTP connections by which the product began to send, those that never became a mail included; a mere look is none. */
export function submittingSessions(world: ScenarioWorld): readonly SmtpExchange[] {
  return world
    .seen({ service: 'mssante' })
    .filter((exchange): exchange is SmtpExchange => exchange.protocol === 'smtp')
    .filter(({ transcript }) => transcript.some((line) => /^(?:AUTH|MAIL)\b/i.test(line)));
}

/**
 * The mails that the product owed an address since the scenario began, once the operator has taken so many of them.
 *
 * @param action French infinitive: what the product was expected to do
 */
export async function awaitMails(
  world: ScenarioWorld,
  to: string,
  count: number,
  action: string,
): Promise<readonly SmtpExchange[]> {
  const taken = await takenMails(world, to, count);
  const refused = submissions(world, to).findLast((mail) => !wasTaken(mail));
  const told = refused === undefined ? '' : ` L'opérateur a répondu : ${refused.reply || refused.outcome}.`;
  world.require(
    taken.length >= count,
    `Le produit devait ${action} : l'opérateur a pris ${taken.length} courriel(s) pour ${to}, il en fallait ${count}.${told}`,
  );
  return taken;
}

/** The mails that the operator has taken, for one address or any, once there are so many of them or the wait is over. */
export async function takenMails(
  world: ScenarioWorld,
  to: string | undefined,
  count: number,
): Promise<readonly SmtpExchange[]> {
  const { journal } = world.bench.mocks;
  const deadline = performance.now() + world.bench.exchangeTimeoutMs;
  for (;;) {
    // Marked before the look, so that nothing arrives between the two.
    const since = journal.mark();
    const taken = submissions(world, to).filter(wasTaken);
    const left = deadline - performance.now();
    if (taken.length >= count || left <= 0) return taken;
    const arrived = journal.waitFor({ service: 'mssante', operation: 'submission', since }, left);
    await arrived.catch((error: unknown) => {
      if (!(error instanceof JournalTimeout)) throw error;
    });
  }
}

/** The mails of the scenario as they left, to compare them. */
export function sentMails(world: ScenarioWorld): readonly SentMail[] {
  return submissions(world).map((mail) => ({
    source: mail.source,
    recipients: mail.envelope.to,
    accepted: wasTaken(mail),
  }));
}

/** The one mail that the product owed an address. */
export async function awaitMail(world: ScenarioWorld, to: string, action: string): Promise<SmtpExchange> {
  const [mail] = await awaitMails(world, to, 1, action);
  if (mail === undefined) throw new Error('awaitMails a rendu moins de courriels que demandé');
  return mail;
}

/** Keeps the source as the operator received it, byte for byte. */
export function captureMail(
  world: ScenarioWorld,
  { source, id }: SmtpExchange,
  name = 'courriel',
  caption = 'La source SMTP du courriel, telle que transmise à l’opérateur',
): void {
  world.capture({ name, extension: '.eml', mediaType: 'message/rfc822', bytes: source, caption, exchangeId: id });
}

/** Judges a mail with what the bench knows of it beside its source. */
export async function judgeMail(
  world: ScenarioWorld,
  exchange: SmtpExchange,
  options: MailOptions = {},
): Promise<void> {
  world.judge(
    await checkMailFile(exchange.source, {
      // A later wave asks for at least what the second one does.
      wave: world.bench.wave === 'va1' ? 'va1' : 'va2',
      ...senderKind(world, exchange),
      envelope: exchange.envelope,
      transcript: exchange.transcript,
      ...options,
    }),
    ALL_MAIL_RULES,
  );
}

/** The label of a sender depends on whose mailbox it is; a mailbox of the vendor's own is not judged on that. */
function senderKind(world: ScenarioWorld, { envelope }: SmtpExchange): Pick<MailOptions, 'sender'> {
  const mailbox = world.bench.mocks.addresses.mssante.mailboxes.find(({ address }) => same(address, envelope.from));
  return mailbox === undefined || mailbox.kind === 'USAGER' ? {} : { sender: mailbox.kind };
}

/** Address of a test patient at Mon espace santé. */
export function patientAddress(world: ScenarioWorld): string {
  return `${world.patient.ins}@patient.mssante.fr`;
}

/** The mailbox of the laboratory in this bench. */
export function laboratoryMailbox(world: ScenarioWorld): string {
  return world.bench.mocks.population.laboratory.mailbox;
}

/** A mailbox of the bench of a kind, that of the laboratory's own application for instance. */
export function mailboxOfKind(world: ScenarioWorld, kind: 'APP' | 'ORG'): string {
  const domain = laboratoryMailbox(world).split('@')[1] ?? '';
  const found = world.bench.mocks.addresses.mssante.mailboxes.find(
    (one) => one.kind === kind && one.address.toLowerCase().endsWith(`@${domain.toLowerCase()}`),
  );
  if (found === undefined) throw new Error(`le banc n'a pas de boîte ${kind}`);
  return found.address;
}
