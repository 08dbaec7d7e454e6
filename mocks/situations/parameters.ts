const NONE: readonly string[] = [];
const DELAY: readonly string[] = ['delayMs'];
/** Situations that read settings of their own, whatever the service. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'tls-suites': ['suites'],
  'erreur-soap': ['code', 'subcode', 'side', 'severity', 'text'],
  'accuse-tardif': DELAY,
};

/** Names of the parameters that a situation reads: those that wait take `delayMs`. */
export function parametersOf(situation: string): readonly string[] {
  return OWN[situation] ?? (situation === 'latence' || situation.startsWith('latence-') ? DELAY : NONE);
}
