import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { SglError, type SglConfig, type TlsIdentity } from '../model/index.ts';
import table from './tls-failures.json' with { type: 'json' };

/** Suites of the MSSanté reference: 0xC030, 0xC02F, 0xC028, 0xC027, 0x009F, 0x009E (domain.md §3.4). */
const SUITES = [
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'DHE-RSA-AES128-GCM-SHA256',
];
/** Those that TLS 1.3 adds, when it is allowed. */
const SUITES_13 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'];
/** Groups of 256 bits at least (SC.MSS/CONF.03). */
const GROUPS = 'P-256:P-384:P-521';

/**
 * How this system speaks TLS with its operator: 1.2 and no other, which both waves accept, unless the configuration
 * lets 1.3 in (SC.MSS/CONF.02). PEM files are read each time, so that a renewed certificate counts at once.
 *
 * @throws {SglError} `CERTIFICAT_MSSANTE_ILLISIBLE`
 */
export async function tlsOptions(config: SglConfig, faults: ReadonlySet<string>): Promise<ConnectionOptions> {
  const newer = config.mssante.tls === '1.2-ou-plus' || faults.has('mss-tls-1.3');
  const weak = faults.has('mss-tls-ancien');
  const suites = newer ? [...SUITES_13, ...SUITES] : SUITES;
  const own = faults.has('mss-tls-suite') ? ['AES256-SHA', 'AES128-SHA', 'ECDHE-RSA-CHACHA20-POLY1305'] : suites;
  const shortGroup = faults.has('mss-dh-court');
  // The library refuses a short group by itself, whatever the least size asked, unless its own level is lowered too.
  const kept = shortGroup ? [...own, '@SECLEVEL=0'] : own;
  return {
    ...(await tlsFiles(config, faults)),
    minVersion: weak ? 'TLSv1' : 'TLSv1.2',
    maxVersion: newer ? 'TLSv1.3' : 'TLSv1.2',
    ciphers: weak ? 'DEFAULT@SECLEVEL=0' : kept.join(':'),
    ecdhCurve: GROUPS,
    minDHSize: shortGroup ? 512 : 2048,
    rejectUnauthorized: !faults.has('mss-tls-sans-verification'),
  };
}

async function tlsFiles(
  config: SglConfig,
  faults: ReadonlySet<string>,
): Promise<{ ca: Buffer; cert?: Buffer; key?: Buffer }> {
  const own = presented(config, faults);
  try {
    const [ca, cert, key] = await Promise.all([readFile(config.ca), readFile(own.cert), readFile(own.key)]);
    return faults.has('mss-tls-sans-certificat') ? { ca } : { ca, cert, key };
  } catch (cause) {
    throw new SglError(
      'CERTIFICAT_MSSANTE_ILLISIBLE',
      "Le certificat de la messagerie MSSanté ou le fichier des autorités n'a pas pu être lu.",
      'Vérifiez mssante.cert, mssante.key et ca dans la configuration.',
      { cause },
    );
  }
}

/** The certificate in force, but for the faults that go on with another one. */
function presented({ mssante }: SglConfig, faults: ReadonlySet<string>): TlsIdentity {
  const { former = {} } = mssante;
  if (faults.has('mss-certificat-expire')) return former.expired ?? mssante;
  if (faults.has('mss-certificat-revoque')) return former.revoked ?? mssante;
  if (faults.has('mss-certificat-autre-autorite')) return former.foreign ?? mssante;
  if (faults.has('mss-certificat-de-cachet')) return former.seal ?? mssante;
  return mssante;
}

/** Only with its fault: the port of TLS from the first byte, where STARTTLS is asked for (SC.MSS/CONF.05 and 06). */
export function implicitPort(
  { tlsPort }: { readonly tlsPort?: number },
  faults: ReadonlySet<string>,
): number | undefined {
  return faults.has('mss-tls-implicite') ? tlsPort : undefined;
}

/** What the user is told of a refusal of TLS: why, and what to do. */
export function explainTls(code: string): string {
  const { reason, remedy } =
    table.failures.find(({ pattern }) => new RegExp(pattern, 'i').test(code)) ?? table.otherwise;
  return `La connexion sécurisée avec le serveur MSSanté a échoué : ${reason} (${code}). ${remedy}`;
}
