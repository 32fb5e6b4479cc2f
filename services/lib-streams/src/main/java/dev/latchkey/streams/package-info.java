/** What the Kafka Streams services share: how events come in, and how a topology runs. */
@NullMarked
package dev.latchkey.streams;

import org.jspecify.annotations.NullMarked;
