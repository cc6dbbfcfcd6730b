package io.clusterspring.jgroups.guard;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.clusterspring.RefusedPeer.Reason;

/**
 * Tells a connection that TLS has refused from one that just broke, and why. The end that
 * was refused hears little more than that it was: whether its own certificate is valid it
 * looks up itself.
 */
final class TlsFailures {

	private TlsFailures() {
	}

	// an end that refuses closes the connection at once, so what it says may be lost on
	// the way
	static IOException explain(IOException ex, CertificateValidity own) {
		if (ex instanceof ConnectionRefusedException || find(ex, SocketTimeoutException.class) != null) {
			return ex;
		}
		boolean broken = find(ex, EOFException.class, SocketException.class) != null;
		String problem = broken ? own.problem() : null;
		if (problem == null && (broken || !(ex instanceof SSLException))) {
			return ex;
		}
		ConnectionRefusedException refusal = (problem != null)
				? new ConnectionRefusedException(Reason.EXPIRED, "it has hung up: " + problem)
				: refusal(ex, String.valueOf(ex.getMessage()), own);
		refusal.initCause(ex);
		return refusal;
	}

	private static ConnectionRefusedException refusal(IOException ex, String message, CertificateValidity own) {
		Throwable expired = find(ex, CertificateExpiredException.class);
		if (expired != null) {
			return new ConnectionRefusedException(Reason.EXPIRED,
					"its certificate, or one that it was signed with, has expired (" + expired.getMessage() + ")");
		}
		Throwable early = find(ex, CertificateNotYetValidException.class);
		if (early != null) {
			return new ConnectionRefusedException(Reason.EXPIRED, "its certificate, or one that it was signed with, "
					+ "is not valid yet, or the clock of a node is wrong (" + early.getMessage() + ")");
		}
		boolean told = message.contains("fatal alert") && message.contains("certificate");
		String problem = told ? own.problem() : null;
		if (problem != null) {
			return new ConnectionRefusedException(Reason.EXPIRED,
					"it does not take the certificate of this node: " + problem + " (" + message + ")");
		}
		return new ConnectionRefusedException(Reason.TLS, detail(message, told));
	}

	private static String detail(String message, boolean told) {
		if (told) {
			return "it does not trust the certificate of this node (" + message + ")";
		}
		if (message.contains("PKIX") || message.contains("certificate")) {
			return "its certificate is not trusted, or it has none (" + message + ")";
		}
		return "TLS failed (" + message + ")";
	}

	@SafeVarargs
	private static @Nullable Throwable find(Throwable ex, Class<? extends Throwable>... types) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			for (Class<? extends Throwable> type : types) {
				if (type.isInstance(cause)) {
					return cause;
				}
			}
		}
		return null;
	}

}
