import data from './domains.json' with { type: 'json' };

/**
 * Whether a domain belongs to the MSSanté space: one that the bench serves, or one of the national list (`domains.json`).
 * @param domain lower case
 */
export function isMssanteDomain(domain: string, served: ReadonlySet<string>): boolean {
  return served.has(domain) || data.suffixes.some((suffix) => domain === suffix || domain.endsWith(`.${suffix}`));
}
