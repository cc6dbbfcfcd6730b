package io.clusterspring.jgroups.guard;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.EllipticCurve;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * TLS for nodes that have a cookie and no certificates: each makes one of its own when it
 * starts, and takes any of that kind from others. TLS then says only that the other end
 * has the key of the certificate it shows; the {@link Handshake} within it, whose proof
 * covers both certificates, says that it is a node.
 */
final class CookieTls implements Supplier<TlsSettings> {

	private static final String[] PROTOCOLS = { "TLSv1.3" };

	private final TlsSettings settings;

	CookieTls() {
		SelfSignedCertificate own = SelfSignedCertificate.create();
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(new KeyManager[] { new OwnKey(own) },
					new TrustManager[] { new AnySuchCertificate(own.certificate()) }, null);
			context.createSSLEngine().setSSLParameters(new SSLParameters(null, PROTOCOLS));
			this.settings = new TlsSettings(context, PROTOCOLS, new String[0], List.of());
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalStateException("This Java platform has no TLS 1.3, which cluster.cookie needs", ex);
		}
	}

	@Override
	public TlsSettings get() {
		return this.settings;
	}

	private static final class OwnKey extends X509ExtendedKeyManager {

		private static final String ALIAS = "node";

		private final SelfSignedCertificate own;

		OwnKey(SelfSignedCertificate own) {
			this.own = own;
		}

		@Override
		public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
			return new String[] { ALIAS };
		}

		@Override
		public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			for (String keyType : keyTypes) {
				if (keyType.equals("EC")) {
					return ALIAS;
				}
			}
			return null;
		}

		@Override
		public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
			return new String[] { ALIAS };
		}

		@Override
		public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
				@Nullable Socket socket) {
			return (keyType.equals("EC")) ? ALIAS : null;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			return new X509Certificate[] { this.own.certificate() };
		}

		@Override
		public PrivateKey getPrivateKey(String alias) {
			return this.own.key();
		}

	}

	/**
	 * Takes one certificate with a key of the same kind as the own one, so that no
	 * stranger chooses how dear it is to check a signature.
	 */
	private static final class AnySuchCertificate extends X509ExtendedTrustManager {

		private final EllipticCurve curve;

		AnySuchCertificate(X509Certificate own) {
			this.curve = ((ECPublicKey) own.getPublicKey()).getParams().getCurve();
		}

		private void check(X509Certificate[] chain) throws CertificateException {
			if (chain.length != 1 || !(chain[0].getPublicKey() instanceof ECPublicKey key)
					|| !key.getParams().getCurve().equals(this.curve)) {
				throw new CertificateException("The certificate is not of the kind that nodes make for themselves");
			}
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
				throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
				throws CertificateException {
			check(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
				throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
				throws CertificateException {
			check(chain);
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
