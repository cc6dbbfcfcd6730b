package io.clusterspring.jgroups.guard;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whether the certificates of this node are valid, by the clock on the wall: that is what
 * certificates go by.
 *
 * @param certificates the certificate of this node, and those that it was signed with
 */
record CertificateValidity(List<X509Certificate> certificates, Instant now) {

	private static final Duration SOON = Duration.ofDays(14);

	static CertificateValidity now(List<X509Certificate> certificates) {
		return new CertificateValidity(certificates, Instant.now());
	}

	// why other nodes do not take them
	@Nullable String problem() {
		for (X509Certificate certificate : this.certificates) {
			Instant end = certificate.getNotAfter().toInstant();
			Instant begin = certificate.getNotBefore().toInstant();
			if (this.now.isAfter(end)) {
				return name(certificate) + " has expired on " + text(end);
			}
			if (this.now.isBefore(begin)) {
				return name(certificate) + " is not valid before " + text(begin) + ", and the clock of this node says "
						+ text(this.now);
			}
		}
		return null;
	}

	@Nullable String warning() {
		String problem = problem();
		if (problem != null) {
			return problem + ": nodes open no new connections with this one";
		}
		for (X509Certificate certificate : this.certificates) {
			Instant end = certificate.getNotAfter().toInstant();
			if (this.now.plus(SOON).isAfter(end)) {
				return name(certificate) + " expires on " + text(end)
						+ ": replace it before, or nodes open no new connections with this one";
			}
		}
		return null;
	}

	private String name(X509Certificate certificate) {
		return (certificate == this.certificates.get(0)) ? "the certificate of this node"
				: "a certificate that the one of this node was signed with";
	}

	private static String text(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
