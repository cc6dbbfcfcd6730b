package io.clusterspring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HeapWarningTests {

	private static final long HEAP = 100_000_000;

	@Test
	void payloadsThatTakeMoreThanAQuarterOfTheHeapAreWarnedOfWithBothNumbersAndWhatToDo(CapturedOutput output) {
		JGroupsTransportConfiguration.checkHeap(DataSize.ofBytes(HEAP / 4 + 1), HEAP);
		assertThat(output).contains("WARN")
			.contains("cluster.max-payload-size is 25000001 bytes")
			.contains("a quarter of the heap of 100000000 bytes")
			.contains("larger than 25000000 bytes")
			.contains("Give it a heap of 96 MB (-Xmx), or lower cluster.max-payload-size on all nodes");
	}

	@Test
	void aQuarterOfTheHeapIsEnough(CapturedOutput output) {
		JGroupsTransportConfiguration.checkHeap(DataSize.ofBytes(HEAP / 4), HEAP);
		assertThat(output).doesNotContain("cluster.max-payload-size");
	}

}
