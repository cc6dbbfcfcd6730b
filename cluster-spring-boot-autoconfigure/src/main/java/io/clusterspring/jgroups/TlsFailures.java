package io.clusterspring.jgroups;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

import io.clusterspring.RefusedPeer.Reason;

/**
 * Tells a connection that TLS has refused from one that just broke.
 */
final class TlsFailures {

	private TlsFailures() {
	}

	static IOException explain(IOException ex) {
		if (!(ex instanceof SSLException) || isBroken(ex)) {
			return ex;
		}
		String message = String.valueOf(ex.getMessage());
		ConnectionRefusedException refusal = new ConnectionRefusedException(Reason.TLS, detail(message));
		refusal.initCause(ex);
		return refusal;
	}

	private static String detail(String message) {
		if (message.contains("fatal alert") && message.contains("certificate")) {
			return "it does not trust the certificate of this node (" + message + ")";
		}
		if (message.contains("PKIX") || message.contains("certificate")) {
			return "its certificate is not trusted, or it has none (" + message + ")";
		}
		return "TLS failed (" + message + ")";
	}

	private static boolean isBroken(@Nullable Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof EOFException || cause instanceof SocketException
					|| cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

}
