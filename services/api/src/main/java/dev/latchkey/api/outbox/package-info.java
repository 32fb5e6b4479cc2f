/** From the outbox to Kafka, exactly once. */
@NullMarked
package dev.latchkey.api.outbox;

import org.jspecify.annotations.NullMarked;
