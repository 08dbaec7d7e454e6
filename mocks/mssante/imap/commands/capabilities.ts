import capabilities from './capabilities.json' with { type: 'json' };

/** Where a connection stands: before TLS, before login, mailbox open. */
export type Phase = 'clear' | 'secured' | 'opened';

/**
 * What the server can do, at that point of the connection.
 * @param maxBytes largest message of an APPEND
 */
export function capabilitiesOf(phase: Phase, maxBytes: number): string {
  const always = capabilities.always.join(' ');
  if (phase === 'opened') return `${always} ${capabilities.opened.join(' ')} APPENDLIMIT=${maxBytes}`;
  return `${always} ${capabilities[phase].join(' ')}`;
}
