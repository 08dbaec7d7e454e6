import type { SMTPServerOptions } from 'smtp-server';
import type { SmtpSessionRecord } from './session-record.ts';

type Logger = Exclude<SMTPServerOptions['logger'], boolean | undefined>;

/**
 * smtp-server shows the dialogue to its logger only, credentials already hidden: this logger is how the transcript is
 * taken, and how the error of a connection is known as its own. Nothing is printed.
 * @param recordOf record of a connection id
 */
export function transcriptLogger(recordOf: (connectionId: string) => SmtpSessionRecord | undefined): Logger {
  const ignore = (): void => undefined;
  const debug = (entry: unknown, ...words: readonly unknown[]): void => {
    if (typeof entry !== 'object' || entry === null || !('tnx' in entry) || !('cid' in entry)) return;
    const record = typeof entry.cid === 'string' ? recordOf(entry.cid) : undefined;
    const line = words.filter((word) => typeof word === 'string').join(' ');
    if (entry.tnx === 'command') record?.command(line.replace(/^C: ?/u, '').replace('/* secured */', '***'));
    else if (entry.tnx === 'send') record?.reply(line.replace(/^S: ?/u, ''));
  };
  const error = (entry: unknown, format: unknown, connectionId: unknown): void => {
    if (typeof entry !== 'object' || entry === null || !('err' in entry) || !(entry.err instanceof Error)) return;
    if (typeof format === 'string' && typeof connectionId === 'string') recordOf(connectionId)?.failed(entry.err);
  };
  return { trace: ignore, debug, info: ignore, warn: ignore, error, fatal: ignore };
}
