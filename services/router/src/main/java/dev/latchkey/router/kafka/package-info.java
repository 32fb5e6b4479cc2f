/** What is read of Kafka beside the topology. */
@NullMarked
package dev.latchkey.router.kafka;

import org.jspecify.annotations.NullMarked;
