import type { Exchange, ShownTls } from '#formats/exchange/index.ts';
import type { OperatorConnection } from './operator.ts';

/** A connection to an operator, with what says which one it was. */
export interface SeenOperatorConnection extends OperatorConnection {
  /** Situation or personality that the operator played; absent for the plain operator. */
  readonly played?: string;
  /** Exchanges of the connection, in the order of the journal. */
  readonly exchanges: readonly string[];
}

/**
 * The connections to an operator that the exchanges of a journal tell, in order of their first exchange: what was shown,
 * what was settled, the commands that the client sent inside TLS. Exchanges that say nothing of what was shown (HTTP, a
 * dialogue in clear) are left out.
 * @param exchanges those of one service, in order of arrival
 */
export function operatorConnections(exchanges: readonly Exchange[]): readonly SeenOperatorConnection[] {
  const connections = new Map<string, { last: ShownTls; readonly ids: string[] }>();
  for (const exchange of exchanges) {
    const shown = shownIn(exchange);
    if (shown === undefined) continue;
    const known = connections.get(shown.connection);
    if (known === undefined) connections.set(shown.connection, { last: shown, ids: [exchange.id] });
    else {
      // Commands only grow: the fullest account is the last one, whatever the order the exchanges were written in.
      if (shown.commands.length >= known.last.commands.length) known.last = shown;
      known.ids.push(exchange.id);
    }
  }
  return [...connections.values()].map(({ last, ids }) => {
    const { flaw, protocol, cipher, keyExchange, commands, situation, personality } = last;
    const played = situation ?? personality;
    return {
      ...(flaw === undefined ? {} : { flaw }),
      protocol,
      cipher,
      ...(keyExchange === undefined ? {} : { keyExchange }),
      commands,
      ...(played === undefined ? {} : { played }),
      exchanges: ids,
    };
  });
}

function shownIn(exchange: Exchange): ShownTls | undefined {
  return exchange.protocol === 'http' ? undefined : exchange.shown;
}
