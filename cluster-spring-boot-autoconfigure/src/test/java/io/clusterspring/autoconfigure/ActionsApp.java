package io.clusterspring.autoconfigure;

import java.security.Principal;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link SectionsApp} with operators whose name is in a header of their requests.
 */
@Configuration(proxyBeanMethods = false)
@Import(SectionsApp.class)
public class ActionsApp {

	/**
	 * Run as a process of its own until killed, and print the port.
	 * @param arguments those of the application
	 */
	public static void main(String[] arguments) {
		ServletWebServerApplicationContext context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				ActionsApp.class)
			.run(arguments);
		System.out.println("@port " + context.getWebServer().getPort());
	}

	@Bean
	Filter operators() {
		return (request, response, chain) -> {
			String name = ((HttpServletRequest) request).getHeader("X-Operator");
			chain.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

				@Override
				public Principal getUserPrincipal() {
					return (name != null) ? () -> name : super.getUserPrincipal();
				}

			}, response);
		};
	}

}
