package io.clusterspring.jgroups.guard;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * How connections between nodes are encrypted, always with a certificate at both ends.
 *
 * @param context has the certificate of this node, and knows whom to trust
 * @param protocols the versions that may be used, such as {@code TLSv1.3}
 * @param ciphers the cipher suites that may be used; empty for those of the JVM
 * @param certificates the certificate of this node, and those that it was signed with;
 * empty if they are of no matter
 */
public record TlsSettings(SSLContext context, String[] protocols, String[] ciphers,
		List<X509Certificate> certificates) {

	/**
	 * Return what is to be said of the certificates now, to those who operate the node.
	 * @return that one has expired, is not valid yet or expires within 14 days;
	 * {@code null} if there is nothing to say
	 */
	public @Nullable String warning() {
		return CertificateValidity.now(this.certificates).warning();
	}

}
