import { CommanderError } from 'commander';
import { EXIT } from '#tracker/domain/index.ts';

/** What the user typed or has on disk is wrong; ends the command with one French line. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: number;
  /** French, what to do. */
  readonly remedy: string;

  constructor(code: string, exitCode: number, message: string, remedy: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CliError';
    this.code = code;
    this.exitCode = exitCode;
    this.remedy = remedy;
  }
}

/** One French line: what, where, what to do; and the exit code that goes with it. */
export interface Failure {
  readonly code: string;
  readonly exitCode: number;
  readonly message: string;
  readonly remedy: string;
}

/** Codes of our own errors that are the user's configuration, not a fault of the bench. */
const CONFIGURATION = new Set([
  'SEAL_KEY',
  'SEAL_KEY_OPEN',
  'SEAL_KEY_PASSPHRASE',
  'SEAL_PATH',
  'SEAL_BYTES_CHANGED',
  'TIMESTAMP_UNREACHABLE',
  'TIMESTAMP_REFUSED',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_EXPIRED',
  'VAULT_FULL',
  'VAULT_UNWRITABLE',
  'VAULT_PIECE_MISSING',
  'VAULT_PIECE_ALTERED',
  'DISK_FULL',
  'TRACKER_BUSY',
  'TRACKER_UNREADABLE',
  'TRACKER_UNREACHABLE',
  'TRACKER_NEWER',
  'RESTORE_NOT_EMPTY',
  'COPY_NEWER',
  'COPY_BROKEN',
  'CAMPAIGN_EXISTS',
  'PORT_IN_USE',
  'PORT_FORBIDDEN',
  'LISTEN_FAILED',
  'PKI_LOCKED',
  'PKI_UNWRITABLE',
  'JOURNAL_UNWRITABLE',
  'SUT_NO_IDENTITY',
  'SUT_NOT_CONFIGURED',
  'SUT_UNREACHABLE',
  'SUT_TIMEOUT',
  'REFERENCE_NOT_STARTED',
  'DATA_LOCKED',
]);
const USAGE = new Set([
  'EVIDENCE_EMPTY',
  'ALARM_UNKNOWN',
  'ALARM_REASON_MISSING',
  'CANNOT_MASK',
  'PROFILES_REFUSED',
  'INSI_OPTIONS',
  'DMP_OPTIONS',
  'EXTRACTION_OPTIONS',
  'BAD_PORT',
  'CATALOGUE_UNKNOWN',
  'PROFILES_UNKNOWN',
  'SUT_UNKNOWN_KIND',
  'SUT_BAD_ADDRESS',
  'SUT_NO_COMMAND',
  'FAULT_NEEDS_REFERENCE',
  'REFERENCE_FAULT',
  'GESTURE_INPUT',
  'TAG_INCONNU',
  'SUITE_VIDE',
]);

const SYSTEM: Readonly<Record<string, (path: string) => readonly [number, string, string]>> = {
  ENOENT: (path) => [EXIT.usage, `Le fichier ou le dossier « ${path} » n'existe pas.`, 'Vérifiez le chemin.'],
  EISDIR: (path) => [
    EXIT.usage,
    `« ${path} » est un dossier, un fichier était attendu.`,
    'Donnez le chemin du fichier.',
  ],
  EEXIST: (path) => [
    EXIT.usage,
    `« ${path} » existe déjà et n'est pas un dossier.`,
    'Donnez un autre chemin avec --data ou --out.',
  ],
  ENOTDIR: (path) => [EXIT.usage, `« ${path} » passe par un fichier, un dossier était attendu.`, 'Vérifiez le chemin.'],
  EACCES: (path) => [
    EXIT.configuration,
    `Accès refusé à « ${path} ».`,
    'Donnez-vous les droits sur ce chemin, ou choisissez-en un autre avec --data ou --out.',
  ],
  EPERM: (path) => [
    EXIT.configuration,
    `Opération refusée sur « ${path} ».`,
    'Donnez-vous les droits sur ce chemin, ou choisissez-en un autre avec --data ou --out.',
  ],
  EROFS: (path) => [
    EXIT.configuration,
    `« ${path} » est en lecture seule.`,
    'Choisissez un autre dossier avec --data ou --out.',
  ],
  ENOSPC: (path) => [
    EXIT.configuration,
    `Plus de place pour écrire « ${path} ».`,
    'Libérez de la place, puis relancez.',
  ],
  EADDRINUSE: (path) => [
    EXIT.configuration,
    `Le port est déjà pris (${path}).`,
    'Arrêtez le programme qui l’occupe ou choisissez un autre port.',
  ],
};

/** Turns whatever was thrown into one line for the user. What nobody foresaw is the bench's own fault: code 4. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return usageFailure(error);
  if (error instanceof Error) {
    const { code } = error as NodeJS.ErrnoException;
    const { path, syscall } = error as NodeJS.ErrnoException;
    const system = code === undefined ? undefined : SYSTEM[code];
    if (system) {
      const [exitCode, message, remedy] = system(path ?? syscall ?? '');
      return { code: code ?? '', exitCode, message, remedy };
    }
    if (typeof code === 'string' && 'remedy' in error && typeof error.remedy === 'string') {
      const exitCode = USAGE.has(code) ? EXIT.usage : CONFIGURATION.has(code) ? EXIT.configuration : EXIT.bench;
      return { code, exitCode, message: error.message, remedy: error.remedy };
    }
  }
  return {
    code: 'BANC',
    exitCode: EXIT.bench,
    message: `Le banc a échoué : ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Relancez avec --debug pour la trace complète ; ce n’est pas une faute du produit testé.',
  };
}

function usageFailure(error: CommanderError): Failure {
  const quoted = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const usage = (
    message: string,
    remedy = '« npm run jalon -- --help » liste les commandes et leurs options.',
  ): Failure => ({
    code: 'USAGE',
    exitCode: EXIT.usage,
    message,
    remedy,
  });
  switch (error.code) {
    case 'commander.unknownOption':
      return usage(`Option inconnue : ${quoted}.`);
    case 'commander.unknownCommand':
      return usage(`Commande inconnue : ${quoted}.`);
    case 'commander.missingArgument':
      return usage(`Argument manquant : ${quoted}.`);
    case 'commander.optionMissingArgument':
      return usage(`L'option ${quoted} attend une valeur.`);
    case 'commander.missingMandatoryOptionValue':
      return usage(`Option obligatoire absente : ${quoted}.`);
    case 'commander.excessArguments':
      return usage('Argument en trop.');
    case 'commander.invalidArgument':
      // The parsers of our own options throw French sentences.
      return usage(error.message.replace(/^error: (?:option|command-argument value).*?is invalid\. /, ''));
    default:
      return usage(error.message);
  }
}
