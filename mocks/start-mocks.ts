import { randomUUID } from 'node:crypto';
import type { Exchange } from '#formats/exchange/index.ts';
import { startAnnuaire, type AnnuaireOptions } from './annuaire/index.ts';
import { createJudging, startControl, type Judge, type Judgement } from './control/index.ts';
import { startDmp, type DmpOptions } from './dmp/index.ts';
import { startHl7 } from './hl7/index.ts';
import { startInsi, type InsiOptions } from './insi/index.ts';
import { createJournal, type Journal } from './journal/index.ts';
import { startMssante } from './mssante/index.ts';
import type { TlsSettings } from './network/index.ts';
import { cardHolders, startPki, type Pki } from './pki/index.ts';
import { portTable, type ListenerName, type PortOptions } from './ports.ts';
import { createPopulation, type Population } from './population/index.ts';
import { startPsc } from './psc/index.ts';
import { secretsOf } from './secrets.ts';
import { createSituations, type Situations } from './situations/index.ts';
import type { BenchAddresses, HostPort, MockProfile, PatientLine, ProfessionalLine, ServiceContext } from './types.ts';

export interface StartMocksOptions {
  /** Working folder; the PKI lives in `<dataDir>/pki`. */
  readonly dataDir: string;
  /** Where exchanges are written; memory only when absent. */
  readonly journalDir?: string;
  /** Address to listen on; `127.0.0.1` when absent. The control API stays on 127.0.0.1. */
  readonly host?: string;
  /** Absent: free ports. */
  readonly ports?: PortOptions;
  /** `strict` when absent. */
  readonly profile?: MockProfile;
  /** Names, codes and authorisation numbers of INSi that a vendor knows better than the public sources. */
  readonly insi?: InsiOptions;
  /** Homologation numbers and rights matrix of the DMP, of who has the official ones. */
  readonly dmp?: DmpOptions;
  /** Layout, age and damage of the public extraction of the directory. */
  readonly annuaire?: AnnuaireOptions;
  /** What an HTTPS listener shows at the handshake: certificate, versions, suites; a situation goes before it. */
  readonly tls?: Readonly<Partial<Record<ListenerName, TlsSettings>>>;
  /** Operators of MSSanté with other TLS settings, each on ports of its own (forty of them); false when absent. */
  readonly personalities?: boolean;
  /** What the checks say of an exchange: `GET /journal` then shows it. The mocks hold no verdict of their own. */
  readonly judge?: Judge;
  /** Where the product listens to HL7 feeds when it is not on this machine. */
  readonly hl7Target?: HostPort;
  /** Clock of the services; the machine's when absent. Certificates are judged by it. */
  readonly now?: () => Date;
}

/** What a user sets of the services, whatever starts them: a run, its processes, `jalon mocks`. Plain data. */
export type ServiceSettings = Pick<StartMocksOptions, 'profile' | 'insi' | 'dmp' | 'annuaire' | 'tls'>;

type Started<Start extends (...parameters: never[]) => Promise<unknown>> = Awaited<ReturnType<Start>>;

/** Every simulated service, running. */
export interface Bench {
  /** The document of DESIGN §4.2. */
  readonly addresses: BenchAddresses;
  readonly journal: Journal;
  readonly situations: Situations;
  readonly population: Population;
  readonly pki: Pki;
  readonly insi: Started<typeof startInsi>;
  readonly dmp: Started<typeof startDmp>;
  readonly psc: Started<typeof startPsc>;
  readonly mssante: Started<typeof startMssante>;
  readonly annuaire: Started<typeof startAnnuaire>;
  readonly hl7: Started<typeof startHl7>;
  /** What the checks say of an exchange, judged once; undefined when no check is about it, or none was given. */
  judgement(exchange: Exchange): Promise<Judgement | undefined>;
  /** State of a fresh start: services, situations and drawn people; the journal is kept. */
  reset(): void;
  /** Closes every listener and the connections they hold; safe to call twice. */
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void>;
}

/**
 * Starts every simulated service, in parallel. When one cannot start, those that did are closed and the error is thrown.
 * @throws {BenchError} `PORT_IN_USE`, `PORT_FORBIDDEN`, `BAD_PORT`, `UNKNOWN_LISTENER`, `PKI_UNWRITABLE`, `PKI_LOCKED`,
 *   `JOURNAL_UNWRITABLE`
 */
export async function startMocks(options: StartMocksOptions): Promise<Bench> {
  const port = portTable(options.ports);
  const host = options.host ?? '127.0.0.1';
  const now = options.now ?? (() => new Date());
  const uuid = () => randomUUID();
  const tls = new Map<string, TlsSettings>(Object.entries(options.tls ?? {}));
  const journal = createJournal(options.journalDir === undefined ? {} : { folder: options.journalDir });
  const situations = createSituations();
  const population = createPopulation();

  const opened: Closable[] = [];
  const keep = async <Service extends Closable>(starting: Promise<Service>): Promise<Service> => {
    const service = await starting;
    opened.push(service);
    return service;
  };
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= Promise.allSettled(opened.map((one) => one.close())).then(() => undefined));

  try {
    const holders = cardHolders(population);
    const pki = await keep(
      startPki({ dataDir: options.dataDir, holders, port: port('pki') }, { journal, situations, now, uuid, host }),
    );
    const context: ServiceContext = {
      journal,
      pki: pki.pki,
      population,
      situations,
      profile: options.profile ?? 'strict',
      now,
      uuid,
      secret: secretsOf(pki.pki),
      host,
      port,
      tls: (listener) => tls.get(listener),
    };
    const psc = keep(startPsc(context));
    const [insi, dmp, pro, mssante, annuaire, hl7] = await settled([
      keep(startInsi(context, options.insi)),
      keep(startDmp(context, options.dmp)),
      psc,
      // A mailbox is opened with the token of Pro Santé Connect: MSSanté asks the mock that issued it.
      keep(
        psc.then((issuer) =>
          startMssante(context, {
            verifyToken: (token) => issuer.verifyToken(token),
            personalities: options.personalities === true,
          }),
        ),
      ),
      keep(startAnnuaire(context, options.annuaire)),
      keep(startHl7(context)),
    ]);
    const services = [insi, dmp, pro, mssante, annuaire, hl7, pki];
    const reset = () => {
      situations.reset();
      population.reset();
      for (const service of services) service.reset();
    };
    const secrets = [
      pro.addresses.clientSecret,
      annuaire.addresses.apiKey,
      ...mssante.addresses.mailboxes.map(({ password }) => password),
      ...Object.values(pki.addresses.clients).map(({ passphrase }) => passphrase),
    ];
    const { judge, hl7Target } = options;
    const judging = judge === undefined ? undefined : createJudging(judge, () => journal.list());
    const control = await keep(
      startControl(
        {
          journal,
          situations,
          population,
          secrets,
          reset,
          hl7,
          mssante,
          ...(judging === undefined ? {} : { judging }),
          ...(hl7Target === undefined ? {} : { hl7Target }),
        },
        port('control'),
      ),
    );
    const addresses: BenchAddresses = {
      insi: insi.addresses,
      dmp: dmp.addresses,
      psc: pro.addresses,
      mssante: mssante.addresses,
      annuaire: annuaire.addresses,
      hl7: hl7.addresses,
      pki: pki.addresses,
      patients: population.patients.map(patientLine),
      professionals: population.professionals.map(professionalLine),
      control: { url: control.url },
    };
    const running = { insi, dmp, psc: pro, mssante, annuaire, hl7 };
    const judgement = (exchange: Exchange) => judging?.of(exchange) ?? Promise.resolve(undefined);
    return { addresses, journal, situations, population, pki: pki.pki, ...running, judgement, reset, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for all, even when one fails, so that whatever opened is known before it is closed; throws the first failure. */
async function settled<Results extends readonly unknown[]>(starting: {
  readonly [Index in keyof Results]: Promise<Results[Index]>;
}): Promise<Results> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}

function patientLine({
  birthName,
  firstNames,
  sex,
  birthDate,
  birthPlace,
  ins,
  oid,
  situation,
}: Population['patients'][number]): PatientLine {
  return { name: birthName, firstNames, sex, birthDate, birthPlace, ins, oid, situation };
}

function professionalLine({
  nationalId,
  rpps,
  lastName,
  firstName,
  mailbox,
  structure,
}: Population['professionals'][number]): ProfessionalLine {
  return { nationalId, rpps, name: lastName, firstName, mailbox, structure: structure.id };
}
