package io.clusterspring.channel.protocol;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Chooses a serializer by the {@code vsn} parameter of the connect request.
 */
public final class SocketSerializers {

	// Phoenix asks for "~> 1.0.0" and "~> 2.0.0": any patch level, no other minor version
	private static final Pattern V1 = Pattern.compile("1\\.0\\.\\d+");

	private static final Pattern V2 = Pattern.compile("2\\.0\\.\\d+");

	private static final SocketSerializer V1_JSON = new V1JsonSerializer();

	private static final SocketSerializer V2_JSON = new V2JsonSerializer();

	private SocketSerializers() {
	}

	/**
	 * Return the serializer for a version.
	 * @param vsn the value of the parameter; {@code null} if it is absent, which means
	 * 1.0.0
	 * @return the serializer, or {@code null} if the version is not supported
	 */
	public static @Nullable SocketSerializer forVersion(@Nullable String vsn) {
		if (vsn == null || V1.matcher(vsn).matches()) {
			return V1_JSON;
		}
		return V2.matcher(vsn).matches() ? V2_JSON : null;
	}

}
