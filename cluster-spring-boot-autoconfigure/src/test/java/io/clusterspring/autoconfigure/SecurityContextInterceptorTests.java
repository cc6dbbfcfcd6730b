package io.clusterspring.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import io.clusterspring.channel.Channel;
import io.clusterspring.channel.ChannelCall;
import io.clusterspring.channel.ChannelCallInterceptor;
import io.clusterspring.channel.Channels;
import io.clusterspring.channel.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SecurityContextInterceptor}.
 */
class SecurityContextInterceptorTests {

	private final SecurityContextInterceptor interceptor = new SecurityContextInterceptor(
			SecurityContextHolder.getContextHolderStrategy());

	private final Channel channel = Mockito.mock(Channel.class);

	private final ChannelCall call = Mockito.mock(ChannelCall.class);

	@AfterEach
	void nothingIsLeftOnTheThread() {
		assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
	}

	@Test
	void theContextIsThatOfTheUserDuringTheCall() throws Exception {
		Authentication alice = new TestingAuthenticationToken("alice", "secret");
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		BDDMockito.given(this.channel.user()).willReturn(alice);
		BDDMockito.given(this.call.proceed())
			.will((invocation) -> SecurityContextHolder.getContext().getAuthentication());
		assertThat(this.interceptor.intercept(this.call)).isSameAs(alice);
	}

	@Test
	void aUserWhoIsNoAuthenticationIsAnonymous() throws Exception {
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		BDDMockito.given(this.channel.user()).willReturn(() -> "alice");
		BDDMockito.given(this.call.proceed())
			.will((invocation) -> SecurityContextHolder.getContext().getAuthentication().getName());
		assertThat(this.interceptor.intercept(this.call)).isEqualTo("anonymousUser");
	}

	@Test
	void aDenialIsAReplyWhereThereCanBeOne() throws Exception {
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		BDDMockito.given(this.call.proceed()).willThrow(new AccessDeniedException("no"));
		BDDMockito.given(this.call.type()).willReturn(ChannelCall.Type.JOIN);
		assertThat(this.interceptor.intercept(this.call)).isEqualTo(Reply.refuse("unauthorized"));
		BDDMockito.given(this.call.type()).willReturn(ChannelCall.Type.REFRESH);
		assertThat(this.interceptor.intercept(this.call)).isEqualTo(Reply.refuse("unauthorized"));
		BDDMockito.given(this.call.type()).willReturn(ChannelCall.Type.MESSAGE);
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> this.interceptor.intercept(this.call));
	}

	@Test
	void aDenialThatComesLaterIsAReplyToo() throws Exception {
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		BDDMockito.given(this.call.proceed()).willReturn(Reply.later(CompletableFuture.supplyAsync(() -> {
			throw new AccessDeniedException("no");
		})));
		CompletableFuture<String> outcome = new CompletableFuture<>();
		((Reply) this.interceptor.intercept(this.call)).whenKnown((known, failure) -> outcome.complete(known));
		assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("error");
	}

	@Test
	void aFailureThatComesLaterAndIsNoDenialPasses() throws Exception {
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		IllegalArgumentException other = new IllegalArgumentException("other");
		BDDMockito.given(this.call.proceed()).willReturn(Reply.later(CompletableFuture.failedFuture(other)));
		CompletableFuture<Throwable> failed = new CompletableFuture<>();
		((Reply) this.interceptor.intercept(this.call)).whenKnown((known, failure) -> failed.complete(failure));
		assertThat(failed).succeedsWithin(Duration.ofSeconds(10)).isSameAs(other);
	}

	@Test
	void otherFailuresPass() throws Exception {
		BDDMockito.given(this.call.channel()).willReturn(this.channel);
		BDDMockito.given(this.call.proceed()).willThrow(new IllegalArgumentException("other"));
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.interceptor.intercept(this.call));
	}

	@Test
	void itIsThereIfSpringSecurityIs() {
		WebApplicationContextRunner runner = new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ClusterAutoConfiguration.class, PubSubAutoConfiguration.class,
					ChannelAutoConfiguration.class))
			.withUserConfiguration(PubSubAutoConfigurationTests.InMemory.class);
		runner.run((context) -> assertThat(context).hasSingleBean(SecurityContextInterceptor.class));
		runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasSingleBean(Channels.class)
				.doesNotHaveBean(ChannelCallInterceptor.class));
	}

}
