import type { Finding, Rule } from '#dsr/verdict/index.ts';
import type { Wave } from '#dsr/rem/index.ts';
import { applyRules } from '../rule/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import { allowedSuites, isAllowedSuite } from './ciphers.ts';

/** What is wrong with the certificate that the operator showed. */
export type OperatorFlaw =
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  /** The responder alone says it: the list does not hold it yet. */
  | 'revoked-by-ocsp'
  | 'unknown-authority'
  | 'wrong-name';

/** One connection of a client to an operator, as the operator saw it. */
export interface OperatorConnection {
  /** Absent when the certificate was right. */
  readonly flaw?: OperatorFlaw;
  /** The client asked the OCSP responder about this certificate, and was told that it is revoked. */
  readonly toldRevoked?: boolean;
  /** What was settled, empty when the handshake did not go so far. */
  readonly protocol: string;
  readonly cipher: string;
  /** Ephemeral key of the exchange, when known. */
  readonly keyExchange?: { readonly type: 'DH' | 'ECDH'; readonly bits: number; readonly curve?: string };
  /** Names of the commands that the client sent inside TLS, never their arguments. */
  readonly commands: readonly string[];
}

interface OperatorSubject {
  readonly connection: OperatorConnection;
  readonly wave: Wave;
}

type OperatorRule = JudgedRule<OperatorSubject>;

const ECO = (numbers: string): string => `MSSanté, Référentiel socle #2 (clients), ${numbers}`;
const WHERE = 'connexion à l’opérateur, après la négociation TLS';
const REMEDY = 'Fermez la connexion dès la négociation TLS, sans rien envoyer, et dites-en la raison à l’utilisateur.';
/** Their keys have 253 and 446 bits, and the strength of groups of 256 bits and more. */
const MODERN_CURVES: ReadonlySet<string> = new Set(['X25519', 'X448']);

const FLAWS: readonly {
  readonly id: string;
  readonly flaw: OperatorFlaw;
  readonly requirements: readonly string[];
  readonly source: string;
  readonly said: string;
  readonly expected: string;
}[] = [
  {
    id: 'TLS-OPERATOR-EXPIRED',
    flaw: 'expired',
    requirements: ['MSS/va1.04'],
    source: ECO('ECO.1.1.5'),
    said: 'expiré',
    expected: 'un certificat d’opérateur qui n’est pas expiré',
  },
  {
    id: 'TLS-OPERATOR-NOT-YET-VALID',
    flaw: 'not-yet-valid',
    requirements: ['MSS/va1.04'],
    source: `${ECO('ECO.1.1.5')} ; RFC 5280 §6.1.3`,
    said: 'pas encore valide',
    expected: 'un certificat d’opérateur dont la validité a commencé',
  },
  {
    id: 'TLS-OPERATOR-REVOKED',
    flaw: 'revoked',
    requirements: ['MSS/CONF.22'],
    source: ECO('ECO.1.1.6 et ECO.1.1.7'),
    said: 'révoqué',
    expected: 'un certificat d’opérateur qui n’est pas révoqué (CRL ou OCSP)',
  },
  {
    id: 'TLS-OPERATOR-AUTHORITY',
    flaw: 'unknown-authority',
    requirements: ['MSS/va1.03'],
    source: ECO('ECO.1.1.10'),
    said: 'émis par une autre autorité',
    expected: 'un certificat d’opérateur émis par l’IGC-Santé',
  },
  {
    id: 'TLS-OPERATOR-NAME',
    flaw: 'wrong-name',
    requirements: ['MSS/va1.03'],
    source: `${ECO('ECO.1.1.1')} ; RFC 6125`,
    said: 'établi pour un autre nom',
    expected: 'un certificat établi pour le nom de l’opérateur appelé',
  },
];

const CERTIFICATE_RULES: readonly OperatorRule[] = FLAWS.map(({ id, flaw, requirements, source, said, expected }) => ({
  id,
  layer: 'wire',
  severity: 'error',
  requirements,
  source,
  title: `Le client s’arrête devant un opérateur dont le certificat est ${said}.`,
  expected,
  remedy: REMEDY,
  judge: ({ connection }) =>
    connection.flaw === flaw && connection.commands.length > 0
      ? [{ where: WHERE, received: `certificat ${said}, puis ${quote(connection)}` }]
      : [],
}));

const SESSION_RULES: readonly OperatorRule[] = [
  {
    id: 'TLS-OPERATOR-VERSION',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.31', 'MSS/CONF.01'],
    source: `${ECO('ECO.1.1.2')} ; vague 1 : TLS 1.2 uniquement ; vague 2 : TLS 1.2 au moins`,
    title: 'Le client s’arrête devant un opérateur qui n’offre pas la version de TLS demandée.',
    expected: 'TLS 1.2',
    remedy: REMEDY,
    judge: ({ connection, wave }) => {
      const allowed = wave === 'va1' ? ['TLSv1.2'] : ['TLSv1.2', 'TLSv1.3'];
      const { protocol, commands } = connection;
      if (protocol === '' || allowed.includes(protocol) || commands.length === 0) return [];
      return [{ where: WHERE, received: `${protocol}, puis ${quote(connection)}`, expected: allowed.join(' ou ') }];
    },
  },
  {
    id: 'TLS-OPERATOR-CIPHER',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.31', 'MSS/CONF.03'],
    source: ECO('ECO.1.1.3'),
    title: 'Le client s’arrête devant un opérateur qui impose une suite hors de la liste.',
    expected: allowedSuites('mssante').join(', '),
    remedy: REMEDY,
    judge: ({ connection }) =>
      connection.cipher === '' || isAllowedSuite(connection.cipher, 'mssante') || connection.commands.length === 0
        ? []
        : [{ where: WHERE, received: `${connection.cipher}, puis ${quote(connection)}` }],
  },
  {
    id: 'TLS-OPERATOR-KEY-EXCHANGE',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.31', 'MSS/CONF.03'],
    source: ECO('ECO.1.1.3'),
    title: 'Le client s’arrête devant un opérateur dont l’échange de clés est trop faible.',
    expected: 'groupe DH de 2048 bits au moins, ou groupe ECDH de 256 bits au moins',
    remedy: REMEDY,
    judge: ({ connection }) => {
      const { keyExchange, commands } = connection;
      if (keyExchange === undefined || commands.length === 0) return [];
      const enough = keyExchange.bits >= (keyExchange.type === 'DH' ? 2048 : 256);
      return enough || MODERN_CURVES.has(keyExchange.curve ?? '')
        ? []
        : [
            {
              where: WHERE,
              received: `${keyExchange.type} de ${keyExchange.bits} bits, puis ${quote(connection)}`,
            },
          ];
    },
  },
];

/** The list or OCSP is enough (ECO.1.1.6): a client that never asked could not know, one that was told could not go on. */
const OCSP_RULE: OperatorRule = {
  id: 'TLS-OPERATOR-REVOKED-OCSP',
  layer: 'wire',
  severity: 'error',
  requirements: ['MSS/CONF.22'],
  source: `${ECO('ECO.1.1.6')} ; RFC 6960`,
  title: 'Le client s’arrête devant un opérateur dont OCSP dit le certificat révoqué.',
  expected: 'un certificat d’opérateur que ni la liste ni OCSP ne disent révoqué',
  remedy: REMEDY,
  judge: ({ connection }) => {
    const { flaw, toldRevoked, commands } = connection;
    if (flaw !== 'revoked-by-ocsp' || commands.length === 0) return [];
    return toldRevoked === true
      ? [{ where: WHERE, received: `certificat que le répondeur OCSP a dit révoqué, puis ${quote(connection)}` }]
      : [
          {
            where: WHERE,
            received: `certificat révoqué que la liste ne porte pas encore, sans demande à OCSP, puis ${quote(connection)}`,
            remedy:
              'Le référentiel admet la liste seule. Interrogez aussi le répondeur OCSP que le certificat annonce : il connaît une ' +
              'révocation avant la liste suivante. Sinon, tenez la liste à jour et dites à quel rythme.',
            severity: 'warning',
          },
        ];
  },
};

const JUDGED: readonly OperatorRule[] = [...CERTIFICATE_RULES, OCSP_RULE, ...SESSION_RULES];

/** What a client does in front of an operator that it must refuse. Source: facts on ECO.1.1.1 to ECO.1.1.10. */
export const OPERATOR_RULES: readonly Rule[] = JUDGED;

/**
 * Judges what a client did in front of an operator. A command inside TLS is going on; stopping is the proof, and a client
 * that stopped has no finding. Wave 1 refuses an operator that has only TLS 1.3, wave 2 may use it.
 */
export function checkOperatorConnection(
  connection: OperatorConnection,
  options: { readonly wave: Wave; readonly without?: readonly string[] },
): readonly Finding[] {
  const { wave, without } = options;
  return applyRules(
    JUDGED,
    { connection, wave },
    {
      ...(without === undefined ? {} : { without }),
      serves: (requirement) => wave === 'va2' || !requirement.startsWith('MSS/CONF'),
    },
  );
}

/** A few names are enough, and a hostile client sends many. */
function quote({ commands }: OperatorConnection): string {
  return `le client a envoyé ${commands.slice(0, 5).join(', ')}`;
}
