package io.clusterspring.samples.chat;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The state of a user, as the page sends it.
 *
 * @param status {@code online} or {@code away}
 * @param typing whether the user is writing a message
 */
record PersonState(@NotNull @Pattern(regexp = "online|away") String status, boolean typing) {
}
