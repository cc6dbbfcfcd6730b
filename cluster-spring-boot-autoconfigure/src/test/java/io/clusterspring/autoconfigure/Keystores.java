package io.clusterspring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Creates keystores with one self-signed certificate each, by the JDK's keytool. A
 * keystore that is used as truststore trusts its own certificate only.
 *
 * @param directory the directory of the keystores
 */
public record Keystores(Path directory) {

	static final String PASSWORD = "changeit";

	/**
	 * Return the properties of a bundle.
	 * @param bundle the name of the bundle
	 * @param name the name of the keystore, which is created if it does not exist
	 * @return the properties as arguments
	 */
	public List<String> bundle(String bundle, String name) {
		Path file = create(name);
		return List.of("key", "trust")
			.stream()
			.flatMap((store) -> List
				.of("--spring.ssl.bundle.jks." + bundle + "." + store + "store.location=file:" + file,
						"--spring.ssl.bundle.jks." + bundle + "." + store + "store.password=" + PASSWORD)
				.stream())
			.toList();
	}

	private Path create(String name) {
		Path file = this.directory.resolve(name + ".p12");
		if (!Files.exists(file)) {
			try {
				Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair",
						"-alias", "node", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30", "-dname",
						"CN=" + name, "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString())
					.inheritIO()
					.start();
				if (keytool.waitFor() != 0) {
					throw new IllegalStateException("keytool failed");
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		return file;
	}

}
