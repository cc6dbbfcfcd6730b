package io.clusterspring.channel.http;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

import io.clusterspring.channel.server.ChannelServer;

/**
 * The origins whose pages may connect: the origin of the server, and the listed origins.
 * An entry with {@code *}, or with several ports in brackets, is a pattern as in
 * {@link CorsConfiguration#setAllowedOriginPatterns}. A client that sends no origin is
 * not a page in a browser, and may connect. Thread-safe.
 */
public final class AllowedOrigins {

	private static final Pattern SEVERAL_PORTS = Pattern.compile(".*:\\[(\\*|\\d+(,\\d+)*)]");

	private final Consumer<String> refused;

	private final CorsConfiguration listed = new CorsConfiguration();

	/**
	 * Create the origins of a node.
	 * @param server counts the refused clients
	 * @param allowed the listed origins, or {@code *} for all
	 */
	public AllowedOrigins(ChannelServer server, Collection<String> allowed) {
		this(server::refuseOrigin, allowed);
	}

	/**
	 * Create origins.
	 * @param refused gets the origin of each client that is refused
	 * @param allowed the listed origins, or {@code *} for all
	 */
	public AllowedOrigins(Consumer<String> refused, Collection<String> allowed) {
		this.refused = refused;
		this.listed.setAllowedOrigins(allowed.stream().filter((origin) -> !isPattern(origin)).toList());
		this.listed.setAllowedOriginPatterns(allowed.stream().filter(AllowedOrigins::isPattern).toList());
		this.listed.setAllowedMethods(List.of("GET", "POST"));
		this.listed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
		this.listed.setMaxAge(3600L);
	}

	private static boolean isPattern(String origin) {
		return (origin.contains(CorsConfiguration.ALL) && !origin.equals(CorsConfiguration.ALL))
				|| SEVERAL_PORTS.matcher(origin).matches();
	}

	/**
	 * Decide about a client. A refused client is counted, and its origin is logged once.
	 * @return whether it may connect
	 */
	public boolean admits(HttpServletRequest request) {
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || isOwn(origin, request) || isListed(origin);
	}

	/** Return the CORS rules for the requests of a page. */
	public CorsConfiguration rules(HttpServletRequest request) {
		return new CorsConfiguration(this.listed) {

			@Override
			public @Nullable String checkOrigin(@Nullable String origin) {
				return (origin != null && (isOwn(origin, request) || isListed(origin))) ? origin : null;
			}

		};
	}

	private boolean isListed(String origin) {
		boolean listed = this.listed.checkOrigin(origin) != null;
		if (!listed) {
			this.refused.accept(origin);
		}
		return listed;
	}

	private static boolean isOwn(String origin, HttpServletRequest request) {
		String scheme = httpScheme(request.getScheme());
		String own = scheme + "://" + request.getServerName();
		String withPort = own + ":" + request.getServerPort();
		return origin.equalsIgnoreCase(withPort)
				|| (origin.equalsIgnoreCase(own) && request.getServerPort() == (scheme.equals("https") ? 443 : 80));
	}

	// some proxies forward ws or wss, but an origin has the scheme of the page
	private static String httpScheme(String scheme) {
		return switch (scheme.toLowerCase(Locale.ROOT)) {
			case "ws", "http" -> "http";
			default -> "https";
		};
	}

}
