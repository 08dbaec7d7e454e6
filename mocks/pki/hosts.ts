import table from './hosts.json' with { type: 'json' };

/** Real (or fixed) host names by service, which the server certificates carry; for `jalon mocks --hosts`. */
export const SERVICE_HOSTS: readonly { readonly service: string; readonly name: string }[] = table.hosts;
