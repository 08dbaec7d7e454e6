import { randomUUID } from 'node:crypto';
import { SutError } from '../driver/index.ts';
import type { BiologistView, ReferenceOptions } from './types.ts';

/** The bench is on the same machine: a scenario where a service stays silent need not last longer. */
const EXCHANGE_TIMEOUT_MS = 5_000;
/** What fails for a moment is tried again soon: a scenario waits for it. */
const RETRY_DELAYS_MS = [500, 2_000, 5_000];

/**
 * The configuration file of the reference SGL: what a vendor's operator would type in, read from the bench's own
 * address line. Nothing of the bench's code goes to the product, only this file.
 */
export function referenceConfiguration(options: ReferenceOptions): object {
  const { bench, laboratory, biologist } = options;
  const tls = (name: string): { cert: string; key: string } => {
    const client = bench.pki.clients[name];
    if (!client) throw new SutError('REFERENCE_NO_CERTIFICATE', `Le banc n'a pas de certificat ${name}.`);
    return { cert: client.cert, key: client.key };
  };
  const mailbox = bench.mssante.mailboxes.find((candidate) => candidate.address === laboratory.mailbox);
  if (!mailbox) throw new SutError('REFERENCE_NO_MAILBOX', `Le banc n'a pas de boîte ${laboratory.mailbox}.`);
  return {
    host: '127.0.0.1',
    port: 0,
    product: { name: 'SGL de référence', version: '1.0.0', editor: 'Jalon' },
    faults: options.faults,
    timeoutMs: options.exchangeTimeoutMs ?? EXCHANGE_TIMEOUT_MS,
    retryDelaysMs: RETRY_DELAYS_MS,
    ca: bench.pki.ca,
    laboratory: {
      id: laboratory.id,
      finess: laboratory.finess,
      name: laboratory.name,
      sector: laboratory.sector,
      addressLine: '1 rue du Banc',
      postalCode: laboratory.postalCode,
      city: laboratory.city,
      phone: '+33000000000',
      mailbox: laboratory.mailbox,
    },
    biologist: professional(biologist),
    // The suite names these two accounts; each has the RPPS number of a professional of its own.
    accounts: options.accounts.map((account, index) => ({
      ...professional(account),
      user: `utilisateur-${index + 1}`,
    })),
    // 1.2.250.1.999 is not attributed: an example root, as in the published samples.
    oidRoot: '1.2.250.1.999.1.1',
    // The authority of our local identifiers (PID-3.4.2): the domain that the bench calls « laboratoire ».
    identityDomain: '1.2.250.1.999.1.1.5',
    insi: {
      url: bench.insi.url,
      idam: 'JALONSGL01',
      instance: randomUUID(),
      // The bench has no card reader: the card of the professional comes as files.
      cpx: tls('CPS-1-AUTH'),
      ...tls('INSI-AUTO'),
    },
    hl7: { partner: bench.hl7.mllp },
    dmp: {
      base: bench.dmp.base,
      webPs: bench.dmp.webPs,
      homologation: 'JALON-REF-1',
      sign: tls('ORG_SIGN'),
      ...tls('ORG_AUTH_CLI'),
    },
    psc: bench.psc,
    mssante: {
      smtp: bench.mssante.smtp,
      imap: bench.mssante.imap,
      user: mailbox.user,
      password: mailbox.password,
      nil: 'REF-JALON-0001',
      others: otherMailboxes(options),
      former: formerCertificates(options),
      ...tls('ORG_AUTH_CLI'),
    },
    annuaire: bench.annuaire,
  };
}

/** Certificates that nobody may open a session with, where the bench gives them. */
function formerCertificates({ bench }: ReferenceOptions): object {
  const names = { expired: 'EXPIRED', revoked: 'REVOKED', foreign: 'OTHER-CA', seal: 'WRONG-PROFILE' };
  return Object.fromEntries(
    Object.entries(names).flatMap(([use, name]) => {
      const client = bench.pki.clients[name];
      return client ? [[use, { cert: client.cert, key: client.key }]] : [];
    }),
  );
}

/** The applicative mailbox of the laboratory, and the personal ones of those who have an account. */
function otherMailboxes({ bench, laboratory, biologist, accounts }: ReferenceOptions): object[] {
  const domain = laboratory.mailbox.split('@')[1]?.toLowerCase();
  const owners = [biologist, ...accounts];
  return bench.mssante.mailboxes.flatMap(({ address, kind, user, password }) => {
    if (kind === 'APP' && address.split('@')[1]?.toLowerCase() === domain) return [{ address, kind, user, password }];
    const owner = owners.find(({ mailbox }) => mailbox?.toLowerCase() === address.toLowerCase());
    return kind === 'PER' && owner ? [{ address, kind, user, password, owner: owner.nationalId }] : [];
  });
}

/** Only what an operator would type: the population holds more. */
function professional({
  nationalId,
  lastName,
  firstName,
  title,
  profession,
  speciality,
}: BiologistView): BiologistView {
  return { nationalId, lastName, firstName, title, profession, speciality };
}
