package io.clusterspring.jgroups.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of its own, from the binaries of the operating system, in a temporary
 * directory. PostgreSQL refuses to run as root: then the user {@code nobody} runs it.
 */
final class PostgresServer {

	private final Path binaries;

	private final Path home;

	private final int port;

	private PostgresServer(Path binaries) throws Exception {
		this.binaries = binaries;
		this.home = Files.createTempDirectory("postgres",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
		Files.setPosixFilePermissions(this.home, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = free.getLocalPort();
		}
		run("initdb", "-U", "test", "-A", "trust", "-D", data(), "--no-sync");
		run("pg_ctl", "-w", "-D", data(), "-l", this.home.resolve("log").toString(), "-o",
				"-c fsync=off -c listen_addresses=127.0.0.1 -p " + this.port + " -k " + this.home, "start");
	}

	/**
	 * Return where the binaries are.
	 * @return the newest version that is installed
	 * @throws IOException if the directories cannot be read
	 */
	static Optional<Path> binaries() throws IOException {
		Path versions = Path.of("/usr/lib/postgresql");
		if (!Files.isDirectory(versions)) {
			return Optional.empty();
		}
		try (Stream<Path> found = Files.list(versions)) {
			return found.map((version) -> version.resolve("bin"))
				.filter((bin) -> Files.isExecutable(bin.resolve("initdb")))
				.max(Path::compareTo);
		}
	}

	static PostgresServer start(Path binaries) throws Exception {
		return new PostgresServer(binaries);
	}

	DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL("jdbc:postgresql://127.0.0.1:" + this.port + "/postgres");
		dataSource.setUser("test");
		return dataSource;
	}

	private String data() {
		return this.home.resolve("data").toString();
	}

	private void run(String... command) throws Exception {
		List<String> line = new ArrayList<>();
		if (System.getProperty("user.name").equals("root")) {
			line.addAll(List.of("runuser", "-u", "nobody", "--"));
		}
		line.add(this.binaries.resolve(command[0]).toString());
		line.addAll(List.of(command).subList(1, command.length));
		Path output = Files.createTempFile("postgres", ".out");
		Process process = new ProcessBuilder(line).directory(this.home.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(60, TimeUnit.SECONDS);
		if (!ended || process.exitValue() != 0) {
			process.destroy();
			throw new IllegalStateException(line + " failed: " + Files.readString(output));
		}
		Files.delete(output);
	}

	void stop() throws Exception {
		run("pg_ctl", "-w", "-D", data(), "-m", "immediate", "stop");
		FileSystemUtils.deleteRecursively(this.home);
	}

}
