package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
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
import javax.security.auth.x500.X500Principal;

import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

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

	/**
	 * A new key on the curve P-256, and a certificate that it has signed for itself (RFC
	 * 5280, ASN.1 in DER). The JDK makes certificates only with its program
	 * {@code keytool}.
	 *
	 * @param key the private key; it never leaves the process
	 * @param certificate says no more than which key it is
	 */
	record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {

		private static final int INTEGER = 0x02;

		private static final int BIT_STRING = 0x03;

		private static final int UTC_TIME = 0x17;

		private static final int GENERALIZED_TIME = 0x18;

		private static final int SEQUENCE = 0x30;

		private static final int VERSION = 0xa0;

		// SEQUENCE { OBJECT IDENTIFIER 1.2.840.10045.4.3.2 }
		private static final byte[] ECDSA_WITH_SHA256 = { 0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce,
				0x3d, 0x04, 0x03, 0x02 };

		private static final byte[] V3 = { 2 };

		static SelfSignedCertificate create() {
			try {
				KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
				generator.initialize(new ECGenParameterSpec("secp256r1"));
				KeyPair pair = generator.generateKeyPair();
				byte[] content = content(pair);
				Signature signature = Signature.getInstance("SHA256withECDSA");
				signature.initSign(pair.getPrivate());
				signature.update(content);
				byte[] encoded = der(SEQUENCE, content, ECDSA_WITH_SHA256,
						der(BIT_STRING, new byte[1], signature.sign()));
				return new SelfSignedCertificate(pair.getPrivate(),
						(X509Certificate) CertificateFactory.getInstance("X.509")
							.generateCertificate(new ByteArrayInputStream(encoded)));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("This Java platform has no elliptic curves (P-256), which "
						+ "cluster.cookie needs: set cluster.ssl.bundle", ex);
			}
		}

		private static byte[] content(KeyPair pair) {
			byte[] name = new X500Principal("CN=cluster node").getEncoded();
			byte[] serial = new BigInteger(63, new SecureRandom()).add(BigInteger.ONE).toByteArray();
			return der(SEQUENCE, der(VERSION, der(INTEGER, V3)), der(INTEGER, serial), ECDSA_WITH_SHA256, name,
					validity(), name, pair.getPublic().getEncoded());
		}

		// it ends with the process, and a clock that is wrong must not keep a node out
		private static byte[] validity() {
			return der(SEQUENCE, der(UTC_TIME, ascii("000101000000Z")),
					der(GENERALIZED_TIME, ascii("99991231235959Z")));
		}

		private static byte[] ascii(String text) {
			return text.getBytes(StandardCharsets.US_ASCII);
		}

		private static byte[] der(int tag, byte[]... parts) {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			for (byte[] part : parts) {
				content.writeBytes(part);
			}
			ByteArrayOutputStream encoded = new ByteArrayOutputStream();
			encoded.write(tag);
			writeLength(encoded, content.size());
			encoded.writeBytes(content.toByteArray());
			return encoded.toByteArray();
		}

		private static void writeLength(ByteArrayOutputStream out, int length) {
			if (length > 0xff) {
				out.write(0x82);
				out.write(length >> 8);
			}
			else if (length > 0x7f) {
				out.write(0x81);
			}
			out.write(length);
		}

	}

}
