/** The one parameter that every situation may carry: those that do not wait leave it unread. */
const EVERYWHERE: readonly string[] = ['delayMs'];
/** Situations that read settings of their own, whatever the service. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'tls-suites': ['suites'],
  'erreur-integration': ['code'],
  'liste-revocation-injoignable': ['after'],
  'liste-revocation-courte': ['minutes'],
  'erreur-soap': ['code', 'subcode', 'side', 'severity', 'text'],
};

/** Names of the parameters that may be set for a situation. */
export function parametersOf(situation: string): readonly string[] {
  return [...(OWN[situation] ?? []), ...EVERYWHERE];
}
