package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

import io.clusterspring.jgroups.guard.ConnectionSecurity.TlsSettings;

/**
 * An authority that signs certificates of nodes, for whatever time they are to be valid
 * (RFC 5280, ASN.1 in DER). Nodes trust what it has signed.
 */
final class TestAuthority {

	private static final byte[] ECDSA_WITH_SHA256 = { 0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce,
			0x3d, 0x04, 0x03, 0x02 };

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private final KeyPair keys = keys();

	private final X509Certificate certificate = sign("authority", this.keys, Instant.EPOCH,
			Instant.parse("2100-01-01T00:00:00Z"));

	/**
	 * Make the settings of a node.
	 * @param from from when on its certificate is valid
	 * @param until until when
	 * @return the settings
	 */
	TlsSettings node(Instant from, Instant until) throws Exception {
		KeyPair own = keys();
		X509Certificate signed = sign("node", own, from, until);
		KeyStore store = empty();
		store.setKeyEntry("node", own.getPrivate(), new char[0], new Certificate[] { signed, this.certificate });
		KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keyManagers.init(store, new char[0]);
		KeyStore trusted = empty();
		trusted.setCertificateEntry("authority", this.certificate);
		TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trustManagers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
		return new TlsSettings(context, new String[] { "TLSv1.3", "TLSv1.2" }, new String[0],
				List.of(signed, this.certificate));
	}

	X509Certificate sign(String name, KeyPair subject, Instant from, Instant until) {
		// of version 1: an authority of a later one needs extensions
		byte[] content = der(0x30, der(0x02, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
				ECDSA_WITH_SHA256, name("authority"), der(0x30, time(from), time(until)), name(name),
				subject.getPublic().getEncoded());
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(this.keys.getPrivate());
			signature.update(content);
			byte[] encoded = der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[1], signature.sign()));
			return (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore empty() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	static KeyPair keys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] name(String name) {
		return new X500Principal("CN=" + name).getEncoded();
	}

	private static byte[] time(Instant time) {
		return der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		encoded.write(tag);
		int length = content.size();
		if (length > 0xff) {
			encoded.write(0x82);
			encoded.write(length >> 8);
		}
		else if (length > 0x7f) {
			encoded.write(0x81);
		}
		encoded.write(length);
		encoded.writeBytes(content.toByteArray());
		return encoded.toByteArray();
	}

}
