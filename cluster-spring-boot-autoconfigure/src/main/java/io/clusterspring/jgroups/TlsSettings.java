package io.clusterspring.jgroups;

import javax.net.ssl.SSLContext;

/**
 * How connections between nodes are encrypted, always with a certificate at both ends.
 *
 * @param context has the certificate of this node, and knows whom to trust
 * @param protocols the versions that may be used, such as {@code TLSv1.3}
 * @param ciphers the cipher suites that may be used; empty for those of the JVM
 */
public record TlsSettings(SSLContext context, String[] protocols, String[] ciphers) {

}
