package io.clusterspring.mailbox;

import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class CountedWarningTests {

	private final List<Object> logged = new ArrayList<>();

	private final CountedWarning warning = new CountedWarning(log());

	@Test
	void warnsEverMoreSeldomAndCountsAll() {
		for (int i = 0; i < 10; i++) {
			this.warning.add((count) -> count + " so far");
		}
		assertThat(this.logged).containsExactly("1 so far", "2 so far", "4 so far", "8 so far");
		assertThat(this.warning.count()).isEqualTo(10);
	}

	private Log log() {
		Log log = mock(Log.class);
		willAnswer((call) -> this.logged.add(call.getArgument(0))).given(log).warn(any());
		return log;
	}

}
