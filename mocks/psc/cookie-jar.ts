/** Cookies of one browser session: by host, path and expiry kept to what a login flow needs. */
export class CookieJar {
  readonly #byHost = new Map<string, Map<string, string>>();

  /** Takes the `Set-Cookie` headers of an answer from this URL. Ports do not separate cookies, hosts do (RFC 6265). */
  store(url: URL, setCookies: readonly string[]): void {
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split(';');
      const equals = pair.indexOf('=');
      if (equals < 1) continue;
      const name = pair.slice(0, equals).trim();
      const cookies = this.#byHost.get(url.hostname) ?? new Map<string, string>();
      const gone = attributes.some((one) => /^\s*max-age\s*=\s*(0|-\d+)\s*$/iu.test(one) || isPast(one));
      if (gone) cookies.delete(name);
      else cookies.set(name, pair.slice(equals + 1).trim());
      this.#byHost.set(url.hostname, cookies);
    }
  }

  /** `Cookie` header for this URL; undefined when there is none. */
  header(url: URL): string | undefined {
    const cookies = this.#byHost.get(url.hostname);
    if (cookies === undefined || cookies.size === 0) return undefined;
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Name and value of every cookie held for a host. */
  of(hostname: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#byHost.get(hostname) ?? []);
  }
}

/** An `Expires` at the epoch is how servers delete a cookie; other dates outlive the flow. */
function isPast(attribute: string): boolean {
  const value = /^\s*expires\s*=\s*(.+)$/iu.exec(attribute)?.[1];
  return value !== undefined && Date.parse(value) <= 86_400_000;
}
