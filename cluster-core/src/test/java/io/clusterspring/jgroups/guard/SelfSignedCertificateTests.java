package io.clusterspring.jgroups.guard;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.clusterspring.jgroups.guard.CookieTls.SelfSignedCertificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SelfSignedCertificate}.
 */
class SelfSignedCertificateTests {

	@Test
	void certificateIsReadAndVerifiedByTheJdk() throws Exception {
		for (int i = 0; i < 200; i++) {
			SelfSignedCertificate made = SelfSignedCertificate.create();
			X509Certificate certificate = made.certificate();
			certificate.verify(certificate.getPublicKey());
			certificate.checkValidity(new Date(0x7fffffffL * 1000));
			InputStream encoded = new ByteArrayInputStream(certificate.getEncoded());
			assertThat(CertificateFactory.getInstance("X.509").generateCertificate(encoded)).isEqualTo(certificate);
			assertThat(encoded.read()).as("nothing follows").isEqualTo(-1);
			assertThat(certificate.getSerialNumber().signum()).isPositive();
			assertThat(certificate.getVersion()).isEqualTo(3);
			assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
		}
	}

	@Test
	void privateKeyIsTheOneOfTheCertificate() throws Exception {
		SelfSignedCertificate made = SelfSignedCertificate.create();
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(made.key());
		signature.update("said".getBytes(StandardCharsets.US_ASCII));
		byte[] signed = signature.sign();
		signature.initVerify(made.certificate());
		signature.update("said".getBytes(StandardCharsets.US_ASCII));
		assertThat(signature.verify(signed)).isTrue();
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> made.certificate().verify(SelfSignedCertificate.create().certificate().getPublicKey()));
	}

	@Test
	void eachIsAnother() throws Exception {
		Set<X509Certificate> made = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			made.add(SelfSignedCertificate.create().certificate());
		}
		assertThat(made).hasSize(20);
	}

	@Test
	void keytoolReadsItAsWell(@TempDir Path directory) throws Exception {
		Path file = Files.write(directory.resolve("node.der"),
				SelfSignedCertificate.create().certificate().getEncoded());
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-J-Duser.language=en",
				"-printcert", "-file", file.toString())
			.redirectErrorStream(true)
			.start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(said).contains("CN=cluster node", "256-bit EC (secp256r1) key", "SHA256withECDSA");
	}

}
