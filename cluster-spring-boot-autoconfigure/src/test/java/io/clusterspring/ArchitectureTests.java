package io.clusterspring;

import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks which package may use which. A new package must be entered here first.
 */
class ArchitectureTests {

	private static final String ROOT = "io.clusterspring";

	/** Uses no other package, and may be used by all. */
	private static final String TEXT = ".text";

	/** The rooms of the engine see its users' types, and no other room but by name. */
	private static final Set<String> ENGINE_ROOM = Set.of("", ".mailbox", ".jgroups");

	/** The rooms that transports see. */
	private static final Set<String> CHANNELS = Set.of(".channel", ".channel.protocol", ".channel.limit",
			".channel.socket", ".channel.server");

	/**
	 * Presence ends with a channel, so it sees {@code Channel}; channels do not see it.
	 */
	private static final Set<String> PRESENCE = Set.of("", ".mailbox", ".wire", ".replication", ".pubsub", ".channel",
			".channel.fanout", ".inspect");

	/**
	 * The other packages that each package may use; the package itself may not exist yet.
	 */
	private static final Map<String, Set<String>> ARROWS = Map.ofEntries(Map.entry(TEXT, Set.of()),
			Map.entry("", Set.of(".mailbox")), Map.entry(".mailbox", Set.of()),
			Map.entry(".jgroups", Set.of("", ".mailbox")), Map.entry(".jgroups.guard", ENGINE_ROOM),
			Map.entry(".jgroups.view", ENGINE_ROOM), Map.entry(".jgroups.flow", ENGINE_ROOM),
			Map.entry(".jgroups.frame", Set.of("", ".mailbox", ".jgroups", ".jgroups.flow", ".jgroups.view")),
			Map.entry(".jgroups.discovery", Set.of("", ".mailbox", ".jgroups", ".jgroups.guard", ".jgroups.frame")),
			Map.entry(".jgroups.engine",
					Set.of("", ".mailbox", ".jgroups", ".jgroups.guard", ".jgroups.view", ".jgroups.flow",
							".jgroups.frame", ".jgroups.discovery")),
			Map.entry(".local", Set.of("", ".mailbox")), Map.entry(".wire", Set.of("", ".mailbox")),
			Map.entry(".interest", Set.of("", ".mailbox", ".wire", ".replication")),
			Map.entry(".history", Set.of("", ".mailbox", ".wire", ".inspect")),
			Map.entry(".inspect", Set.of("", ".mailbox", ".wire")),
			Map.entry(".pubsub", Set.of("", ".mailbox", ".wire", ".interest", ".history", ".inspect")),
			Map.entry(".drain", Set.of()), Map.entry(".revocation", Set.of("", ".mailbox", ".wire", ".replication")),
			Map.entry(".channel.protocol", Set.of()), Map.entry(".channel.limit", Set.of(".mailbox")),
			Map.entry(".expiry", Set.of()), Map.entry(".channel", Set.of(".pubsub", ".channel.protocol", ".expiry")),
			Map.entry(".channel.controller", Set.of(".pubsub", ".channel")),
			Map.entry(".channel.tap", Set.of("", ".pubsub", ".channel.protocol", ".inspect")),
			Map.entry(".channel.fanout",
					Set.of(".mailbox", ".history", ".pubsub", ".channel", ".channel.protocol", ".channel.tap")),
			Map.entry(".channel.socket",
					Set.of(".mailbox", ".drain", ".wire", ".history", ".pubsub", ".revocation", ".channel",
							".channel.protocol", ".channel.limit", ".channel.fanout", ".channel.tap", ".expiry",
							".inspect")),
			Map.entry(".channel.server",
					and(CHANNELS, ".mailbox", ".drain", ".wire", ".pubsub", ".revocation", ".expiry", ".inspect",
							".channel.tap")),
			Map.entry(".channel.http", Set.of(".channel", ".channel.server")),
			Map.entry(".channel.websocket", and(CHANNELS, ".mailbox", ".revocation", ".channel.http")),
			Map.entry(".channel.longpoll",
					and(CHANNELS, "", ".mailbox", ".wire", ".revocation", ".channel.http", ".http")),
			Map.entry(".http", Set.of(".mailbox", ".drain", ".pubsub")),
			Map.entry(".http.events",
					Set.of("", ".mailbox", ".drain", ".history", ".pubsub", ".expiry", ".revocation", ".channel",
							".channel.http", ".http")),
			Map.entry(".http.publish",
					Set.of("", ".mailbox", ".wire", ".history", ".pubsub", ".expiry", ".channel", ".channel.protocol",
							".channel.http", ".http")),
			Map.entry(".replication", Set.of("")), Map.entry(".presence", PRESENCE),
			Map.entry(".stomp",
					Set.of("", ".mailbox", ".drain", ".wire", ".history", ".interest", ".replication", ".revocation",
							".expiry", ".inspect")),
			Map.entry(".failover.time", Set.of()), Map.entry(".failover", Set.of("", ".inspect", ".failover.time")),
			Map.entry(".failover.decision", Set.of("", ".mailbox", ".wire", ".failover", ".failover.time")),
			Map.entry(".failover.run",
					Set.of("", ".mailbox", ".wire", ".failover", ".failover.time", ".failover.decision")),
			Map.entry(".autoconfigure.diagnostics", Set.of("", ".jgroups", ".channel")),
			Map.entry(".autoconfigure.test", Set.of()), Map.entry(".test", and(CHANNELS, "", ".local", ".pubsub")));

	/** Classes and methods that read the wall clock, or wait for it. */
	private static final Pattern WALL_CLOCK = Pattern.compile("java\\.lang\\.System\\.currentTimeMillis"
			+ "|java\\.time\\.(Instant|LocalDate|LocalTime|LocalDateTime|OffsetDateTime|OffsetTime|ZonedDateTime|Year|"
			+ "YearMonth|MonthDay)\\.now|java\\.time\\.(Clock|InstantSource)\\.(system.*|tick.*|instant|millis)"
			+ "|java\\.util\\.(Date|Timer|GregorianCalendar)\\.<init>|java\\.util\\.Calendar\\.getInstance"
			+ "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.parkUntil"
			+ "|java\\.util\\.concurrent\\.locks\\.Condition\\.awaitUntil");

	/** The classes that may read the wall clock, with the reason. */
	private static final List<Class<?>> WALL_CLOCKS = Stream
		// first tokens, time stamps of orders, and start times shown to operators
		.of("io.clusterspring.failover.time.Moment",
				// moments shown to operators
				"io.clusterspring.inspect.Moments",
				// the validity of certificates
				"io.clusterspring.jgroups.guard.CertificateValidity",
				// Spring Session keeps times by that clock
				"io.clusterspring.autoconfigure.SpringSessionStore",
				// the expiry of tokens, read once for each
				"io.clusterspring.expiry.Deadline")
		.<Class<?>>map(ArchitectureTests::named)
		.toList();

	/** These may use all packages; the arrows above keep others from using them. */
	private static final Set<String> OUTERMOST = Set.of(".autoconfigure", ".actuate");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("-tests.jar"))
		.importPackages(ROOT);

	@Test
	void noPackagesFormACycle() {
		slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void packagesSeeNoMoreThanTheArrowsAllow() {
		ARROWS.forEach((name, seen) -> {
			List<String> visible = new ArrayList<>(List.of(ROOT + name, ROOT + TEXT));
			seen.forEach((other) -> visible.add(ROOT + other));
			classes().that()
				.resideInAPackage(ROOT + name)
				.should()
				.onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage(ROOT + "..")
					.or(JavaClass.Predicates.resideInAnyPackage(visible.toArray(String[]::new))))
				.allowEmptyShould(true)
				.check(CLASSES);
		});
	}

	@Test
	void everyPackageHasItsPlace() {
		assertThat(CLASSES).isNotEmpty().allSatisfy((type) -> {
			String name = type.getPackageName().substring(ROOT.length());
			assertThat(ARROWS.containsKey(name) || OUTERMOST.contains(name)).as("package of %s", type.getName())
				.isTrue();
		});
		assertThat(CLASSES).extracting(JavaClass::getPackageName)
			.contains(ROOT, ROOT + ".jgroups", ROOT + ".pubsub", ROOT + ".channel", ROOT + ".channel.websocket",
					ROOT + ".presence");
	}

	@Test
	void eachPackageIsInOneModule() {
		Map<String, Set<String>> modules = new TreeMap<>();
		CLASSES.forEach(
				(type) -> modules.computeIfAbsent(type.getPackageName(), (name) -> new TreeSet<>()).add(module(type)));
		assertThat(modules).allSatisfy((name, module) -> assertThat(module).as("modules of %s", name).hasSize(1));
		Set<String> all = new TreeSet<>();
		modules.values().forEach(all::addAll);
		assertThat(all).hasSize(4);
	}

	private static String module(JavaClass type) {
		String source = type.getSource().orElseThrow().getUri().toString();
		return source.substring(0, source.lastIndexOf(type.getPackageName().replace('.', '/')));
	}

	@Test
	void onlyTheEngineSeesJGroups() {
		only("org.jgroups..", ".jgroups", ".autoconfigure");
	}

	@Test
	void onlyTheTransportsSeeWebSocketsAndTomcat() {
		for (String server : List.of("org.springframework.web.socket..", "org.apache.coyote..", "org.apache.tomcat..",
				"org.apache.catalina..")) {
			only(server, ".channel.websocket", ".stomp", ".actuate", ".autoconfigure");
		}
	}

	@Test
	void onlyTheOutermostSeeSpringBoot() {
		only("org.springframework.boot..", ".autoconfigure", ".actuate", ".test");
	}

	@Test
	void nothingThatRunsInProductionSeesSpringsTestFramework() {
		for (String framework : List.of("org.springframework.test..", "org.springframework.boot.test..",
				"org.junit..")) {
			only(framework, ".autoconfigure.test", ".test");
		}
	}

	@Test
	void onlyAutoConfigurationSeesSpringSecurity() {
		only("org.springframework.security..", ".autoconfigure");
	}

	@Test
	void namesSayWhatAClassIs() {
		noClasses().should()
			.haveNameMatching(".*(Impl|Utils?|Helper)")
			.because("an implementation's name says what is special about it")
			.check(CLASSES);
	}

	@Test
	void textIsEncodedAndDecodedWithoutReplacements() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + TEXT)
			.should()
			.accessField(StandardCharsets.class, "UTF_8")
			.because("Java's own methods replace invalid text; Utf8 refuses it, and LogText makes it safe to log")
			.check(CLASSES);
	}

	/**
	 * The wall clock can be set at any time, so no decision depends on it: neither how
	 * long to wait, nor whether it is too late. The exceptions show it to people, give
	 * tokens their first value, or check whether a certificate is valid.
	 */
	@Test
	void timeIsMonotonicWhereverItDecides() {
		noClasses().that()
			.doNotBelongToAnyOf(WALL_CLOCKS.toArray(Class<?>[]::new))
			.should()
			.accessTargetWhere(DescribedPredicate.describe("read or wait for the clock on the wall",
					(call) -> WALL_CLOCK.matcher(call.getTargetOwner().getName() + "." + call.getName()).matches()))
			.check(CLASSES);
	}

	@Test
	void theRuleAboutTimeSeesWhatItForbids() {
		JavaClasses clocks = new ClassFileImporter().importClasses(WallClocks.class);
		assertThat(clocks.get(WallClocks.class).getAccessesFromSelf())
			.filteredOn((call) -> call.getOriginOwner().isEquivalentTo(WallClocks.class)
					&& !call.getTargetOwner().isEquivalentTo(Object.class))
			.isNotEmpty()
			.allMatch((call) -> WALL_CLOCK.matcher(call.getTargetOwner().getName() + "." + call.getName()).matches());
	}

	@Test
	void nothingIsDeserialized() {
		noClasses().should()
			.dependOnClassesThat(DescribedPredicate.describe("read Java's serialization",
					(type) -> type.isAssignableTo(ObjectInputStream.class)))
			.because("no class name travels between nodes")
			.check(CLASSES);
	}

	private static Set<String> and(Set<String> packages, String... more) {
		Set<String> all = new TreeSet<>(packages);
		all.addAll(List.of(more));
		return all;
	}

	private static Class<?> named(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void only(String library, String... names) {
		String[] allowed = new String[names.length];
		for (int i = 0; i < names.length; i++) {
			allowed[i] = ROOT + names[i] + "..";
		}
		noClasses().that()
			.resideOutsideOfPackages(allowed)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library)
			.check(CLASSES);
	}

	/**
	 * Calls everything that is forbidden.
	 */
	private static final class WallClocks {

		static void read(Thread waiting, Condition condition) throws InterruptedException {
			System.currentTimeMillis();
			Instant.now();
			LocalDateTime.now();
			ZonedDateTime.now();
			Clock.systemUTC();
			new Date();
			new Timer();
			Calendar.getInstance();
			LockSupport.parkUntil(1);
			condition.awaitUntil(null);
		}

	}

	/**
	 * One slice for each package; sub-packages are slices of their own.
	 */
	private static final class EachPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return type.getPackageName().startsWith(ROOT) ? SliceIdentifier.of(type.getPackageName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "each package";
		}

	}

}
