import type { Exchange } from '#formats/exchange/index.ts';
import { verdictOf, type Finding, type Verdict } from '#dsr/verdict/index.ts';
import { messageOf } from '../errors.ts';

/** What a check said of an exchange. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** False when what was sent could not be read: it is never green. */
  readonly readable: boolean;
}

/**
 * Judges one exchange; the mocks hold no verdict, whoever composes them with the checks gives this one.
 * @param earlier what came before it, in order; only looked at by rules that compare
 * @returns undefined when no check is about such an exchange
 */
export type Judge = (exchange: Exchange, earlier: () => readonly Exchange[]) => Promise<Judged | undefined>;

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

export interface Judging {
  /** Judgement of an exchange, made at the first request; undefined when no check is about it. Never fails. */
  of(exchange: Exchange): Promise<Judgement | undefined>;
}

/** Judgements kept; the oldest made leaves first, and is made again if it is asked for again. */
const KEPT = 5000;

/**
 * Judges exchanges when asked, each once.
 * @param exchanges every exchange, in order, as it is when asked
 */
export function createJudging(judge: Judge, exchanges: () => readonly Exchange[], most: number = KEPT): Judging {
  const made = new Map<string, Promise<Judgement | undefined>>();
  const make = async (exchange: Exchange): Promise<Judgement | undefined> => {
    // Checks do not wait: between two of them, the services answer.
    await new Promise(setImmediate);
    const earlier = (): readonly Exchange[] => {
      const all = exchanges();
      const index = all.findIndex(({ id }) => id === exchange.id);
      return index < 0 ? [] : all.slice(0, index);
    };
    try {
      const judged = await judge(exchange, earlier);
      if (judged === undefined) return undefined;
      const { findings, readable } = judged;
      return { findings, verdict: readable ? verdictOf(findings) : 'non-verifiable' };
    } catch (error) {
      return { findings: [failed(messageOf(error))], verdict: 'non-verifiable' };
    }
  };
  return {
    of(exchange) {
      const known = made.get(exchange.id);
      if (known !== undefined) return known;
      const [oldest] = made.size < most ? [] : made.keys();
      if (oldest !== undefined) made.delete(oldest);
      const judgement = make(exchange);
      made.set(exchange.id, judgement);
      return judgement;
    },
  };
}

function failed(reason: string): Finding {
  return {
    rule: 'BENCH-CHECK-FAILED',
    layer: 'business',
    severity: 'error',
    where: 'échange',
    received: `le contrôle du banc a échoué : ${reason}`,
    expected: 'un échange que le banc sait juger',
    remedy: 'Signalez cet échange aux auteurs du banc : le produit n’est pas en cause.',
    requirements: [],
    source: 'Jalon, jugement des échanges',
  };
}
