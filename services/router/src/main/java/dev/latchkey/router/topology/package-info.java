/** The core on Kafka Streams: topics in, stores, topics out. */
@NullMarked
package dev.latchkey.router.topology;

import org.jspecify.annotations.NullMarked;
