package io.clusterspring.jgroups.guard;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.EllipticCurve;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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
			context.init(keyManagers(own), new TrustManager[] { new AnySuchCertificate(own.certificate()) }, null);
			context.createSSLEngine().setSSLParameters(new SSLParameters(null, PROTOCOLS));
			this.settings = new TlsSettings(context, PROTOCOLS, new String[0], List.of());
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalStateException("This Java platform has no TLS 1.3, which cluster.cookie needs", ex);
		}
	}

	private static KeyManager[] keyManagers(SelfSignedCertificate own) throws GeneralSecurityException {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null);
			store.setKeyEntry("node", own.key(), new char[0], new Certificate[] { own.certificate() });
			KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
			factory.init(store, new char[0]);
			return factory.getKeyManagers();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Nothing is read", ex);
		}
	}

	@Override
	public TlsSettings get() {
		return this.settings;
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
