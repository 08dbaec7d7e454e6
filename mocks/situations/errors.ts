import type { Service } from '#formats/exchange/index.ts';
import { BenchError } from '../errors.ts';

/** The situation cannot be played as it is asked: its parameters, or whom it is about. */
export class BadSituation extends BenchError {
  constructor(situation: string, why: string) {
    super(
      'BAD_SITUATION',
      `La situation « ${situation} » ne peut pas être jouée telle quelle : ${why}.`,
      'Corriger « parameters », « patient » ou « about ».',
    );
    this.name = 'BadSituation';
  }
}

/** The name asked was announced by no mock of the service. */
export class UnknownSituation extends BenchError {
  constructor(service: Service, situation: string, known: readonly string[]) {
    const names = known.length === 0 ? 'aucune situation annoncée' : `situations connues : ${known.join(', ')}`;
    super(
      'UNKNOWN_SITUATION',
      `La situation « ${situation} » n'existe pas pour le service ${service} (${names}).`,
      'Choisir un nom parmi les situations connues du service.',
    );
    this.name = 'UnknownSituation';
  }
}
