package io.clusterspring.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

import io.clusterspring.jgroups.TlsSettings;

/**
 * The TLS settings that an SSL bundle holds now; connections that are open keep those
 * they were made with.
 */
final class BundledTls implements Supplier<TlsSettings> {

	private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

	private volatile TlsSettings settings;

	BundledTls(String name, @Nullable SslBundles bundles) {
		this.settings = settings(find(name, bundles));
		if (bundles != null) {
			bundles.addBundleUpdateHandler(name, (updated) -> this.settings = settings(updated));
		}
	}

	@Override
	public TlsSettings get() {
		return this.settings;
	}

	private static SslBundle find(String name, @Nullable SslBundles bundles) {
		List<String> known = (bundles != null) ? bundles.getBundleNames() : List.of();
		try {
			if (bundles != null) {
				return bundles.getBundle(name);
			}
		}
		catch (NoSuchSslBundleException ex) {
			// told below, with the names there are
		}
		String names = (known.isEmpty()) ? "there is none" : "known are " + String.join(", ", known);
		throw new InvalidConfigurationPropertyValueException("cluster.ssl.bundle", name,
				"No SSL bundle has this name; " + names + ". SSL bundles are defined below spring.ssl.bundle.");
	}

	private static TlsSettings settings(SslBundle bundle) {
		SSLContext context = bundle.createSslContext();
		String[] protocols = bundle.getOptions().getEnabledProtocols();
		String[] ciphers = bundle.getOptions().getCiphers();
		// complains now, not with every connection, of what the JVM does not have
		context.createSSLEngine().setSSLParameters(new SSLParameters(ciphers, protocols));
		return new TlsSettings(context, (protocols != null) ? protocols : PROTOCOLS,
				(ciphers != null) ? ciphers : new String[0]);
	}

}
