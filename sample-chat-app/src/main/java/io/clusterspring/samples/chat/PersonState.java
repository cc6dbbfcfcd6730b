package io.clusterspring.samples.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * What a page tells of its user.
 *
 * @param status {@code online} or {@code away}
 * @param typing whether a message is being written
 */
record PersonState(@NotNull @Pattern(regexp = "online|away") String status, boolean typing) {
}
