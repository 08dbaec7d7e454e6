// The decorators of the ASN.1 schemas need this first, or the next import throws (toolchain.md §10).
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(crypto);

export { x509 };
